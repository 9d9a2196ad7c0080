"""Sending what waits for parents: words and links are made as a mail leaves, and kept nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from consents import agreements, links, outbox
from consents.answering import Asked, Square, asked_of
from consents.endings import sentence, spoken
from consents.models import (
    Agreement,
    BadAddress,
    Child,
    ConsentDecision,
    Parent,
    ParentLink,
    ParentMail,
)
from consents.same_person import entries_of
from consents.wording import Wording
from policy.models import Platform
from schools.clock import day
from schools.models import Trust

AT_ONCE = 50  # mails in one go, so that a school's campaign never holds up another task for long
TIME = 45  # seconds for one go, however slow the mail server: below what a task may take
FOR_GOOD = 500  # what a mail server answers from here on it means

NO_LONGER = "This person may not decide for any pupil here any more."
NO_ADDRESS = "There is no e-mail address."
REFUSED = "The mail server refused this address."

_LISTS = {ParentMail.Kind.SUMMARY, ParentMail.Kind.LOOK}


def send_due(*, at: datetime | None = None) -> int:
    """Send what waits; returns how many left. What failed is tried again, then given up and shown;
    an address that is refused for good is remembered."""
    moment = at or timezone.now()
    links.forget_knocks(moment)
    agreement = agreements.in_force()
    if agreement is None:
        return 0
    waiting = ParentMail.objects.to_send(moment).select_related("parent", "school")
    until, left = monotonic() + TIME, 0
    for mail in waiting.order_by("pk")[: _at_once(moment)]:
        if monotonic() > until:
            break
        left += _send(mail, agreement, moment)
    return left


def _at_once(at: datetime) -> int:
    """How many may leave in this go: as many as the trust lets leave within an hour, less those
    that have."""
    most = Trust.load().mails_an_hour
    if most is None:
        return AT_ONCE
    lately = ParentMail.objects.filter(sent_at__gt=at - timedelta(hours=1)).count()
    return max(0, min(AT_ONCE, most - lately))


def bounces(parent: Parent) -> bool:
    """Is it known that mail to this parent comes back?"""
    return _bad(parent).exists()


def _bad(parent: Parent) -> QuerySet[BadAddress]:
    return BadAddress.objects.filter(email=parent.email.lower())


def comes_back(bad: BadAddress) -> str:
    """Why nothing leaves for this address: a mail server refused it, or a person said so."""
    if bad.noted_by is None:
        return REFUSED
    return f"It comes back, as {bad.noted_by.name} noted on {day(bad.noted_at)}."[:200]


def address_of(secret: str) -> str:
    """The whole address of a link."""
    return f"{settings.PUBLIC_URL}{reverse('parents:page', args=[secret])}"


def _send(mail: ParentMail, agreement: Agreement, at: datetime) -> bool:
    if not outbox.take(mail, at):
        return False
    made = outbox.written(
        mail, at, lambda: _why_not(mail) or _written(mail, asked_of(mail.parent, agreement))
    )
    return made is not None and _leave(mail, *made, at)


def _why_not(mail: ParentMail) -> str:
    """Why it is not to leave at all; empty where it is."""
    if not _may_still_decide(mail):
        return NO_LONGER
    if not mail.parent.email:
        return NO_ADDRESS
    bad = _bad(mail.parent).select_related("noted_by").first()
    return comes_back(bad) if bad else ""


def _may_still_decide(mail: ParentMail) -> bool:
    """For a pupil of ours; with a campaign's mail, for one of those it asks about. The list of
    their answers goes to whoever may still look at them."""
    if mail.kind in _LISTS:
        return links.may_open(mail.parent)
    mine = links.children_of(mail.parent)
    if mail.invitation_id is None:
        return bool(mine)
    asked = Child.objects.filter(invitations=mail.invitation_id, pk__in=[c.pk for c in mine])
    return asked.exists()


def _leave(mail: ParentMail, link: outbox.Link | None, message: EmailMessage, at: datetime) -> bool:
    error = outbox.stopped(message, link)
    if error is None:
        with transaction.atomic():
            outbox.left(mail)
            record("parent.mailed", mail, by=None, kind=mail.kind, parent=mail.parent_id)
        return True
    if isinstance(error, SMTPRecipientsRefused) and _is_for_good(error):
        _refused(mail, at)
    else:
        outbox.failed(mail, error, at)
    return False


def _is_for_good(error: SMTPRecipientsRefused) -> bool:
    codes = [code for code, _ in error.recipients.values()]
    return bool(codes) and min(codes) >= FOR_GOOD


def _written(mail: ParentMail, asked: Asked) -> outbox.Written:
    if mail.kind in _LISTS:
        read = asked.document.best(_read_in(mail.parent))
        # All their links were closed since they answered: whoever did that gives them another.
        may_open = ParentLink.objects.working().filter(parent=mail.parent).exists()
        may_open = may_open or mail.kind == ParentMail.Kind.LOOK
        link, secret = links.make(parent=mail.parent, by=None) if may_open else (None, "")
        body = f"{_whom(mail, read)}\n\n{_summary(asked, read, secret)}"
        return link, _message(mail, read.say("summary_subject"), body)
    english = asked.document.best("")
    link, secret = links.make(parent=mail.parent, by=None)
    reminder = mail.kind == ParentMail.Kind.REMINDER
    subject = english.say("mail_reminder" if reminder else "mail_subject")
    blocks = [_invitation(mail, wording, secret) for wording in asked.document.wordings]
    return link, _message(mail, subject, "\n\n".join(blocks))


def _invitation(mail: ParentMail, wording: Wording, secret: str) -> str:
    """The same in each language, one under the other."""
    school = wording.say("mail_text", school=mail.school.name)
    address = f"{address_of(secret)}?lang={wording.code}"
    opened = f"{wording.say('mail_open')}\n{address}"
    return "\n\n".join([_whom(mail, wording), school, opened, wording.say("mail_private")])


def _whom(mail: ParentMail, wording: Wording) -> str:
    """Whose link it is: two parents may read one mailbox."""
    return wording.say_newly("for_parent", parent=mail.parent.full_name)


def _read_in(parent: Parent) -> str:
    """The language in which they read the page when they answered last; English where they never
    answered on their page."""
    theirs = ConsentDecision.objects.filter(giver__in=entries_of(parent))
    said = theirs.exclude(language="").order_by("-recorded_at", "-pk")
    return said.values_list("language", flat=True).first() or ""


def _summary(asked: Asked, wording: Wording, secret: str) -> str:
    """Every question with what this parent said to it, and nothing that anybody else said. Its own
    link shows, changes or withdraws later (R-146): of the one they used only a hash is kept."""
    address = f"{address_of(secret)}?lang={wording.code}" if secret else ""
    how = [wording.say("summary_text"), "", address, "", wording.say("mail_private")]
    lines = how if secret else [wording.say("thanks"), wording.say("talk_text")]
    for child in asked.children:
        lines += ["", child.known_as]
        for platform in asked.platforms:
            for kind in asked.kinds(platform):
                square = (child.pk, platform.pk, kind)
                said = asked.answers.get(square, "no_answer")
                end = asked.until.get(square)
                word = wording.say("ends_on", day=spoken(end, wording)) if end else ""
                question = wording.ask(kind, platform.name)
                told = word or wording.say(said)
                lines.append(f"{question} {told}{_recorded(asked, square, wording)}")
    lines += _looked(asked, wording)
    ends = sentence(asked.document, wording)
    lines += ["", *filter(None, [ends]), wording.say("know_copies")]
    others = [w for w in asked.document.wordings if w.code != wording.code]
    if secret and others:
        lines += ["", *(f"{w.name}: {address_of(secret)}?lang={w.code}" for w in others)]
    return "\n".join(lines)


def _looked(asked: Asked, wording: Wording) -> list[str]:
    """What they said about children of whom nothing is asked any more, and the yeses that count
    although today's questions are others."""
    said_before = {**asked.looked, **dict.fromkeys(asked.before, "yes")}
    names = dict(Platform.objects.values_list("pk", "name")) if said_before else {}
    lines: list[str] = []
    for child in asked.everybody:
        mine = {square: said for square, said in said_before.items() if square[0] == child.pk}
        lines += ["", child.known_as] if mine else []
        for square, said in sorted(mine.items()):
            question = wording.ask(square[2], names[square[1]])
            lines.append(f"{question} {wording.say(said)}{_recorded(asked, square, wording)}")
    return lines


def _recorded(asked: Asked, square: Square, wording: Wording) -> str:
    """Beside an answer that they have not given us themselves."""
    said = square in asked.put_down and square in {*asked.answers, *asked.looked, *asked.before}
    return f" ({wording.say_newly('recorded')})" if said else ""


def _message(mail: ParentMail, subject: str, body: str) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{body}\n\n{mail.school.name}",
        to=[mail.parent.email],
        reply_to=[mail.school.office_email] if mail.school.office_email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def _refused(mail: ParentMail, at: datetime) -> None:
    bad, made = BadAddress.objects.get_or_create(
        email=mail.parent.email.lower(), defaults={"noted_at": timezone.now()}
    )
    if made:
        record("address.refused", bad, by=None, school_id=mail.school_id, parent=mail.parent_id)
    outbox.give_up(mail, REFUSED, at)
