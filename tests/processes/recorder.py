"""A website of the smallest kind on a real socket: it records what it is sent, slowly enough to be
caught in the middle."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Recorder:
    """Counts by slug how often a post was made public. `base_url` is what a connection is given.

    A draft is no post yet: it is listed as one, and nobody sees it. While `lets_go` is not set, who
    makes one public waits for the answer; `reached` says that somebody does.
    """

    def __init__(self) -> None:
        self.posts: dict[str, int] = {}
        self.content: dict[int, str] = {}
        self.creates: Counter[str] = Counter()
        self.photos: set[int] = set()
        self.uploads = self.numbers = 0
        self.lock = threading.Lock()
        self.reached, self.lets_go = threading.Event(), threading.Event()
        self.lets_go.set()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.answer(*recorder.look(self.path))

            def do_DELETE(self) -> None:
                recorder.remove(urlsplit(self.path).path)
                self.answer(200, {"deleted": True})

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                if urlsplit(self.path).path.endswith("/media"):
                    self.answer(201, recorder.as_media())
                    return
                body = json.loads(sent)
                if body["status"] == "draft":
                    with recorder.lock:
                        number = recorder.number()
                        recorder.posts[body["slug"]] = number
                    self.answer(201, recorder.as_json(body["slug"], number))
                    return
                number = int(urlsplit(self.path).path.rpartition("/")[2])
                recorder.reached.set()
                recorder.lets_go.wait(timeout=60)
                time.sleep(0.03)
                with recorder.lock:
                    slug = next(s for s, n in recorder.posts.items() if n == number)
                    recorder.creates[slug] += 1
                    recorder.content[number] = body["content"]
                time.sleep(0.05)
                self.answer(200, recorder.as_json(slug, number))

            def answer(self, status: int, value: object) -> None:
                data = json.dumps(value).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # the worker that asked is dead

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def as_json(self, slug: str, number: int) -> dict[str, object]:
        """A post as WordPress tells it."""
        return {
            "id": number,
            "slug": slug,
            "link": f"{self.base_url}/{number}",
            "status": "publish" if self.creates[slug] else "draft",
            "featured_media": 1 if self.uploads else 0,
            "content": {"raw": self.content.get(number, "")},
        }

    def look(self, address: str) -> tuple[int, object]:
        """Status and answer: one post or photo, or the posts of a slug."""
        parts = urlsplit(address)
        if parts.path.endswith("/media"):
            return 200, []  # nothing is kept
        number, _, photo = parts.path.rpartition("/")[2].partition(".")
        slug = parse_qs(parts.query).get("slug", [""])[0]
        with self.lock:
            if number.isdecimal():
                is_photo = photo or "/media/" in parts.path
                there = self.photos if is_photo else set(self.posts.values())
                gone = {"code": "rest_post_invalid_id"}
                return (200, {}) if int(number) in there else (404, gone)
            found = self.posts.get(slug)
        return 200, [self.as_json(slug, found)] if found else []

    def remove(self, path: str) -> None:
        """Delete a post or a photo."""
        number = int(path.rpartition("/")[2])
        with self.lock:
            if "/media/" in path:
                self.photos.discard(number)
            else:
                self.posts = {s: n for s, n in self.posts.items() if n != number}

    def number(self) -> int:
        """The next post's."""
        self.numbers += 1
        return self.numbers

    def as_media(self) -> dict[str, object]:
        """A photo as WordPress tells it."""
        with self.lock:
            self.uploads += 1
            number = self.uploads
            self.photos.add(number)
        return {"id": number, "source_url": f"{self.base_url}/{number}.jpg"}

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
