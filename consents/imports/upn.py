"""Unique Pupil Numbers: the check letter, and what is wrong with one in plain words."""

from __future__ import annotations

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O, S
_SHAPE = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_SPOILED = re.compile(r"\d+(\.\d+)?E\+?\d+", re.IGNORECASE)


def check_letter(body: str) -> str:
    """The letter for the twelve characters after it.

    Each is weighted by its place, 2 to 13; the sum modulo 23 picks the letter. A final letter of a
    temporary number counts as its place in the same alphabet.
    """
    total = sum(
        place * (LETTERS.index(c) if c in LETTERS else int(c))
        for place, c in enumerate(body, start=2)
    )
    return LETTERS[total % 23]


def tidy(text: str) -> str:
    """Capitals, no spaces."""
    return "".join(text.split()).upper()


def doubt(upn: str) -> str:
    """Why this cannot be used to tell who somebody is; empty when it can."""
    if _SPOILED.fullmatch(upn):
        return "the spreadsheet has spoiled this number. It is left out; the pupil still goes in"
    if not _SHAPE.fullmatch(upn):
        return "this is not a Unique Pupil Number. It is left out; the pupil still goes in"
    if upn[-1].isalpha() and upn[-1] not in LETTERS:
        return "this is not a Unique Pupil Number. It is left out; the pupil still goes in"
    if check_letter(upn[1:]) != upn[0]:
        return "its check letter does not fit. It is left out; the pupil still goes in"
    if upn[-1].isalpha():
        return "this number is temporary. It is left out; the pupil still goes in"
    return ""
