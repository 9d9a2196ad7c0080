"""Asking grown-ups: their personal links, and what they answer there. `adult_mailing` sends them.

As parents' links (`consents.links`): long and random, kept as a hash, not used up by looking, and
wrong, expired and revoked are told alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents import adult_wording, adults, keys
from consents.actions import Said, append
from consents.asking import must_record
from consents.coverage import SOON
from consents.errors import NotAllowed
from consents.models import ADULT_KINDS, Adult, AdultLink, AdultMail, AdultWording, Answer, Way
from consents.reminding import next_reminder
from consents.states import Standing, adult_standings
from consents.wording import Wording
from policy.models import Platform
from schools.models import Trust, User

NO_WORDS = "No words for grown-ups are published yet. Whoever runs the trust publishes them first."
LEFT = "has left, so there is nothing to ask."

_WORDS = {Standing.YES: "yes", Standing.NO: "no", Standing.WITHDRAWN: "no"}

# (platform, kind): one question.
Question = tuple[int, str]


class Stands(NamedTuple):
    """How one question stands: "yes", "no" or open; and is a yes near its end, to be said again?"""

    word: str
    ends_soon: bool = False


@dataclass(frozen=True)
class Letter:
    """What is printed for somebody without mail: a link of their own, as a QR code too."""

    adult: Adult
    version: AdultWording
    wording: Wording
    address: str
    picture: str


@transaction.atomic
def ask(*, adult: Adult, by: User) -> AdultMail:
    """Mail them a link of their own. While they do not answer they are reminded, on the trust's
    days."""
    _must_ask(adult, by)
    if not adult.address:
        raise NotAllowed(f"{adult.name} has no e-mail address. Keep one, or print a letter.")
    # Two presses at once leave one mail to be reminded of: the later one.
    Adult.objects.select_for_update().get(pk=adult.pk)
    _remind_no_more(adult)
    now, days = timezone.now(), Trust.load().remind_after
    mail = AdultMail.objects.create(
        adult=adult,
        made_at=now,
        next_try_at=now,
        made_by=by,
        remind_after=days,
        next_reminder_at=next_reminder(now, days, 0),
    )
    record("adult.asked", adult, by=by, way="mail")
    return mail


@transaction.atomic
def letter(*, adult: Adult, by: User, language: str = "") -> Letter:
    """A link to hand over on paper, in one of the languages there are."""
    version = _must_ask(adult, by)
    wording = adult_wording.document(version).best(language)
    _, secret = make_link(adult, by)
    address = address_of(secret)
    record("adult.asked", adult, by=by, way="letter")
    picture = segno.make(f"{address}?lang={wording.code}", error="m")
    return Letter(adult, version, wording, address, picture.svg_data_uri(scale=4, light="white"))


@transaction.atomic
def revoke(*, adult: Adult, by: User) -> int:
    """Close all their links at once, and send none: neither mail that waits nor reminders. Returns
    how many were open."""
    must_record(by, adult.school_id)
    _remind_no_more(adult)
    _give_up(AdultMail.objects.filter(adult=adult), "Their links were closed before.")
    closed = AdultLink.objects.working().filter(adult=adult).update(revoked_at=timezone.now())
    if closed:
        record("adult.links_closed", adult, by=by, number=closed)
    return closed


def platforms() -> list[Platform]:
    """The platforms that grown-ups are asked about."""
    return list(Platform.objects.filter(is_asked=True, is_retired=False))


def found_by(secret: str) -> AdultLink | None:
    """The link with this secret, if it works."""
    found = AdultLink.objects.working().filter(sha256=keys.hashed(secret))
    return found.select_related("adult__school", "adult__user").order_by("pk").first()


def stands(adult: Adult, platforms: Collection[int]) -> dict[Question, Stands]:
    """What they said to each question, as their page shows it. A yes that has ended is open again.
    One query."""
    soon = timezone.localdate() + SOON
    found = {}
    for (_, place, kind), cell in adult_standings([adult], platforms).items():
        until = cell.decision.until if cell.decision else None
        word = _WORDS.get(cell.standing, "")
        found[place, kind] = Stands(word, word == "yes" and until is not None and until < soon)
    return found


@transaction.atomic
def answer(
    *,
    link: AdultLink,
    answers: Mapping[Question, str],
    seen: AdultWording | None,
    language: str = "",
) -> int:
    """Write down what they pressed; returns how many answers are new. A no or a withdrawal is
    always taken; a yes only to the words of today, on a platform that is asked about, and from
    somebody who is here. `language`: in which they read it."""
    current, adult = adult_wording.in_force(), link.adult
    words = adult_wording.document(current).best(language)
    places = {p.pk: p for p in Platform.objects.filter(pk__in={place for place, _ in answers})}
    now = stands(adult, places)
    said = []
    for (place, kind), word in answers.items():
        if word not in {"yes", "no"} or kind not in ADULT_KINDS or place not in places:
            raise NotAllowed(words.say("questions_changed"))
        before = now[place, kind]
        if word != before.word or (word == "yes" and before.ends_soon):
            given = Answer.WITHDRAWN if (before.word, word) == ("yes", "no") else Answer(word)
            said.append(Said(places[place], kind, given))
    yeses = {one.platform for one in said if one.answer == Answer.YES}
    if yeses:
        if seen is None or seen != current or not yeses <= set(platforms()):
            raise NotAllowed(words.say("questions_changed"))
        if adult.has_left():
            raise NotAllowed(words.say("no_yes_after_leaving"))
    if said:
        append(said=said, way=Way.LINK, by=None, adult=adult, adult_wording=seen, language=language)
    return len(said)


@transaction.atomic
def withdraw_all(*, link: AdultLink, seen: AdultWording | None, language: str = "") -> int:
    """Every yes that stands is taken back, in one press, with the words that were read."""
    said = adults.standing_yeses(link.adult)
    if said:
        append(
            said=said,
            way=Way.LINK,
            by=None,
            adult=link.adult,
            adult_wording=seen,
            language=language,
        )
    return len(said)


def _remind_no_more(adult: Adult) -> None:
    """Neither on days to come, nor with a reminder that waits to leave."""
    mails = AdultMail.objects.filter(adult=adult)
    mails.update(next_reminder_at=None)
    _give_up(mails.exclude(reminds=None), "They were asked again, or not any more.")


def _give_up(mails: QuerySet[AdultMail], why: str) -> None:
    mails.filter(sent_at=None, given_up_at=None).update(given_up_at=timezone.now(), problem=why)


def _must_ask(adult: Adult, by: User) -> AdultWording:
    must_record(by, adult.school_id)
    wording = adult_wording.in_force()
    if wording is None:
        raise NotAllowed(NO_WORDS)
    if adult.has_left():
        raise NotAllowed(f"{adult.name} {LEFT}")
    return wording


def make_link(adult: Adult, by: User) -> tuple[AdultLink, str]:
    """A new link, and its secret."""
    secret, kept = keys.made()
    return AdultLink.objects.create(adult=adult, made_by=by, **kept), secret


def address_of(secret: str) -> str:
    """The whole address of a link."""
    return f"{settings.PUBLIC_URL}{reverse('parents:adult', args=[secret])}"
