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

    A draft is no post yet: it is listed as one, and nobody sees it.
    """

    def __init__(self) -> None:
        self.posts: dict[str, int] = {}
        self.content: dict[int, str] = {}
        self.creates: Counter[str] = Counter()
        self.uploads = self.numbers = 0
        self.lock = threading.Lock()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = urlsplit(self.path)
                if path.path.endswith("/media"):
                    self.answer(200, [])  # nothing is kept
                    return
                slug = parse_qs(path.query).get("slug", [""])[0]
                with recorder.lock:
                    found = recorder.posts.get(slug)
                self.answer(200, [recorder.as_json(slug, found)] if found else [])

            def do_DELETE(self) -> None:
                number = int(urlsplit(self.path).path.rpartition("/")[2])
                with recorder.lock:
                    left = {s: n for s, n in recorder.posts.items() if n != number}
                    recorder.posts = left
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

    def number(self) -> int:
        """The next post's."""
        self.numbers += 1
        return self.numbers

    def as_media(self) -> dict[str, object]:
        """A photo as WordPress tells it."""
        with self.lock:
            self.uploads += 1
            number = self.uploads
        return {"id": number, "source_url": f"{self.base_url}/{number}.jpg"}

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
