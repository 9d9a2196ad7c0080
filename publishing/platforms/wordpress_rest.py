"""The conversation with one WordPress website, and what its answers mean."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from publishing.platforms import web
from publishing.platforms.shape import Account, NotSent, Rejected, Unclear

GONE = "rest_post_invalid_id"
_RECONNECT = "The website no longer accepts our password. Connect the channel again."
NO_RIGHT = "The website’s account may not do this. It needs to be an author there."
_IN_FRONT = "Something in front of the website turns GoLive away. Ask whoever looks after it."
NOT_WORDPRESS = "That address does not answer as WordPress does."
_MOVED = "The website has moved. Connect the channel again at its new address."


class Site:
    """One signed-in conversation with one website, with an end."""

    def __init__(self, account: Account, seconds: float) -> None:
        if "?" in account.base_url or "#" in account.base_url:
            raise Rejected("The address must not hold a ? or a #.")
        self.root = account.base_url.rstrip("/") + "/wp-json/wp/v2/"
        self.auth = (account.username, account.secret)
        self.until = time.monotonic() + seconds

    def ask(
        self,
        method: str,
        path: str,
        *,
        expect: int = 200,
        final: bool = False,
        or_gone: bool = False,
        **options: Any,
    ) -> dict[str, Any]:
        """The one item it answered. Raises `NotSent` and `Rejected`; `Unclear` only where
        `final`, because until then nothing is public whatever became of the call."""
        try:
            answer = self._call(method, path, **options)
            if answer.status != expect and not (or_gone and _code(answer) == GONE):
                raise _meaning(answer, final=final)
            found = answer.json()
            if not isinstance(found, dict):
                raise Unclear(NOT_WORDPRESS)
            return found
        except Unclear as error:
            if final:
                raise
            raise NotSent(str(error)) from error

    def items(self, path: str, **params: str) -> list[dict[str, Any]]:
        """Every item of a list, as an editor sees it. Raises `NotSent` and `Rejected`."""
        params |= {"context": "edit", "per_page": "100"}
        try:
            answer = self._call("GET", path, params=params)
        except Unclear as error:
            raise NotSent(str(error)) from error
        if answer.status != 200:
            raise _meaning(answer, final=False)
        found = answer.json()
        if not isinstance(found, list):
            raise NotSent(NOT_WORDPRESS)
        return [item for item in found if isinstance(item, dict)]

    def gone(self, path: str) -> None:
        """Looks; `Unclear` when it is still there."""
        answer = self._call("GET", path)
        if answer.status == 200:
            raise Unclear("The website still shows it after it was deleted.")
        if _code(answer) != GONE:
            raise _meaning(answer, final=True)

    def _call(self, method: str, path: str, **options: Any) -> web.Answer:
        left = self.until - time.monotonic()
        if left < 1:
            raise NotSent("The website is too slow.")
        seconds = min(web.READ_SECONDS, left)
        return web.ask(method, self.root + path, auth=self.auth, seconds=seconds, **options)


def _meaning(answer: web.Answer, *, final: bool) -> Exception:
    """Which of our three errors it is."""
    status, code = answer.status, _code(answer)
    if status == 401:
        return Rejected(_RECONNECT, reconnect=True)
    if status == 403:
        return Rejected(NO_RIGHT if code.startswith("rest_") else _IN_FRONT)
    if status == 429 or (status == 503 and answer.headers.get("Retry-After")):
        return NotSent("The website asks us to wait.", _wait(answer))
    if code.startswith("rest_upload_"):
        # A 500 as well: the photo is refused and will be the next time.
        return Rejected(f"The website refuses this photo ({code}).")
    if 300 <= status < 400:
        return Rejected(_MOVED)
    if status == 404 and code in {"", "rest_no_route"}:
        return Rejected(NOT_WORDPRESS)
    if 400 <= status < 500:
        return Rejected(f"The website refused it ({' '.join(filter(None, [str(status), code]))}).")
    if final:
        return Unclear(f"The website broke while taking the post ({status}).")
    return NotSent(f"The website has a fault ({status}).")


def number_of(item: Any) -> int:
    """Its id. Raises `NotSent` when that is none of WordPress’s items."""
    number = item.get("id") if isinstance(item, dict) else None
    if not isinstance(number, int):
        raise NotSent(NOT_WORDPRESS)
    return number


def _code(answer: web.Answer) -> str:
    """WordPress’s own error code: letters only, never a message that could repeat our words."""
    found = answer.json()
    code = str(found.get("code", "")) if isinstance(found, dict) else ""
    return code[:60] if code.replace("_", "").isalnum() else ""


def _wait(answer: web.Answer) -> timedelta | None:
    """Retry-After in seconds or as a date, an hour at most."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return timedelta(seconds=min(int(said[:9]), 3_600))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    left = until - datetime.now(UTC) if until.tzinfo else timedelta(0)
    return max(timedelta(0), min(left, timedelta(hours=1)))
