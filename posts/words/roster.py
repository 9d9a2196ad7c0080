"""Who is called what in a school, ready to be looked up word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from posts.words.tokens import keys

# (id, legal first name, legal surname, preferred first name, preferred surname)
Row = tuple[int, str, str, str, str]


@dataclass
class NameIndex:
    """Keys are words run together, so that "O’Brien", "O Brien" and "OBrien" are one.

    `spaced`: keys that the roster writes as several words; `begins`: what those begin with.
    `called`: a child's first names. Built anew for each use: nobody admitted today is unknown.
    """

    firsts: dict[str, set[int]] = field(default_factory=dict)
    surnames: dict[str, set[int]] = field(default_factory=dict)
    initials: dict[str, set[int]] = field(default_factory=dict)
    spaced: set[str] = field(default_factory=set)
    begins: set[str] = field(default_factory=set)
    called: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def build(cls, roster: Iterable[Row]) -> NameIndex:
        """From a roster; 2,000 children take some 20 ms."""
        index = cls()
        known: dict[str, list[str]] = {}
        for child, first, surname, preferred, preferred_surname in roster:
            for name in {first, preferred} - {""}:
                index._add_first(child, known.get(name) or known.setdefault(name, keys(name)), name)
            for name in {surname, preferred_surname} - {""}:
                index._add_surname(child, known.get(name) or known.setdefault(name, keys(name)))
        return index

    def _add_first(self, child: int, words: list[str], name: str) -> None:
        if not words:
            return
        self._add(self.firsts, child, words)
        self.initials.setdefault(words[0][0], set()).add(child)
        called = self.called.setdefault(child, [])
        called.append("".join(words))
        # "Amira Jane" is called Amira too; "Mary-Kate" is not called Mary.
        if len(words) > 1 and " " in name and len(words[0]) > 1:
            plain = keys(name.split(" ", 1)[0])
            self._add(self.firsts, child, plain)
            called.append("".join(plain))

    def _add_surname(self, child: int, words: list[str]) -> None:
        if not words:
            return
        self._add(self.surnames, child, words)
        if len(words) > 1:  # "Smith-Jones" is written Smith or Jones as well
            for word in words:
                if len(word) > 2:
                    self._add(self.surnames, child, [word])

    def _add(self, table: dict[str, set[int]], child: int, words: list[str]) -> None:
        key = "".join(words)
        table.setdefault(key, set()).add(child)
        if len(words) > 1:
            self.spaced.add(key)
            self.begins.update("".join(words[:n]) for n in range(1, len(words)))
