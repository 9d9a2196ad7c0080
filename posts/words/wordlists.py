"""A trust's word lists, looked for in a text: whole words with their usual endings, and disguises.

One line of a list is a word or a phrase. It matches in any case, with or without accents, and
each word of it with its usual endings: "exclude" is also "excludes", "excluded", "excluding".
"not: exclusion zone" is an exception: a match inside such a phrase says nothing. A line that
ends in "*" matches every word that begins so; "=sad" has no endings. "%" stands for a percentage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from posts.words.letters import plain_text, with_places

EXCEPT = "not:"
# The standard `re` takes half the time of `regex` here, and knows letters by `[^\W\d_]`.
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|%")
_CHUNK = re.compile(r"[^\s.,;:?\"“”()]*[^\W\d_][^\s.,;:?\"“”()]*")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[\s.*_-][^\W\d_]){2,}(?!\w)")
_MASKS = re.compile(r"[@$!|*013457]")
_UNMASKED = str.maketrans("@$!|013457", "asiioieast")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_FIRST = 3  # letters by which stems are found
_VOWELS = frozenset("aeiou")
_LONGEST_SPELLED = 40
_SHORT = 4  # letters of a word whose last consonant doubles: stab, stabbed


class Hit(NamedTuple):
    """An entry of the list found: the words of the text, where, and which entry they matched."""

    entry: str
    text: str
    start: int
    end: int


class _Token(NamedTuple):
    key: str
    start: int
    end: int


class Reading:
    """A text made ready to be looked through by any number of lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown, self.places = with_places(text)
        self.row = _tokens(self.shown)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Each word of the row, and where it stands in it."""
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.row):
            found.setdefault(token.key, []).append(at)
        return found

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """The first letters of each word, and where they stand."""
        found: dict[str, list[int]] = {}
        for key, places in self.words.items():
            found.setdefault(key[:_FIRST], []).extend(places)
        return found

    @cached_property
    def unmasked(self) -> list[_Token]:
        """Words behind figures and signs, letters drawn out, and letters apart."""
        return list(_unmasked(_small(self.shown)))

    @cached_property
    def starred(self) -> list[_Token]:
        """Words with stars for letters."""
        if "*" not in self.shown:
            return []
        words = [f for f in _CHUNK.finditer(_small(self.shown)) if "*" in f.group()]
        return [_Token(f.group(), *f.span()) for f in words if f.group()[0].isalpha()]

    def hit(self, entry: str, start: int, end: int) -> Hit:
        """What stands there in the text as it was written."""
        begin, stop = self.places[start], self.places[end - 1] + 1
        return Hit(entry, self.text[begin:stop], begin, stop)


@dataclass
class WordList:
    """A compiled list. Build one with `compiled`."""

    # First word in each of its forms → phrases (the forms of each further word, and the entry).
    begins: dict[str, list[tuple[tuple[frozenset[str], ...], str]]] = field(default_factory=dict)
    # The first letters of stems → stems with their entries.
    stems: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    exceptions: WordList | None = None

    def add(self, entry: str) -> None:
        """One line of the list."""
        words = [token.key for token in _tokens(plain_text(entry.strip("=*")))]
        if not words:
            return
        if entry.endswith("*"):
            self.stems.setdefault(words[0][:_FIRST], []).append((words[0], entry))
        inflected = not entry.startswith("=")
        shapes = tuple(forms(word) if inflected else frozenset({word}) for word in words)
        for shape in shapes[0]:
            self.begins.setdefault(shape, []).append((shapes[1:], entry.strip("=")))

    def find(self, reading: Reading, *, disguised: bool = False) -> list[Hit]:
        """Every entry in the text, in order of place; `disguised`: "sh1t" and "s h i t" too."""
        found = set(self._in(reading))
        if disguised:
            found |= {one for token in reading.unmasked for one in self._spans([token], (0,))}
            found |= {one for token in reading.starred for one in self._starred(token)}
        if not found:
            return []
        excused = list(self.exceptions._in(reading)) if self.exceptions else []
        return [
            reading.hit(*one)
            for one in sorted(found, key=lambda one: one[1:])
            if not any(first <= one[1] and one[2] <= last for _, first, last in excused)
        ]

    def _in(self, reading: Reading) -> Iterator[tuple[str, int, int]]:
        """Each entry found, with its place. Only words that begin one are looked at."""
        begun = (reading.words[key] for key in reading.words.keys() & self.begins.keys())
        stems = (reading.starts[key] for key in reading.starts.keys() & self.stems.keys())
        return self._spans(reading.row, set[int]().union(*begun, *stems))

    def _spans(self, row: list[_Token], places: Iterable[int]) -> Iterator[tuple[str, int, int]]:
        """Each entry that begins at one of these places of the row, with its place in the text."""
        for at in places:
            token = row[at]
            for rest, entry in self.begins.get(token.key, ()):
                after = row[at + 1 : at + 1 + len(rest)]
                if len(after) == len(rest) and all(
                    t.key in shape for t, shape in zip(after, rest, strict=True)
                ):
                    yield entry, token.start, (after[-1] if after else token).end
            for stem, entry in self.stems.get(token.key[:_FIRST], ()):
                if token.key.startswith(stem):
                    yield entry, token.start, token.end

    def _starred(self, token: _Token) -> Iterator[tuple[str, int, int]]:
        """ "f**k": a star for each letter, the first one told."""
        shape = re.compile(re.escape(token.key).replace(r"\*", r"[^\W\d_]"))
        for key, phrases in self.begins.items():
            if len(key) == len(token.key) and shape.fullmatch(key):
                for rest, entry in phrases:
                    if not rest:
                        yield entry, token.start, token.end


@lru_cache(maxsize=256)
def reading(text: str) -> Reading:
    """A text made ready; the same text is made ready once."""
    return Reading(text)


@lru_cache(maxsize=64)
def compiled(entries: tuple[str, ...]) -> WordList:
    """A list ready to be looked for; the same entries are made ready once."""
    excepted = [e.removeprefix(EXCEPT).strip() for e in entries if e.startswith(EXCEPT)]
    found = WordList(exceptions=_of(excepted) if excepted else None)
    for entry in entries:
        if not entry.startswith(EXCEPT):
            found.add(entry.strip())
    return found


@lru_cache(maxsize=4_096)
def forms(word: str) -> frozenset[str]:
    """A word with its usual endings. Some are no words; nobody writes those."""
    found = {word, f"{word}s", f"{word}es", f"{word}'s", f"{word}d"}
    ends = ("ed", "ing", "er", "ers", "es", "est", "ly")
    if word.endswith("e"):
        return frozenset(found | {word[:-1] + end for end in ends})
    if len(word) > 2 and word.endswith("y") and word[-2] not in _VOWELS:
        i = word[:-1] + "i"
        return frozenset(found | {i + end for end in ends} | {f"{word}ing"})
    if len(word) <= _SHORT and len(word) > 2 and _doubles(word):
        return frozenset(found | {word + word[-1] + end for end in ends if end != "ly"})
    return frozenset(found | {word + end for end in ends})


def _doubles(word: str) -> bool:
    return word[-1] not in _VOWELS | set("wxy") and word[-2] in _VOWELS and word[-3] not in _VOWELS


def _of(entries: Iterable[str]) -> WordList:
    found = WordList()
    for entry in entries:
        found.add(entry)
    return found


def _small(text: str) -> str:
    """Small letters, each in its place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _tokens(text: str) -> list[_Token]:
    return [_Token(f.group(), *f.span()) for f in _WORD.finditer(_small(text))]


def _unmasked(small: str) -> Iterator[_Token]:
    if _MASKS.search(small):
        for found in _CHUNK.finditer(small):
            word = found.group()
            if _MASKS.search(word) and "*" not in word:
                yield _Token(word.translate(_UNMASKED), *found.span())
    if _LONG_RUN.search(small):
        for found in _WORD.finditer(small):
            for once in (r"\1", r"\1\1"):
                if (short := _LONG_RUN.sub(once, found.group())) != found.group():
                    yield _Token(short, *found.span())
    for found in _SPELLED.finditer(small):
        yield from _spelled(found.group(), found.start())


def _spelled(letters: str, start: int) -> Iterator[_Token]:
    """Each run of letters that stand apart: "a" before "s h i t" is a word of its own."""
    places = range(0, min(len(letters), _LONGEST_SPELLED), 2)
    for first in places:
        for last in places[places.index(first) + 2 :]:
            yield _Token(letters[first : last + 1 : 2], start + first, start + last + 1)
