"""One request to a website whose address a person typed: guarded, bounded, and certain about
whether anything of it can have arrived."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from publishing.platforms.addresses import check_address, check_host
from publishing.platforms.shape import NotSent, Unclear

CONNECT_SECONDS, READ_SECONDS = 10.0, 45.0
LONGEST_ANSWER = 5_000_000  # bytes; a post with twenty photos answers with some 50,000


@dataclass(frozen=True)
class Answer:
    """What a website answered, whole."""

    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def ask(method: str, url: str, *, seconds: float = READ_SECONDS, **options: Any) -> Answer:
    """Ask once; follow no redirect, use no proxy.

    Raises `NotSent` when no connection was made, `Rejected` when the address is none of the
    internet's, and `Unclear` when the request went out and no whole answer came back in time.
    """
    check_address(url.partition("?")[0])
    until = time.monotonic() + seconds
    try:
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Accept-Encoding"] = "identity"
            session.mount("http://", _Door())
            session.mount("https://", _Door())
            with session.request(
                method,
                url,
                allow_redirects=False,
                stream=True,
                timeout=(min(CONNECT_SECONDS, seconds), seconds),
                **options,
            ) as answer:
                return Answer(answer.status_code, answer.headers, _body(answer, until))
    except requests.exceptions.Timeout as error:
        raise Unclear("The website did not answer in time.") from error
    except (requests.exceptions.RequestException, HTTPError, OSError) as error:
        raise Unclear("The connection broke before the website answered.") from error


def _body(answer: requests.Response, until: float) -> bytes:
    """Piece by piece as it arrives, so that neither length nor time can run away."""
    body = bytearray()
    while piece := answer.raw.read1(65_536, decode_content=False):
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise Unclear("The website’s answer is far too long to be WordPress’s.")
        if time.monotonic() > until:
            raise Unclear("The website did not answer in time.")
    return bytes(body)


class _Line:
    """A connection that looks whom it reached before a word is said (a name may have changed
    since `check_address`), and knows that what failed until then sent nothing."""

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        try:
            check_host(made.getpeername()[0])
        except BaseException:
            made.close()
            raise
        return made

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]
        except (HTTPError, OSError) as error:
            raise NotSent(_why(error)) from error


def _why(error: Exception) -> str:
    # Python's ssl and urllib3 word it alike: "certificate verify failed", "doesn't match".
    if "certificate" in str(error).lower():
        return "The website’s certificate is not valid. Ask whoever looks after the website."
    return "The website did not answer."


class _PlainLine(_Line, HTTPConnection):
    """Only ever loopback, in tests."""


class _SecureLine(_Line, HTTPSConnection):
    """https."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainLine


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureLine


class _Door(HTTPAdapter):
    """Requests' own adapter, with our lines."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
