"""A wire between us and a server that breaks where it is told to."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Break:
    """What happens to the next requests like this one: `path` is a pattern for the whole path.
    `times=0`: to all of them."""

    method: str
    path: str
    how: str
    times: int = 1
    seconds: float = 0.0

    def is_for(self, method: str, path: str) -> bool:
        """Is it such a request?"""
        return self.method in {"*", method} and re.fullmatch(self.path, path) is not None


class Wire:
    """Forwards to `server` and keeps what passed: `asked` arrived there, `answered` came back.

    How it breaks: "before" cuts before anything is forwarded, "after" forwards, waits for the
    whole answer and cuts instead of passing it on, "late" waits and then passes it on.
    """

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.far = (parts.hostname or "", parts.port or 80)
        self.asked: list[tuple[str, str]] = []
        self.breaks: list[Break] = []
        wire = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                wire.carry(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def cut(self, how: str, method: str = "*", path: str = ".*", **more: float) -> None:
        """Break the next request of this kind."""
        self.breaks.append(Break(method, path, how, **more))

    def mend(self) -> None:
        """From now on everything passes."""
        self.breaks.clear()

    def count(self, method: str, path: str) -> int:
        """How many requests of this kind arrived at the server."""
        return sum(Break(method, path, "").is_for(*asked) for asked in self.asked)

    def carry(self, near: socket.socket) -> None:
        """One request and its answer, then the end of the connection."""
        request = _request(near)
        if request is None:
            return
        method, target, *_ = request.split(b"\r\n", 1)[0].decode().split(" ")
        path = urlsplit(target).path
        broken = self._broken(method, path)
        if broken and broken.how == "before":
            return
        self.asked.append((method, path))
        answer = self._forward(request)
        if broken and broken.how == "late":
            time.sleep(broken.seconds)
        if not (broken and broken.how == "after"):
            near.sendall(answer)

    def _broken(self, method: str, path: str) -> Break | None:
        for broken in self.breaks:
            if broken.is_for(method, path):
                if broken.times == 1:
                    self.breaks.remove(broken)
                return broken
        return None

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection(self.far, timeout=30) as far:
            far.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            return b"".join(iter(lambda: far.recv(65_536), b""))

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()


def _request(near: socket.socket) -> bytes | None:
    """The whole request, its Connection header left out; None when the caller hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = near.recv(65_536)
        if not piece:
            return None
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next(
        (int(x.split(b":")[1]) for x in lines if x.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += near.recv(65_536)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
