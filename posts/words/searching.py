"""Looks for the names of a roster in a row of words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from posts.words import ordinary, phrases, strangers
from posts.words.roster import NameIndex
from posts.words.tokens import Token

Kind = Literal["first_name", "full_name", "maybe"]
Part = tuple[int, set[int]]  # the place after a name's last word, and who is called that
Found = tuple[int, int, set[int]]  # first word, place after the last, and whose name

_MOST_WORDS = 5  # of one first name or surname
_SHORTEST_IN_ONE = 6  # letters of a first name and surname in one word
_SHORTEST_IN_TAG = 4  # letters of a first name that is looked for inside a lower-case hashtag
_NOBODY: frozenset[int] = frozenset()


class Manner(NamedTuple):
    """How the whole text is written, which every sentence of it is read by."""

    has_capitals: bool
    is_headline: bool


class Search:
    """One sentence against one index."""

    def __init__(self, row: list[Token], index: NameIndex, manner: Manner) -> None:
        self.row, self.index = row, index
        self.has_capitals, self.is_headline = manner.has_capitals, manner.is_headline
        self.first: list[list[Part]] = []
        self.last: list[list[Part]] = []
        for at in range(len(row)):
            self._look_up(at)

    def _look_up(self, at: int) -> None:
        """Names that begin with the word at `at`, of one or several words."""
        key = self.row[at].key
        firsts, surnames = self.index.firsts, self.index.surnames
        first = [(at + 1, firsts[key])] if key in firsts else []
        last = [(at + 1, surnames[key])] if key in surnames else []
        for after, longer in self._longer(at) if self._may_go_on(at, key) else ():
            if longer in firsts:
                first.append((after, firsts[longer]))
            if longer in surnames:
                last.append((after, surnames[longer]))
        self.first.append(first)
        self.last.append(last)

    def _may_go_on(self, at: int, key: str) -> bool:
        """Quickly: could `_longer` find anything? Most words stand apart and begin no name."""
        if at + 1 >= len(self.row):
            return False
        return self.row[at + 1].gap != " " or key in self.index.begins

    def _longer(self, at: int) -> Iterator[tuple[int, str]]:
        """The word at `at` with those after it, where together they may be one name.

        Words apart are one name only if the roster has them apart: "is a" is not Isa.
        """
        row, index = self.row, self.index
        key = row[at].key
        apart = False
        for after in range(at + 1, min(at + _MOST_WORDS, len(row))):
            token = row[after]
            if not token.joined:
                return
            apart = apart or any(mark == "-" or mark.isspace() for mark in token.gap)
            if apart and key not in index.begins:
                return
            key += token.key
            if not apart or key in index.spaced:
                yield after + 1, key

    def full_names(self) -> list[Found]:
        """First name and surname in either order, an initial and a surname, or both in one word.

        In "Ali Khan, Amira Reed" the surname in the middle and the name after it are nobody's.
        """
        straight = [one for at in range(len(self.row)) for one in self._straight(at)]
        taken = {place for start, end, _ in straight for place in range(start, end)}
        turned = [one for at, last in enumerate(self.last) if last for one in self._turned(at)]
        return straight + [one for one in turned if taken.isdisjoint(range(one[0], one[1]))]

    def _straight(self, at: int) -> Iterator[Found]:
        size = len(self.row[at].key)
        if self.first[at]:
            yield from self._surname_follows(at)
        if self.row[at].key in self.index.initials:
            yield from self._initial(at)
        elif size >= _SHORTEST_IN_ONE:
            yield from self._in_one_word(at)

    def _surname_follows(self, at: int) -> Iterator[Found]:
        row = self.row
        if self._is_plain_speech(at):
            return
        for after, ids in self.first[at]:
            places = [after]
            if after + 1 < len(row) and row[after].joined and len(row[after].key) == 1:
                places.append(after + 1)  # a middle initial
            for place in places:
                if place < len(row) and row[place].joined:
                    for end, others in self.last[place]:
                        if both := ids & others:
                            yield at, end, both

    def _is_plain_speech(self, at: int) -> bool:
        """ "Will young people come" without its capital, in a text that has capitals."""
        token = self.row[at]
        written_small = self.has_capitals and not token.capital and not token.tagged
        return (
            written_small
            and token.key in ordinary.ORDINARY
            and not ordinary.is_praised(self.row, at)
        )

    def _turned(self, at: int) -> Iterator[Found]:
        row = self.row
        for after, ids in self.last[at]:
            if after >= len(row) or not row[after].joined:
                continue
            formal = "," in row[after].gap or row[after].tagged
            if formal or (row[at].capital and row[after].capital) or not row[at].key.isascii():
                for end, others in self.first[after]:
                    if both := ids & others:
                        yield at, end, both
            if both := self._listed(at, after, ids):
                yield at, after + 1, both

    def _listed(self, at: int, after: int, ids: set[int]) -> set[int]:
        """ "Boateng K." of a list of results."""
        large = self.row[at].capital and self.row[after].capital
        if not large or len(self.row[after].key) > 1 or ordinary.is_surname_word(self.row[at].key):
            return set()
        return ids & self.index.initials.get(self.row[after].key, _NOBODY)

    def _initial(self, at: int) -> Iterator[Found]:
        """ "A. Khan": not "A king" nor "I rose"."""
        row = self.row
        if at + 1 >= len(row):
            return
        token, after = row[at], row[at + 1]
        dotted = after.gap.startswith(".")
        large = after.capital or (dotted and len(after.key) > 1)  # "E. da Silva"
        if not (token.capital and large and after.joined) and not token.tagged:
            return
        if token.key in {"a", "i"} and not dotted and (token.opens or after.gap != " "):
            return
        yield from self._called(token.key, at, at + 1)
        if len(after.key) == 1 and at + 2 < len(row) and row[at + 2].joined:  # "J-P Dubois"
            yield from self._called(token.key + after.key, at, at + 2)

    def _called(self, initials: str, at: int, place: int) -> Iterator[Found]:
        called = self.index.initials.get(initials, _NOBODY)
        for end, others in self.last[place]:
            if both := others & called:
                yield at, end, both

    def _in_one_word(self, at: int) -> Iterator[Found]:
        """ "amirakhan", and in a hashtag "welldoneamirakhan"."""
        token = self.row[at]
        key = token.key
        for both in self.index.in_one_word(key):
            yield at, at + 1, both
        if token.tagged and len(key) > 7:
            yield from self._deep_in_tag(at, key)

    def _deep_in_tag(self, at: int, key: str) -> Iterator[Found]:
        firsts, surnames = self.index.firsts, self.index.surnames
        size = len(key)
        for start in range(size - 5):
            for cut in range(start + 3, min(start + 14, size - 2)):
                ids = firsts.get(key[start:cut])
                if not ids:
                    continue
                for end in range(cut + 3, size + 1):
                    both = ids & surnames.get(key[cut:end], _NOBODY)
                    if both:
                        yield at, at + 1, both

    def first_names(
        self, taken: set[int], pictured: frozenset[int]
    ) -> Iterator[tuple[int, int, Kind, set[int]]]:
        """First names that stand alone."""
        at = 0
        nobody = phrases.passed_over(self.row)
        while at < len(self.row):
            step = 1
            for after, ids in reversed(self.first[at]):
                if nobody.issuperset(range(at, after)):
                    break
                if taken.isdisjoint(range(at, after)):
                    kind = self._kind(at, after, ids, pictured)
                    if kind is not None:
                        yield at, after, kind, (ids & pictured if kind == "first_name" else ids)
                    step = after - at
                    break
            else:
                yield from self._first_in_tag(at, taken, pictured)
            at += step

    def _shortened(self, key: str) -> set[int]:
        """ "amirak" and "akhan"."""
        if len(key) <= _SHORTEST_IN_TAG:
            return set()
        index = self.index
        firsts = index.firsts.get(key[:-1], _NOBODY)
        found = {pk for pk in firsts if any(n[0] == key[-1] for n in index.surnamed.get(pk, ()))}
        return found | (index.surnames.get(key[1:], _NOBODY) & index.initials.get(key[0], _NOBODY))

    def surnames(
        self, taken: set[int], pictured: frozenset[int]
    ) -> Iterator[tuple[int, int, Kind, set[int]]]:
        """Surnames that stand alone: "Goals: Boateng (2)", "the Okafor twins"."""
        for at, found in enumerate(self.last):
            if not found or at in taken or not strangers.stands_alone(self.row, at, found[-1][0]):
                continue
            after, ids = found[-1]
            if taken.isdisjoint(range(at, after)):
                here = ids & pictured
                yield at, after, "full_name" if here else "maybe", here or ids

    def _kind(self, at: int, after: int, ids: set[int], pictured: frozenset[int]) -> Kind | None:
        token = self.row[at]
        key = token.key if after == at + 1 else ""
        here = not ids.isdisjoint(pictured)
        if len(key) == 1 or ordinary.after_title(self.row, at):
            return None
        if not (here or self.is_headline) and strangers.is_somebody_else(
            self.row, at, after, ids, self.index
        ):
            return None
        if key in ordinary.ORDINARY and not self._initial_follows(after, ids):
            if not ordinary.speaks_of_a_child(self.row, at, pictured=here):
                return None
        elif not (here or token.capital or token.tagged or not key) and ordinary.is_small(key):
            return None
        return "first_name" if here else "maybe"

    def _initial_follows(self, after: int, ids: set[int]) -> bool:
        """ "Rose H": the first letter of the surname tells that a child is meant."""
        if after >= len(self.row) or self.row[after].gap != " " or not self.row[after].capital:
            return False
        letter = self.row[after].key
        return len(letter) == 1 and any(
            name.startswith(letter) for pk in ids for name in self.index.surnamed.get(pk, ())
        )

    def _first_in_tag(
        self, at: int, taken: set[int], pictured: frozenset[int]
    ) -> Iterator[tuple[int, int, Kind, set[int]]]:
        """ "#welldoneamira": of children who are pictured, at either end; of all, after a cheer.
        "@amirak": with the first letter of the surname."""
        token = self.row[at]
        if not token.tagged or at in taken:
            return
        for child in pictured:
            for name in self.index.called.get(child, ()):
                if len(name) >= _SHORTEST_IN_TAG and (
                    token.key.endswith(name) or token.key.startswith(name)
                ):
                    yield at, at + 1, "first_name", {child}
                    return
        cheered = self.index.firsts.get(ordinary.cheered(token.key))
        if ids := cheered or self._shortened(token.key):
            yield at, at + 1, "maybe", ids
