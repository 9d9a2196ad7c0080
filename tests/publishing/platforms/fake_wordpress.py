"""A stand-in for WordPress on a real socket, true to what a real one was measured to do.

It keeps posts and photos in memory and can be told to answer something else instead. That it
answers as WordPress does is proved by running the same contract against both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

AUTHOR = ("golive-author", "abcd efgh")
CONTRIBUTOR = ("golive-contributor", "ijkl mnop")
_API = "/wp-json/wp/v2/"
Item = dict[str, Any]


@dataclass
class Instead:
    """Another answer for the next requests of a kind. `times=0`: for all of them."""

    method: str
    path: str
    answer: Callable[[], Response]
    times: int
    afterwards: bool


@dataclass
class FakeWordPress:
    """One website."""

    server: HTTPServer
    posts: dict[int, Item] = field(default_factory=dict)
    media: dict[int, Item] = field(default_factory=dict)
    uploads: list[bytes] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    instead: list[Instead] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        """Its address."""
        return self.server.url_for("").rstrip("/")

    def answers(
        self,
        method: str,
        path: str,
        status: int = 200,
        body: str | bytes | Callable[[], Iterator[bytes]] = "",
        *,
        times: int = 1,
        afterwards: bool = False,
        **headers: str,
    ) -> None:
        """Say this instead; with `afterwards` only once it has done what it was asked."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/json" if str(body)[:1] in "{[" else "text/html"
        self.instead.append(
            Instead(
                method,
                path,
                lambda: Response(
                    body() if callable(body) else body, status, named, content_type=kind
                ),
                times,
                afterwards,
            )
        )

    def public(self, slug: str) -> list[Item]:
        """What anybody can read under a slug, doubles included."""
        return [p for p in self.posts.values() if p["slug"].startswith(slug) and _public(p)]

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix(_API) if request.path.startswith(_API) else request.path
        self.asked.append((request.method, path))
        for other in self.instead:
            if other.method == request.method and re.fullmatch(other.path, path):
                if other.times == 1:
                    self.instead.remove(other)
                if other.afterwards:
                    self._real(request, path)
                return other.answer()
        return self._real(request, path)

    def _real(self, request: Request, path: str) -> Response:
        if not request.path.startswith(_API):
            return self._page(path)
        sign_in = request.authorization
        who = (sign_in.username, sign_in.password) if sign_in else None
        if who not in {AUTHOR, CONTRIBUTOR}:
            return _to_a_stranger(request.method, path)
        kind, _, number = path.partition("/")
        table = {"posts": self.posts, "media": self.media, "users": {}}[kind]
        if path == "users/me":
            may = who == AUTHOR
            role = "author" if may else "contributor"
            able = {"publish_posts": may, "upload_files": may}
            return _json(200, {"name": f"GoLive {role}", "roles": [role], "capabilities": able})
        if request.method == "GET" and not number:
            return _json(200, self._listed(request, kind))
        if number and int(number) not in table:
            return _says(404, "rest_post_invalid_id")
        if request.method == "GET":
            return _json(200, table[int(number)])
        if request.method == "DELETE":
            return _json(200, {"deleted": True, "previous": table.pop(int(number))})
        if kind == "media":
            return self._upload(request, who)
        return self._write(request, int(number) if number else None, who)

    def _listed(self, request: Request, kind: str) -> list[Item]:
        ask = request.args
        if kind == "media":
            return [m for m in self.media.values() if str(m["post"]) == ask.get("parent")]
        statuses = ask.get("status", "publish").split(",")
        return [
            p
            for p in self.posts.values()
            if p["slug"] == ask.get("slug") and p["status"] in statuses
        ]

    def _upload(self, request: Request, who: tuple[Any, Any]) -> Response:
        if who == CONTRIBUTOR:
            return _says(403, "rest_cannot_create")
        sent = request.files["file"]
        data = sent.read()
        if not data.startswith(b"\xff\xd8"):
            return _says(500, "rest_upload_sideload_error")
        number = self._next()
        self.uploads.append(data)
        self.media[number] = {
            "id": number,
            "alt_text": request.form.get("alt_text", ""),
            "post": int(request.form.get("post", 0)),
            "source_url": f"{self.url}/wp-content/uploads/{number}-{sent.filename}",
        }
        return _json(201, self.media[number])

    def _write(self, request: Request, number: int | None, who: tuple[Any, Any]) -> Response:
        body = request.get_json()
        if body.get("status") == "publish" and who == CONTRIBUTOR:
            return _says(403, "rest_cannot_publish")
        status = 200 if number else 201
        number = number or self._next()
        post = self.posts.setdefault(number, {"id": number, "slug": "", "content": {"raw": ""}})
        post |= {k: v for k, v in body.items() if k in {"slug", "status", "featured_media"}}
        if "content" in body:
            post["content"] = {"raw": body["content"]}
        if "title" in body:
            post["title"] = {"raw": body["title"]}
        same = [p for p in self.public(post["slug"]) if p["id"] != number]
        if same and _public(post):
            post["slug"] += f"-{len(same) + 1}"
        post["link"] = f"{self.url}/{post['slug']}/"
        return _json(status, post)

    def _page(self, path: str) -> Response:
        for item in self.media.values():
            if item["source_url"].endswith(path):
                return Response(b"\xff\xd8", content_type="image/jpeg")
        for post in self.posts.values():
            if post["link"].endswith(path) and _public(post) and path.strip("/"):
                return Response(post["content"]["raw"], content_type="text/html")
        return Response("Not found", 404)

    def _next(self) -> int:
        return max([*self.posts, *self.media, 0]) + 1


def _to_a_stranger(method: str, path: str) -> Response:
    if method == "GET" and path == "posts":
        return _says(400, "rest_invalid_param")  # the drafts that were asked for
    return _says(401, "rest_not_logged_in" if path == "users/me" else "rest_cannot_create")


def _public(post: Item) -> bool:
    return bool(post["status"] == "publish")


def _json(status: int, value: object) -> Response:
    answer = Response(status=status, content_type="application/json")
    answer.set_data(json.dumps(value))
    return answer


def _says(status: int, code: str) -> Response:
    return _json(status, {"code": code, "message": "In WordPress’s words", "data": {}})
