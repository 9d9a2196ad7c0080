"""The words grown-ups are asked with: versions, published once, never changed (R-107, R-145)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents.agreements import may_edit
from consents.errors import NotAllowed
from consents.models import AdultWording
from consents.wording import fingerprint
from schools.models import Trust, User

# The parts of the text in the order in which they are read, each with what it is about. None may
# be missing: an agreement names who asks, for what, what is done, and how to take it back.
PARTS: dict[str, str] = {
    "organisation": "Who asks",
    "purpose": "Why we ask",
    "done": "What we do with it",
    "withdraw": "You can change your mind",
}
MOST_YEARS = 5
MEANWHILE = "Somebody else has published a version meanwhile. Look at that one first."
_STARTING = {
    "organisation": "{trust} asks you. The school’s office keeps your answers.",
    "purpose": "We share news of school life on our website and on social media, and would like "
    "to show or name you there.",
    "done": "Only what you say yes to is used, and only on the platforms you choose. A video "
    "covers your voice in it. Your name is a question of its own: a yes to photos is none to "
    "your name. "
    "Copies that others have made cannot be called back.",
    "withdraw": "You can say no, or change your mind at any time with the same link or by telling "
    "the office. It counts at once, and what is live is taken down. It has no effect on your work "
    "or your visit.",
}


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
        return dict(last.content)
    return {key: text.format(trust=Trust.load().name) for key, text in _STARTING.items()}


def parts(wording: AdultWording) -> list[tuple[str, str]]:
    """What each part is about, and its words."""
    return [(about, wording.content[key]) for key, about in PARTS.items()]


def is_unchanged(wording: AdultWording) -> bool:
    """Do the words still have the fingerprint they were published with?"""
    return wording.sha256 == fingerprint(wording.content)


@transaction.atomic
def publish(*, content: Mapping[str, str], years: int | None, by: User) -> AdultWording:
    """The next version: from now on whoever is asked reads it. Older answers keep theirs."""
    if problems := may_edit(by):
        raise NotAllowed(problems[0])
    whole = {key: content.get(key, "").strip() for key in PARTS}
    missing = [about for key, about in PARTS.items() if not whole[key]]
    if missing:
        raise NotAllowed(f"These words are missing: {', '.join(missing)}. Write them first.")
    if years is not None and not 1 <= years <= MOST_YEARS:
        raise NotAllowed(f"A yes lasts from 1 to {MOST_YEARS} years, or until somebody leaves.")
    last = in_force()
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
