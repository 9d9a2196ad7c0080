"""A mail server that speaks SMTP on a real socket, keeps what it is given, and can say no."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default


class PostOffice(socketserver.ThreadingTCPServer):
    """Takes every mail, unless `refuses` holds the answer to give to the recipient."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.refuses = ""

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: PostOffice

    def handle(self) -> None:
        self._say("220 post.example")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"EHLO":
                self._say("250-post.example\r\n250 8BITMIME")
            elif verb == b"RCPT" and self.server.refuses:
                self._say(self.server.refuses)
            elif verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say("221 goodbye")
                return
            else:
                self._say("250 fine")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(message, EmailMessage)
        self.server.mails.append(message)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def opened() -> Iterator[PostOffice]:
    """Open until the block ends."""
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, args=(0.05,), daemon=True).start()
        yield office
        office.shutdown()
