"""What looking for names costs, and how well it finds them."""

from __future__ import annotations

import gc
import itertools
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

from posts.words.grown import find_adults, index_of, without
from posts.words.letters import plain_text
from posts.words.names import NameIndex, Row, find, forget
from tests.posts.words import corpus

try:
    import ahocorasick
except ImportError:
    ahocorasick = None

LETTERS = 2_200
CHILDREN, MORE_CHILDREN = 20_000, 100_000
ROUNDS = 60
_LAST = " of us were very, very happy."
_PARTS = ("ba", "ko", "mi", "ra", "ne", "lo", "sa", "ti", "dan", "wel", "rin", "dor", "mac", "ley")


def names() -> Iterator[tuple[str, float, str]]:
    """`names_scan_ratio`: wall time of `posts.words.names.find` for a caption of 2,200 letters in
    which three pupils are named, against the ready index of 20,000 children, over the fastest bare
    scan of the same text: a compiled `re` of every first name, or pyahocorasick with every first
    and whole name where it is installed (it is no part of GoLive; without it the ratio flatters).
    `names_scan_growth`: our time
    with 100,000 children over that with 20,000. Medians of interleaved rounds.
    Before each round the last sentence is another, as while somebody types; the others have been
    read before. `names_cold_ratio`, `names_cold_growth`: the same when no sentence has.
    `names_recall`, `names_precision`: on the untouched half of the captions in
    `tests/posts/words/corpus`, children and grown-ups together; `…_low` is the lower end of the
    95 % interval, `names_labels` the number of names in it. `names_other_…`: on the captions by
    another hand.
    """
    text = _caption()
    few, many = _roster(CHILDREN), _roster(MORE_CHILDREN)
    small, large = NameIndex.build(few), NameIndex.build(many)
    ways: dict[str, Callable[[], Any]] = {
        "ours": _typing(text, small),
        "ours, more": _typing(text, large),
        "cold": _cold(text, small),
        "cold, more": _cold(text, large),
        "re": _compiled(few, text),
    }
    if (automaton := _automaton(few, text)) is not None:
        ways["pyahocorasick"] = automaton
    seconds = _best(ways)
    ours, more = seconds.pop("ours"), seconds.pop("ours, more")
    cold, cold_more = seconds.pop("cold"), seconds.pop("cold, more")
    yield "names_scan_ratio", ours / min(seconds.values()), "≤ 3"
    yield "names_scan_growth", more / ours, "≤ 1.5"
    yield "names_scan_ms", ours * 1_000, ""
    yield "names_cold_ratio", cold / min(seconds.values()), ""
    yield "names_cold_growth", cold_more / cold, "≤ 1.5"
    found = untouched(corpus.roster(), corpus.captions(tuning=False))
    yield "names_recall", found.recall, "≥ 0.99"
    yield "names_recall_low", corpus.wilson(found.found, found.there)[0], ""
    yield "names_precision", found.precision, "≥ 0.95"
    yield "names_precision_low", corpus.wilson(found.right, found.said)[0], ""
    yield "names_labels", float(found.there), ""
    other = untouched(corpus.other_roster(), corpus.other_captions())
    yield "names_other_recall", other.recall, "≥ 0.99"
    yield "names_other_precision", other.precision, "≥ 0.95"
    yield "names_other_labels", float(other.there), ""


def untouched(people: list[corpus.Person], captions: list[corpus.Caption]) -> corpus.Score:
    """Everybody on the register, in captions that nobody tuned for. Counted only: what was missed
    is not told."""
    keys = {person.pk: person.key for person in people}
    index = NameIndex.build(person.row for person in people if person.who == "child")
    adults = index_of(frozenset((p.pk, f"{p.first} {p.last}") for p in people if p.who != "child"))
    every = []
    for caption in captions:
        label = caption.place == "file"
        grown = find_adults(caption.text, adults, is_label=label)
        young = find(caption.text, index, narrow_to=(), is_label=label)
        said = [
            (match.start, match.end, frozenset(keys[pk] for pk in match.child_ids))
            for match in (*without(young, grown), *grown)
        ]
        every.append((caption, said))
    found = corpus.score(every, of=frozenset(keys.values()))
    found.missed.clear()
    found.wrong.clear()
    return found


def _typing(text: str, index: NameIndex) -> Callable[[], Any]:
    rounds = itertools.count()
    begun = text[: -len(_LAST)]
    return lambda: find(f"{begun}{next(rounds)}{_LAST}"[:LETTERS], index, narrow_to=())


def _cold(text: str, index: NameIndex) -> Callable[[], Any]:
    def scan() -> Any:
        forget(index)
        return find(text, index, narrow_to=())

    return scan


def _caption() -> str:
    """Ordinary captions of the corpus that name nobody, and three names in their midst."""
    plain = [c.text for c in corpus.captions(tuning=True) if c.place == "caption" and not c.names]
    text = " ".join(plain)[: LETTERS - 80].rsplit(" ", 1)[0]
    half = text.index(". ", len(text) // 2) + 2
    named = "Well done Kwame Boateng and Zofia Wójcik! Thank you Aisha for your help. "
    return f"{text[:half]}{named}{text[half:]}".ljust(LETTERS, ".")


def _roster(number: int) -> list[Row]:
    """Children with the names of the corpus and invented ones, 6,000 surnames in all."""
    chance = random.Random(3)
    people = [person for person in corpus.roster() if person.who == "child"]
    firsts = [person.first for person in people] + [_invented(chance, 3) for _ in range(600)]
    lasts = [person.last for person in people] + [_invented(chance, 4) for _ in range(6_000)]
    made = [person.row for person in people]
    while len(made) < number:
        pk = 10_000 + len(made)
        made.append((pk, chance.choice(firsts), chance.choice(lasts), "", "", ""))
    return made


def _invented(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(_PARTS) for _ in range(chance.randint(2, most))).title()


def _compiled(rows: list[Row], text: str) -> Callable[[], Any]:
    each = sorted({plain_text(row[1]).lower() for row in rows}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, each))})\b")
    return lambda: pattern.findall(text.lower())


def _automaton(rows: list[Row], text: str) -> Callable[[], Any] | None:
    if ahocorasick is None:
        return None
    made = ahocorasick.Automaton()
    for row in rows:
        for name in (row[1], f"{row[1]} {row[2]}"):
            made.add_word(plain_text(name).lower(), name)
    made.make_automaton()
    return lambda: list(made.iter(text.lower()))


def _best(ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - begun)
    return {name: min(seconds) for name, seconds in taken.items()}
