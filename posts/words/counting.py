"""How long a text is where it will stand. Each platform counts in its own way.

What a platform takes is data: `{"text": {"method": "x", "max": 280}, "hashtags": {"max": 30}}`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from posts.words.links import links

Limits = Mapping[str, Any]

X_LINK = 23
X_EMOJI = 2
# Code points that weigh one; everything else weighs two (configuration 3 of X's counting rules).
_X_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_X_EMOJI = regex.compile(
    r"\p{RI}{2}"
    r"|[0-9#*]\uFE0F?\u20E3"
    r"|(?![0-9#*])\p{Emoji}(?!\uFE0E)[\uFE0F\p{EMod}]*"
    r"(?:[\U000E0020-\U000E007E]+\U000E007F|(?:\u200D\p{Emoji}[\uFE0F\p{EMod}]*)*)"
)
_CLUSTER = regex.compile(r"\X")
_HASHTAG = regex.compile(r"(?<![\w&/])[#＃](?=\w*\p{L})\w+")
_ACCOUNT = regex.compile(r"(?<![\w@/])[@＠]\w+")


@dataclass(frozen=True)
class Count:
    """How much of the room a text takes."""

    length: int
    limit: int
    unit: str = "characters"

    @property
    def left(self) -> int:
        """Room that is left; below zero when the text is too long."""
        return self.limit - self.length

    @property
    def fits(self) -> bool:
        """Is it short enough?"""
        return self.left >= 0

    @property
    def words(self) -> str:
        """ "269 of 280 characters", or how much is too much."""
        if self.fits:
            return f"{self.length:,} of {self.limit:,} {self.unit}"
        return _too_many(-self.left, self.unit)


def count(text: str, limits: Limits) -> Count | None:
    """The text against the platform's limit; `None` where there is none."""
    rule = limits.get("text")
    if not rule or "max" not in rule:
        return None
    method = rule.get("method", "characters")
    measure, unit = METHODS[method]
    length = Count(measure(text), rule["max"], unit)
    if "max_bytes" in rule:
        size = Count(in_bytes(text), rule["max_bytes"], "bytes")
        if not size.fits and length.fits:
            return size
    return length


def problems(text: str, limits: Limits) -> list[str]:
    """What the platform would refuse, in plain words: "11 characters too long". Empty: it fits."""
    found = []
    total = count(text, limits)
    if total is not None and not total.fits:
        found.append(_too_many(-total.left, total.unit))
    for kind, pattern in (("hashtags", _HASHTAG), ("mentions", _ACCOUNT)):
        most = limits.get(kind, {}).get("max")
        number = len(pattern.findall(text))
        if most is not None and number > most:
            what = "hashtags" if kind == "hashtags" else "accounts mentioned"
            found.append(f"{number} {what}, at most {most}")
    return found


def as_x(text: str) -> int:
    """Weighted as X does: a link is 23, an emoji 2 however it is put together."""
    text = unicodedata.normalize("NFC", text)
    total, place = 0, 0
    for start, end in links(text):
        total += _x_weight(text[place:start]) + X_LINK
        place = end
    return total + _x_weight(text[place:])


def as_graphemes(text: str) -> int:
    """What a reader calls one character (Bluesky)."""
    return len(_CLUSTER.findall(text))


def as_utf16(text: str) -> int:
    """As JavaScript and most phones count: letters 1, most emoji 2 or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_bytes(text: str) -> int:
    """Bytes of UTF-8. Half a surrogate pair counts as the mark that replaces it."""
    return len(text.encode("utf-8", "replace")) if text.isascii() else _utf8_size(text)


def _utf8_size(text: str) -> int:
    return sum(
        1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text
    )


def _x_weight(text: str) -> int:
    if text.isascii():
        return len(text)
    emoji = 0

    def lift(_: object) -> str:
        nonlocal emoji
        emoji += 1
        return ""

    rest = _X_EMOJI.sub(lift, text)
    return emoji * X_EMOJI + sum(1 if _is_light(ord(char)) else 2 for char in rest)


def _is_light(point: int) -> bool:
    return any(low <= point <= high for low, high in _X_LIGHT)


def _too_many(number: int, unit: str) -> str:
    noun = unit[:-1] if number == 1 else unit
    return f"{number:,} {noun} too long"


METHODS: Mapping[str, tuple[Callable[[str], int], str]] = {
    "characters": (len, "characters"),
    "graphemes": (as_graphemes, "characters"),
    "utf16": (as_utf16, "characters"),
    "x": (as_x, "characters"),
    "bytes": (in_bytes, "bytes"),
}
