"""Faces, people and writing of one photo: numbered once, for the picture and the list beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase

from posts.checks import Person, Verdict
from posts.checks.overlooked import Counted, counted
from posts.marks import ACROSS
from posts.models import Appearance, Found, Look, Picture
from posts.seeing.boxes import Box
from posts.seeing.found import SURE

NONE = "0"  # no face: somebody who is seen from behind
_WORD = 2  # letters and digits
_MAY_HAVE_A_FACE = frozenset({Appearance.Kind.CHILD, Appearance.Kind.ADULT})


@dataclass(frozen=True)
class Entry:
    """A line of the list: a face, or somebody of whom no face was found. `tells`: their marks
    stand here, once for each person."""

    number: int
    face: Found | None
    appearance: Appearance | None
    person: Person | None
    is_current: bool
    tells: bool

    @property
    def is_open(self) -> bool:
        """Has nobody said whose face it is?"""
        return self.face is not None and self.face.is_open

    @property
    def known(self) -> bool:
        """Is it said who exactly this is?"""
        return self.appearance is not None and self.appearance.kind in _MAY_HAVE_A_FACE

    @property
    def may_be_none(self) -> bool:
        """Is the machine itself not sure that it is a face?"""
        return self.face is not None and self.face.sure < SURE


@dataclass(frozen=True)
class Script:
    """A line of writing with its letter."""

    letter: str
    found: Found
    view: str  # the part of a photo `ACROSS` wide that shows it, as an SVG's viewBox

    @property
    def says(self) -> str:
        """What it seems to say, if that is more than a stray mark."""
        return legible(self.found)


@dataclass(frozen=True)
class Place:
    """A box as the overlay draws it, in units of a photo `ACROSS` wide."""

    label: str
    name: str
    kind: str
    anchor: str
    left: int
    top: int
    width: int
    height: int


@dataclass
class Places:
    """Everything that was found in a photo and everybody who is said to be in it."""

    picture: Picture
    state: str
    count: Counted
    entries: list[Entry]
    asking: list[Script]
    other: list[Script]
    current: Entry | None = None
    drawn: list[Place] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Was it looked at?"""
        return self.state == Look.State.DONE

    @property
    def has_failed(self) -> bool:
        """Could it not be looked at?"""
        return self.state in {"", Look.State.FAILED}

    @property
    def twice(self) -> list[str]:
        """Who is said to have several faces: a mirror, a screen, or a slip."""
        names = [e.person.label for e in self.entries if e.face and e.person and e.known]
        return sorted({name for name in names if names.count(name) > 1})

    @property
    def unread_open(self) -> list[Found]:
        """What could not be read and nobody has looked at: often a pattern, so one press may do."""
        return [
            s.found for s in self.asking if s.found.is_open and s.found.hint == Found.Hint.UNREAD
        ]

    @property
    def faceless(self) -> list[Entry]:
        """People in the list of whom no face is known: one of the open faces may be theirs."""
        return [
            e
            for e in self.entries
            if e.face is None and e.appearance and e.appearance.kind in _MAY_HAVE_A_FACE
        ]


def places(verdict: Verdict, picture: Picture, listed: list[Appearance], chosen: str) -> Places:
    """`chosen`: the number of the face that is asked about, `NONE`, or empty for the first one
    that is open."""
    found = verdict.case.whole.found_in(picture)
    faces = [one for one in found if one.is_face]
    current = _current(faces, chosen)
    entries = list(_entries(verdict, faces, listed, current))
    tall = round(ACROSS * (picture.height or 1) / (picture.width or 1))
    scripts = [
        Script(letter(n), one, _view(one, tall))
        for n, one in enumerate(one for one in found if not one.is_face)
    ]
    made = Places(
        picture=picture,
        state=verdict.case.whole.look_state(picture),
        count=counted(found),
        entries=entries,
        asking=[s for s in scripts if s.found.hint],
        other=[s for s in scripts if not s.found.hint],
        current=next((e for e in entries if e.is_current), None),
    )
    made.drawn = list(_drawn(made, tall))
    return made


def _current(faces: list[Found], chosen: str) -> int | None:
    if chosen == NONE:
        return None
    wanted = [face.pk for face in faces if str(face.pk) == chosen]
    still = [face.pk for face in faces if face.is_open]
    return next(iter(wanted or still), None)


def _entries(
    verdict: Verdict, faces: list[Found], listed: list[Appearance], current: int | None
) -> Iterator[Entry]:
    known = {(p.kind, p.child_id or p.adult_id): p for p in verdict.people()}
    by_key = {a.pk: a for a in listed}
    told: set[int] = set()
    number = 0
    for number, face in enumerate(faces, 1):
        appearance = by_key.get(face.appearance_id or 0)
        yield Entry(
            number,
            face,
            appearance,
            _person(known, appearance),
            face.pk == current,
            appearance is not None and appearance.pk not in told,
        )
        told |= {appearance.pk} if appearance else set()
    for appearance in (a for a in listed if a.pk not in told):
        number += 1
        yield Entry(number, None, appearance, _person(known, appearance), False, True)


def _person(
    known: dict[tuple[str, int | None], Person], appearance: Appearance | None
) -> Person | None:
    if appearance is None:
        return None
    return known.get((appearance.kind, appearance.child_id or appearance.adult_id))


def _drawn(made: Places, tall: int) -> Iterator[Place]:
    for entry in made.entries:
        anchor = f"?face={entry.face.pk}#q" if entry.face else "#s-people"
        if entry.face is not None:
            kind = "open" if entry.is_current else "" if entry.is_open else "done"
            name = f"Face {entry.number}, {_settled(entry)}"
            yield _place(_box(entry.face), tall, str(entry.number), name, kind, anchor)
        elif entry.appearance and entry.appearance.left is not None:
            name = f"{entry.number}, {_settled(entry)}, marked by hand"
            yield _place(entry.appearance.box, tall, str(entry.number), name, "drawn", anchor)
    for script in made.asking:
        kind = "writing" if script.found.is_open else "writing done"
        where = f"#w{script.found.pk}"
        name = f"Writing {script.letter}"
        yield _place(_box(script.found), tall, script.letter, name, kind, where)


def _settled(entry: Entry) -> str:
    if entry.person:
        return entry.person.label
    return "no face" if entry.face and entry.face.is_nobody else "not settled"


def _place(box: Box, tall: int, label: str, name: str, kind: str, anchor: str) -> Place:
    left, top, width, height = _scaled(box, tall)
    return Place(label, name, kind, anchor, left, top, width, height)


def _box(found: Found) -> Box:
    return Box(found.left, found.top, found.width, found.height)


def _scaled(box: Box, tall: int) -> tuple[int, int, int, int]:
    return (
        round(box.left * ACROSS),
        round(box.top * tall),
        round(box.width * ACROSS),
        round(box.height * tall),
    )


def _view(found: Found, tall: int) -> str:
    """The line with some of what stands around it, inside of the photo."""
    left, top, width, height = _scaled(_box(found), tall)
    edge = max(height, 12)
    x, y = max(left - edge, 0), max(top - edge, 0)
    return " ".join(
        map(str, (x, y, min(width + 2 * edge, ACROSS - x), min(height + 2 * edge, tall - y)))
    )


def legible(found: Found) -> str:
    """What a line seems to say; empty where that is no more than a stray mark."""
    return found.text if sum(one.isalnum() for one in found.text) >= _WORD else ""


def letter(number: int) -> str:
    """Of a line of writing: A to Z, then AA."""
    first, second = divmod(number, len(ascii_uppercase))
    return (ascii_uppercase[first - 1] if first else "") + ascii_uppercase[second]
