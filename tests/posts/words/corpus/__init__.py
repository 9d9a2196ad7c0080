"""Captions whose names are marked, and how well names are found in them (see README.md)."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from posts.words.names import Row

HERE = Path(__file__).parent
_MARK = re.compile(r"\{([^{}|]*)\|([^{}]*)\}")
_PLACE = re.compile(r"(file|alt|title|link)\| ")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
OUTSIDE = frozenset({"*", "+"})


@dataclass(frozen=True)
class Person:
    """A line of the roster. `who`: child, staff, governor or volunteer."""

    pk: int
    key: str
    who: str
    first: str
    middle: str
    last: str
    known_as: str
    nicknames: str
    form: str

    @property
    def row(self) -> Row:
        """As the index takes it."""
        nicknames = self.nicknames.replace(";", ",")
        return self.pk, self.first, self.last, self.known_as, "", nicknames


@dataclass(frozen=True)
class Caption:
    """A text, what kind it is, and who is named where: (start, end, keys)."""

    text: str
    place: str
    names: tuple[tuple[int, int, frozenset[str]], ...]
    is_for_tuning: bool


@dataclass
class Score:
    """What was found of what there is. Lines hold what went wrong, for the tuning half alone."""

    there: int = 0
    found: int = 0
    said: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the names that were found."""
        return self.found / self.there

    @property
    def precision(self) -> float:
        """Share of what was said that is a name."""
        return self.right / self.said


def roster() -> list[Person]:
    """Everyone on the register."""
    return [Person(pk, **row) for pk, row in enumerate(_rows("roster.csv"), 1)]


def other_roster() -> list[Person]:
    """Everyone on the register of the texts by another hand, in the same crowd."""
    people = _rows("untouched_roster.csv")
    firsts = {row["first"] for row in people}
    crowd = [row for row in _rows("roster.csv") if row["key"].startswith("more")]
    people += [row for row in crowd if row["first"] not in firsts]
    return [Person(pk, **row) for pk, row in enumerate(people, 1)]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def captions(*, tuning: bool) -> list[Caption]:
    """One half of the texts."""
    lines = (HERE / "captions.txt").read_text(encoding="utf-8").splitlines()
    return [one for one in map(_caption, lines) if one.is_for_tuning == tuning]


def other_captions() -> list[Caption]:
    """The texts by another hand, none of them for tuning."""
    lines = (HERE / "untouched.txt").read_text(encoding="utf-8").splitlines()
    return [replace(_caption(line), is_for_tuning=False) for line in lines]


def _caption(line: str) -> Caption:
    tuning = hashlib.sha256(line.encode()).digest()[-1] % 2 == 0
    shown = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), line)
    place = "caption"
    if match := _PLACE.match(shown):
        place, shown = match[1], shown[match.end() :]
    return Caption(*_unmarked(shown, place), is_for_tuning=tuning)


def _unmarked(
    marked: str, place: str
) -> tuple[str, str, tuple[tuple[int, int, frozenset[str]], ...]]:
    text, names, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        names.append((len(text), len(text) + len(found[1]), frozenset(found[2].split())))
        text += found[1]
        at = found.end()
    return text + marked[at:], place, tuple(names)


Said = tuple[int, int, frozenset[str]]


def score(every: list[tuple[Caption, list[Said]]], *, of: frozenset[str]) -> Score:
    """`of`: the keys that count. A name is found where something said overlaps it and is of one of
    these people; what is said is right where it overlaps a name of one of these people."""
    total = Score()
    for caption, said in every:
        labels = [name for name in caption.names if name[2] & of]
        for label in labels:
            total.there += 1
            if any(_same(label, one) for one in said):
                total.found += 1
            else:
                total.missed.append(f"{caption.text[label[0] : label[1]]!r} in {caption.text!r}")
        for one in said:
            total.said += 1
            if any(_same(label, one) for label in labels):
                total.right += 1
            else:
                total.wrong.append(f"{caption.text[one[0] : one[1]]!r} in {caption.text!r}")
    return total


def _same(label: Said, said: Said) -> bool:
    return label[0] < said[1] and said[0] < label[1] and bool(label[2] & said[2])


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)
