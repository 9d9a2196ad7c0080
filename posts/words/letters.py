"""Letters as a reader takes them: no accents, no invisible marks, look-alikes made plain."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters of other alphabets that pass for Latin ones, and the small capitals of decorated text.
_LOOKS_LIKE = {
    "АВСЕНІЈКМОРЅТХУԚԜЗҮӀ": "ABCEHIJKMOPSTXYQWZYI",
    "авсеһіјкморѕтхуԛԝԁґӏү": "abcehijkmopstxyqwdrly",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "αβγεηικνορτυχωϲϳ": "abyenikvoptuxwcj",
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ": "abcdefghijklmnoprstuvwyz",
    "ɑɡıȷɩʋսոօհ": "agijivunoh",
    "łøđħŧƀɨɫŁØĐĦŦ": "lodhtbilLODHT",
}
_SPELLED = {
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
    "þ": "th",
    "Þ": "Th",
    "ð": "d",
    "Ð": "D",
    "ə": "e",
    "Ə": "E",
    "ŋ": "n",
}
_APOSTROPHES = "’‘ʼʻ`´′ʹ＇ˈ‛ꞌʾʿ"
_HYPHENS = "‐‑‒–—−﹣－"
_SQUARED = ((0x1F130, 26), (0x1F150, 26), (0x1F170, 26))


def _table() -> dict[str, str]:
    table = dict(_SPELLED)
    for odd, plain in _LOOKS_LIKE.items():
        table.update(zip(odd, plain, strict=True))
    table.update(dict.fromkeys(_APOSTROPHES, "'"))
    table.update(dict.fromkeys(_HYPHENS, "-"))
    for first, number in _SQUARED:
        table.update({chr(first + n): chr(ord("A") + n) for n in range(number)})
    return table


_TABLE = _table()


@lru_cache(maxsize=8_192)
def plain(char: str) -> str:
    """One character as it reads: none for accents and invisible marks, sometimes two letters."""
    if char in _TABLE:
        return _TABLE[char]
    if char.isascii():
        return char
    letters = []
    for part in unicodedata.normalize("NFKD", char):
        if part in _TABLE:
            letters.append(_TABLE[part])
        elif not unicodedata.combining(part) and unicodedata.category(part) not in {
            "Cf",
            "Mn",
            "Me",
        }:
            letters.append(part)
    return "".join(letters)


def plain_text(text: str) -> str:
    """The whole text as it reads; its length may change."""
    return text if text.isascii() else "".join(map(plain, text))


def with_places(text: str) -> tuple[str, list[int] | range]:
    """The text as it reads, and for each of its letters the place in `text` it came from."""
    if text.isascii():
        return text, range(len(text))
    odd = {char: plain(char) for char in set(text)}
    if all(len(shown) == 1 for shown in odd.values()):
        return text.translate({ord(char): shown for char, shown in odd.items()}), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        shown = plain(char)
        letters.append(shown)
        places.extend([place] * len(shown))
    return "".join(letters), places
