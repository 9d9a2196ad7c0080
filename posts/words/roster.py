"""Who is called what in a school, ready to be looked up word by word."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from posts.words.tokens import keys

_MOST_READ = 2_048  # words, and sentences of one way of reading
_MOST_WAYS = 32
_SHORTEST_SON = 3  # letters after "Mac"
_BREAK = re.compile(r"[\s‐‑‒–—-]+")

# (id, legal first name, legal surname, preferred first name, preferred surname, nicknames apart by
# commas)
Row = tuple[int, str, str, str, str, str]


def keep(read: dict[Any, Any], key: Hashable, value: object) -> None:
    """Remember one more. When there are too many, all are forgotten: they are soon read again."""
    if len(read) >= _MOST_READ:
        read.clear()
    read[key] = value


@dataclass
class NameIndex:
    """Keys are words run together, so that "O’Brien", "O Brien" and "OBrien" are one.

    `spaced`: keys that the roster writes as several words; `begins`: what those begin with.
    `called`: a child's first names, `surnamed` its surnames.
    """

    firsts: dict[str, set[int]] = field(default_factory=dict)
    surnames: dict[str, set[int]] = field(default_factory=dict)
    initials: dict[str, set[int]] = field(default_factory=dict)
    spaced: set[str] = field(default_factory=set)
    begins: set[str] = field(default_factory=set)
    called: dict[int, list[str]] = field(default_factory=dict)
    surnamed: dict[int, list[str]] = field(default_factory=dict)
    # What was read before, words, and sentences by how and for whom they were read.
    words_read: dict[str, tuple[set[int], ...]] = field(default_factory=dict, compare=False)
    sentences_read: dict[Hashable, dict[str, list[Any]]] = field(
        default_factory=dict, compare=False
    )

    @classmethod
    def build(cls, roster: Iterable[Row]) -> NameIndex:
        """From a roster; 2,000 children take some 20 ms."""
        index = cls()
        index._add_all(roster)
        return index

    def plus(self, more: Iterable[Row]) -> NameIndex:
        """This index and these as well. The index itself stays as it is."""
        added = list(more)
        if not added:
            return self
        both = NameIndex(
            firsts={key: set(ids) for key, ids in self.firsts.items()},
            surnames={key: set(ids) for key, ids in self.surnames.items()},
            initials={key: set(ids) for key, ids in self.initials.items()},
            spaced=set(self.spaced),
            begins=set(self.begins),
            called={pk: list(names) for pk, names in self.called.items()},
            surnamed={pk: list(names) for pk, names in self.surnamed.items()},
        )
        both._add_all(added)
        return both

    def sentences(self, how: Hashable) -> dict[str, list[Any]]:
        """Sentences that were read in this way, each with the names in it."""
        known = self.sentences_read.get(how)
        if known is None:
            if len(self.sentences_read) >= _MOST_WAYS:
                self.sentences_read.clear()
            known = self.sentences_read[how] = {}
        return known

    def in_one_word(self, key: str) -> tuple[set[int], ...]:
        """Who is called so by first name and surname, or surname and first name, run together."""
        found = self.words_read.get(key)
        if found is None:
            found = tuple(self._cut(key))
            keep(self.words_read, key, found)
        return found

    def _cut(self, key: str) -> Iterator[set[int]]:
        firsts, surnames = self.firsts, self.surnames
        for cut in range(2, len(key) - 1):
            head, tail = key[:cut], key[cut:]
            for a, b in ((head, tail), (tail, head)):
                if a in firsts and b in surnames and (both := firsts[a] & surnames[b]):
                    yield both

    def _add_all(self, roster: Iterable[Row]) -> None:
        known: dict[str, list[str]] = {}
        for child, first, surname, preferred, preferred_surname, nicknames in roster:
            nick = {one.strip() for one in nicknames.split(",")} if nicknames else set()
            for name in ({first, preferred} | nick) - {""}:
                self._add_first(child, known.get(name) or known.setdefault(name, keys(name)), name)
            for name in {surname, preferred_surname} - {""}:
                self._add_surname(child, known.get(name) or known.setdefault(name, keys(name)))

    def _add_first(self, child: int, words: list[str], name: str) -> None:
        if not words:
            return
        self._add(self.firsts, child, words)
        for letters in {"".join(word[0] for word in words[:2]), *(word[0] for word in words)}:
            self.initials.setdefault(letters, set()).add(child)
        called = self.called.setdefault(child, [])
        called.append("".join(words))
        # "Amira Jane" is called Amira too, and "Mary-Kate" Mary.
        if len(words) > 1 and len(words[0]) > 1:
            plain = keys(_BREAK.split(name, maxsplit=1)[0])
            self._add(self.firsts, child, plain)
            called.append("".join(plain))

    def _add_surname(self, child: int, words: list[str]) -> None:
        if not words:
            return
        self._add(self.surnames, child, words)
        self.surnamed.setdefault(child, []).append("".join(words))
        if len(words) > 1:  # "Smith-Jones" is written Smith or Jones as well
            for word in words:
                if len(word) > 2:
                    self._add(self.surnames, child, [word])

        if alias := _mac(words):
            self._add(self.surnames, child, alias)

    def _add(self, table: dict[str, set[int]], child: int, words: list[str]) -> None:
        key = "".join(words)
        table.setdefault(key, set()).add(child)
        if len(words) > 1:
            self.spaced.add(key)
            self.begins.update("".join(words[:n]) for n in range(1, len(words)))


def _mac(words: list[str]) -> list[str]:
    """ "McDonald" is written MacDonald as well, and the other way round."""
    key = "".join(words)
    for mine, other in (("mac", "mc"), ("mc", "mac")):
        if key.startswith(mine) and len(key) >= len(mine) + _SHORTEST_SON:
            return [other, key.removeprefix(mine)]
    return []
