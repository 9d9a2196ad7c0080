"""The words grown-ups are asked with: versions, published once, never changed (R-107, R-145).

A version holds the text in English and whatever other languages the trust adds, each whole, in the
shape of the parents' agreement (`consents.wording`). What the pages say around the text ships in
English and belongs to each other language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents.agreements import may_edit
from consents.errors import NotAllowed
from consents.models import AdultWording
from consents.wording import ENGLISH, Document, Wording, fingerprint, word_problems
from schools.models import Trust, User

# The parts of the text in the order in which they are read, each with what it is about. None may
# be missing: an agreement names who asks, for what, what is done, and how to take it back.
PARTS: dict[str, str] = {
    "organisation": "Who asks",
    "purpose": "Why we ask",
    "done": "What we do with it",
    "withdraw": "You can change your mind",
}
STARTING = Path(__file__).with_suffix(".toml")
MOST_YEARS = 5
MEANWHILE = "Somebody else has published a version meanwhile. Look at that one first."


def in_force() -> AdultWording | None:
    """The version that grown-ups are asked with now."""
    return AdultWording.objects.first()


def on(day: date) -> AdultWording | None:
    """The version that was there on a day: what an answer of that day was given to."""
    return AdultWording.objects.filter(published_at__date__lte=day).first()


def proposed() -> dict[str, str]:
    """What the next version begins with: the last one, or the words that ship."""
    last = in_force()
    if last is not None:
        return {key: last.content[key] for key in PARTS}
    texts = _starting()["parts"]
    return {key: texts[key].format(trust=Trust.load().name) for key in PARTS}


@cache
def _starting() -> dict[str, Any]:
    with STARTING.open("rb") as file:
        return tomllib.load(file)


def every_word() -> dict[str, str]:
    """Key → English: all words and sentences that the pages and mails of grown-ups need."""
    return dict(_starting()["words"])


def document(version: AdultWording | None) -> Document:
    """A version in all its languages, English first. What the pages have learnt to say since it was
    published is said in English."""
    content = version.content if version else {}
    english = Wording(ENGLISH, "English", parts={key: content.get(key, "") for key in PARTS})
    every = [english, *(Wording(**each) for each in content.get("languages", []))]
    return Document(wordings=tuple(replace(w, words=every_word() | dict(w.words)) for w in every))


def languages(version: AdultWording | None) -> list[Wording]:
    """The languages that it has besides English, just as they were written."""
    content = version.content if version else {}
    return [Wording(**each) for each in content.get("languages", [])]


def parts(wording: Wording) -> list[tuple[str, str]]:
    """What each part is about, and its words."""
    return [(wording.say(f"part_{key}"), wording.parts.get(key, "")) for key in PARTS]


def is_unchanged(wording: AdultWording) -> bool:
    """Do the words still have the fingerprint they were published with?"""
    return wording.sha256 == fingerprint(wording.content)


@transaction.atomic
def publish(*, content: Mapping[str, str], years: int | None, by: User) -> AdultWording:
    """The next version: from now on whoever is asked reads it. Older answers keep theirs. Its other
    languages are those of the version before."""
    return _next(content, years, languages(in_force()), by)


def _next(
    content: Mapping[str, str], years: int | None, spoken: list[Wording], by: User
) -> AdultWording:
    if problems := may_edit(by):
        raise NotAllowed(problems[0])
    whole: dict[str, Any] = {key: content.get(key, "").strip() for key in PARTS}
    missing = [about for key, about in PARTS.items() if not whole[key]]
    if missing:
        raise NotAllowed(f"These words are missing: {', '.join(missing)}. Write them first.")
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise NotAllowed(f"A yes lasts from 1 to {MOST_YEARS} years, or until somebody leaves.")
    last = in_force()
    if lacks := [problem for wording in spoken for problem in _incomplete(wording)]:
        raise NotAllowed(lacks[0])
    if spoken:
        whole["languages"] = [_plain(wording) for wording in spoken]
    if last is not None and (last.content, last.years) == (whole, years):
        raise NotAllowed("Nothing is different from the version in force. Change it first.")
    made = AdultWording(
        number=last.number + 1 if last else 1,
        content=whole,
        sha256=fingerprint(whole),
        years=years,
        published_at=timezone.now(),
        published_by=by,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise NotAllowed(MEANWHILE) from error
    record("adult_wording.published", made, by=by, number=made.number)
    return made


@transaction.atomic
def put_language(*, wording: Wording, by: User) -> AdultWording:
    """The next version, which says the same in this language as well, or in other words than
    before."""
    before = languages(_must_be_there())
    kept = [wording if one.code == wording.code else one for one in before]
    others = kept if wording in kept else [*kept, wording]
    return _with(others, by)


@transaction.atomic
def leave_out(*, code: str, by: User) -> AdultWording:
    """The next version, without that language."""
    return _with([one for one in languages(_must_be_there()) if one.code != code], by)


def _must_be_there() -> AdultWording:
    last = in_force()
    if last is None:
        raise NotAllowed("Publish the words in English first.")
    return last


def _with(others: list[Wording], by: User) -> AdultWording:
    last = _must_be_there()
    return _next(proposed(), last.years, others, by)


def _incomplete(wording: Wording) -> list[str]:
    empty = [about for key, about in PARTS.items() if not wording.parts.get(key, "").strip()]
    said = [f"{wording.name}: “{about}” is empty." for about in empty]
    return [*said, *word_problems(wording, every_word())]


def _plain(wording: Wording) -> dict[str, Any]:
    """As JSON; what only the parents' agreement has is not named."""
    names = ("code", "name", "direction")
    texts = {key: dict(getattr(wording, key)) for key in ("parts", "places", "words")}
    return {name: getattr(wording, name) for name in names} | texts
