"""An agreement as a document: what is asked, for what, in which words of which language.

A value, not a row. What must not be missing are named parts of it, so that whether a version may be
published is looked up and never guessed from its words.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Self

STARTING = Path(__file__).parent / "agreement.toml"
ENGLISH = "en"

# The parts of the text, in the order in which they are read, with what each is about.
PARTS: dict[str, str] = {
    "organisation": "Who asks",
    "purpose": "Why we ask",
    "done": "What we do with pictures",
    "withdraw": "You can change your mind",
    "copies": "What cannot be undone",
    "fair": "If you say no",
    "child": "Your child’s own say",
    "ends": "How long an answer counts",
    "rights": "Who keeps the answers, and your rights",
}
# Without these nothing is published.
REQUIRED = ("organisation", "purpose", "done", "withdraw", "ends")
# The same agreement told twice more.
FORMS: dict[str, str] = {"easy": "Easy-read", "young": "For children"}

# The shipped names that need an article inside an English sentence.
_WITHIN = {
    "News page": "the news page",
    "School website": "the school website",
    "WhatsApp channel": "the WhatsApp channel",
}
_MARK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Wording:
    """The agreement in one language. `direction` is "ltr" or "rtl"."""

    code: str
    name: str
    direction: str = "ltr"
    parts: Mapping[str, str] = field(default_factory=dict)
    easy: str = ""
    young: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    purposes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **given: object) -> str:
        """A word or sentence of the parents' pages, with what stands in {braces} put in."""
        return _filled(self.words.get(key, ""), given)

    def ask(self, kind: str, place: str) -> str:
        """The question about a kind at a place, called by its platform's name."""
        return self.say(f"q_{kind}", place=self.within(place))

    def within(self, place: str) -> str:
        """A platform's name as English says it inside a sentence. Other languages keep the name,
        and so does a name that a trust gave."""
        return _WITHIN.get(place, place) if self.code == ENGLISH else place

    def say_newly(self, key: str, **given: object) -> str:
        """The same for what the pages have learnt to say since versions were published: in English
        where this wording does not know it, since nothing at all would tell a parent less."""
        return _filled(self.words.get(key) or every_word()[key], given)


def _filled(text: str, given: Mapping[str, object]) -> str:
    return _MARK.sub(lambda mark: str(given.get(mark[1], mark[0])), text)


class Rule(StrEnum):
    """Until when a yes counts. Whatever the rule, it ends when the child leaves."""

    LEAVING = "leaving"
    YEARS = "years"
    STAGE = "stage"
    DAY = "day"


@dataclass(frozen=True)
class Ends:
    """How long a yes lasts (R-149). `years` and `day` (ISO) belong to the rules that name them;
    `weeks` before its end the parents are asked again."""

    rule: str = Rule.LEAVING.value
    years: int = 1
    day: str = ""
    weeks: int = 6


@dataclass(frozen=True)
class Document:
    """A whole version: what is asked and every wording of it."""

    title: str = ""
    privacy_notice: str = ""
    purposes: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    wordings: tuple[Wording, ...] = ()
    ends: Ends = Ends()

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        """From the JSON of a row; an empty one is an empty document."""
        plain = dict(content)
        wordings = tuple(Wording(**each) for each in plain.pop("wordings", []))
        purposes = tuple(plain.pop("purposes", []))
        asks = tuple((platform, kind) for platform, kind in plain.pop("asks", []))
        ends = Ends(**plain.pop("ends", {}))
        return cls(wordings=wordings, purposes=purposes, asks=asks, ends=ends, **plain)

    def content(self) -> dict[str, Any]:
        """As JSON, the same for the same document. Versions from before there were rules name none
        and mean the usual one, so the usual one is not named: their fingerprints stay true."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        if self.ends == Ends():
            del plain["ends"]
        return plain

    def wording(self, code: str) -> Wording | None:
        """In that language, if there is one."""
        return next((w for w in self.wordings if w.code == code), None)

    def best(self, code: str) -> Wording:
        """In that language, else in English, else in the first there is."""
        found = self.wording(code) or self.wording(ENGLISH)
        return found or next(iter(self.wordings), Wording(ENGLISH, "English"))

    def places(self) -> list[str]:
        """The platforms that are asked about, by key."""
        return list(dict.fromkeys(platform for platform, _ in self.asks))


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the content, however its keys are ordered."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def starting() -> dict[str, Any]:
    """The version that ships, in our own words."""
    with STARTING.open("rb") as file:
        return tomllib.load(file)


def every_word() -> dict[str, str]:
    """Key → English: all words and sentences that the parents' pages and mails need."""
    return dict(starting()["words"])


def word_problems(wording: Wording, every: Mapping[str, str] | None = None) -> Iterator[str]:
    """What is missing or misplaced among the words of the pages: the parents', or `every`."""
    every = every_word() if every is None else every
    missing = [key for key in every if not wording.words.get(key, "").strip()]
    if missing:
        said = (
            "1 sentence of the pages has" if len(missing) == 1 else f"{len(missing)} sentences have"
        )
        first = every[missing[0]]
        yield f"{wording.name}: {said} no words yet, the first for “{first}”."
    for key, english in every.items():
        said = wording.words.get(key, "")
        theirs, ours = set(_MARK.findall(said)), set(_MARK.findall(english))
        if strange := theirs - ours:
            yield f"{wording.name}: “{english}” has no place for {_marks(strange)}."
        if said.strip() and (lost := ours - theirs):
            yield f"{wording.name}: “{said}” needs {_marks(lost)} in it, as “{english}” has."


def _marks(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
