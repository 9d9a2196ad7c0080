"""Asking grown-ups: their personal links, the mails that carry them, and what they answer there.

As parents' links (`consents.links`): long and random, kept as a hash, not used up by looking, and
wrong, expired and revoked are told alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import segno
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents import adult_wording, adults, keys, outbox
from consents.actions import Said, append
from consents.asking import must_record
from consents.coverage import SOON
from consents.errors import NotAllowed
from consents.models import ADULT_KINDS, Adult, AdultLink, AdultMail, AdultWording, Answer, Way
from consents.states import Standing, adult_standings
from policy.models import Platform
from schools.models import User

AT_ONCE = 25
NO_WORDS = "No words for grown-ups are published yet. Whoever runs the trust publishes them first."
NOTHING_TO_ASK = "There is nothing to ask any more, or no address."
LEFT = "has left, so there is nothing to ask."
CHANGED = "The questions have changed since you opened this page. Please read them again."

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
    wording: AdultWording
    address: str
    picture: str


@transaction.atomic
def ask(*, adult: Adult, by: User) -> AdultMail:
    """Mail them a link of their own."""
    _must_ask(adult, by)
    if not adult.address:
        raise NotAllowed(f"{adult.name} has no e-mail address. Keep one, or print a letter.")
    mail = AdultMail.objects.create(
        adult=adult, made_at=timezone.now(), next_try_at=timezone.now(), made_by=by
    )
    record("adult.asked", adult, by=by, way="mail")
    return mail


@transaction.atomic
def letter(*, adult: Adult, by: User) -> Letter:
    """A link to hand over on paper."""
    wording = _must_ask(adult, by)
    _, secret = _make(adult, by)
    address = _address(secret)
    record("adult.asked", adult, by=by, way="letter")
    return Letter(
        adult, wording, address, segno.make(address, error="m").svg_data_uri(scale=4, light="white")
    )


@transaction.atomic
def revoke(*, adult: Adult, by: User) -> int:
    """Close all their links at once; returns how many."""
    must_record(by, adult.school_id)
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
def answer(*, link: AdultLink, answers: Mapping[Question, str], seen: AdultWording | None) -> int:
    """Write down what they pressed; returns how many answers are new. A no or a withdrawal is
    always taken; a yes only to the words of today, on a platform that is asked about, and from
    somebody who is here."""
    current, adult = adult_wording.in_force(), link.adult
    places = {p.pk: p for p in Platform.objects.filter(pk__in={place for place, _ in answers})}
    now = stands(adult, places)
    said = []
    for (place, kind), word in answers.items():
        if word not in {"yes", "no"} or kind not in ADULT_KINDS or place not in places:
            raise NotAllowed(CHANGED)
        before = now[place, kind]
        if word != before.word or (word == "yes" and before.ends_soon):
            given = Answer.WITHDRAWN if (before.word, word) == ("yes", "no") else Answer(word)
            said.append(Said(places[place], kind, given))
    yeses = {one.platform for one in said if one.answer == Answer.YES}
    if yeses:
        if seen is None or seen != current or not yeses <= set(platforms()):
            raise NotAllowed(CHANGED)
        if adult.has_left():
            raise NotAllowed("You have left the school, so nothing new is asked of you.")
    if said:
        append(said=said, way=Way.LINK, by=None, adult=adult, adult_wording=seen)
    return len(said)


@transaction.atomic
def withdraw_all(*, link: AdultLink, seen: AdultWording | None) -> int:
    """Every yes that stands is taken back, in one press, with the words that were read."""
    said = adults.standing_yeses(link.adult)
    if said:
        append(said=said, way=Way.LINK, by=None, adult=link.adult, adult_wording=seen)
    return len(said)


def send_due(*, at: datetime | None = None) -> int:
    """Send what waits; returns how many left. One that goes wrong holds up no other."""
    moment = at or timezone.now()
    waiting = AdultMail.objects.filter(sent_at=None, given_up_at=None, next_try_at__lte=moment)
    rows = waiting.select_related("adult__school", "adult__user", "made_by").order_by("pk")
    return sum(_send(mail, moment) for mail in rows[:AT_ONCE])


def _send(mail: AdultMail, at: datetime) -> bool:
    if not outbox.take(mail, at):
        return False
    made = outbox.written(mail, at, lambda: _written(mail))
    if made is None:
        return False
    link, message = made
    wrong = outbox.stopped(message, link)
    if wrong is not None:
        outbox.failed(mail, wrong, at)
        return False
    with transaction.atomic():
        outbox.left(mail)
        record("adult.mailed", mail.adult, by=None, mail=mail.pk)
    return True


def _written(mail: AdultMail) -> outbox.Written | str:
    adult = mail.adult
    if adult_wording.in_force() is None or adult.has_left() or not adult.address:
        return NOTHING_TO_ASK
    link, secret = _make(adult, mail.made_by)
    return link, _message(adult, secret)


def _message(adult: Adult, secret: str) -> EmailMessage:
    school = adult.school
    body = (
        f"{school.name} would like to know whether it may show or name you in its news.\n\n"
        f"Open your page to say yes or no:\n{_address(secret)}\n\n"
        "You can change your answer with the same link at any time. It is yours alone: please do "
        f"not pass it on.\n\n{school.name}"
    )
    return EmailMessage(
        subject=f"{school.short_name}: may we show or name you?",
        body=body,
        to=[adult.address],
        reply_to=[school.office_email] if school.office_email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


def _must_ask(adult: Adult, by: User) -> AdultWording:
    must_record(by, adult.school_id)
    wording = adult_wording.in_force()
    if wording is None:
        raise NotAllowed(NO_WORDS)
    if adult.has_left():
        raise NotAllowed(f"{adult.name} {LEFT}")
    return wording


def _make(adult: Adult, by: User) -> tuple[AdultLink, str]:
    """A new link, and its secret."""
    secret, kept = keys.made()
    return AdultLink.objects.create(adult=adult, made_by=by, **kept), secret


def _address(secret: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('parents:adult', args=[secret])}"
