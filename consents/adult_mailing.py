"""The mails that ask grown-ups, and remind them. As `consents.mailing` does for parents: words and
links are made as a mail leaves, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from consents import adult_wording, asking_adults, outbox
from consents.models import Adult, AdultMail, ConsentDecision, Way
from consents.reminding import next_reminder
from consents.wording import Wording

AT_ONCE = 25
BATCH = 200
NOTHING_TO_ASK = "There is nothing to ask any more, or no address."
ANSWERED = "They have answered meanwhile."


def remind_due(*, at: datetime | None = None) -> int:
    """Queue reminders whose day has come, on the days that were the trust's when they were asked;
    whoever has answered, left, or was never reached gets none. Returns how many."""
    moment = at or timezone.now()
    due = AdultMail.objects.filter(next_reminder_at__lte=moment)
    rows = due.select_related("adult__school", "adult__user", "made_by").order_by("pk")
    return sum(_remind(asked, moment) for asked in rows[:BATCH])


def _remind(asked: AdultMail, at: datetime) -> bool:
    settled = asked.sent_at is None or asked.adult.has_left() or _has_answered(asked)
    done = asked.reminders.count() + 1
    then = None if settled else next_reminder(asked.made_at, asked.remind_after, done, at)
    with transaction.atomic():
        mine = AdultMail.objects.filter(pk=asked.pk, next_reminder_at=asked.next_reminder_at)
        if not mine.update(next_reminder_at=then) or settled:
            return False
        now = timezone.now()
        AdultMail.objects.create(
            adult=asked.adult, reminds=asked, made_at=now, next_try_at=now, made_by=asked.made_by
        )
        record("adult.reminded", asked.adult, by=None)
    return True


def _has_answered(asked: AdultMail) -> bool:
    """With their link, or as the office wrote it down; what a file says is no answer to us."""
    said = ConsentDecision.objects.filter(adult=asked.adult, recorded_at__gte=asked.made_at)
    return said.exclude(way=Way.IMPORT).exists()


def send_due(*, at: datetime | None = None) -> int:
    """Send what waits; returns how many left. One that goes wrong holds up no other."""
    moment = at or timezone.now()
    waiting = AdultMail.objects.filter(sent_at=None, given_up_at=None, next_try_at__lte=moment)
    rows = waiting.select_related("adult__school", "adult__user", "made_by", "reminds")
    return sum(_send(mail, moment) for mail in rows.order_by("pk")[:AT_ONCE])


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
    adult, version = mail.adult, adult_wording.in_force()
    if version is None or adult.has_left() or not adult.address:
        return NOTHING_TO_ASK
    if mail.reminds is not None and _has_answered(mail.reminds):
        return ANSWERED
    link, secret = asking_adults.make_link(adult, mail.made_by)
    wordings = adult_wording.document(version).wordings
    return link, _message(adult, secret, wordings, is_reminder=mail.reminds is not None)


def _message(
    adult: Adult, secret: str, wordings: Sequence[Wording], *, is_reminder: bool
) -> EmailMessage:
    """The same in each language, one under the other, each with the way to its own page."""
    school = adult.school
    text = "mail_text_reminder" if is_reminder else "mail_text"
    address = asking_adults.address_of(secret)
    blocks = [
        f"{wording.say(text, school=school.name)}\n\n"
        f"{wording.say('mail_open')}\n{address}?lang={wording.code}\n\n"
        f"{wording.say('mail_private')}"
        for wording in wordings
    ]
    subject = wordings[0].say("mail_reminder" if is_reminder else "mail_subject")
    return EmailMessage(
        subject=f"{school.short_name}: {subject}",
        body="\n\n".join([*blocks, school.name]),
        to=[adult.address],
        reply_to=[school.office_email] if school.office_email else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
