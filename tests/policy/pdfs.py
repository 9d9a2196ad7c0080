"""PDFs for tests, made by hand: small, and whole or wrong in one way."""

from __future__ import annotations

import zlib


def pdf(words: str = "Our policy", *, more: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    """A PDF of one empty page; `more` stands among its objects."""
    return (
        b"%PDF-1.7\n% " + words.encode() + b"\n"
        b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n"
        + more
        + b"trailer << /Root 1 0 R >>\nstartxref\n9\n"
        + end
    )


def packed(inside: bytes) -> bytes:
    """These objects in a stream of objects, as programs write them today."""
    body = zlib.compress(inside)
    return b"9 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + body + b"\nendstream\n"
