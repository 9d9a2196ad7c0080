"""What mails to parents and to grown-ups have in common: one worker takes each, whatever goes wrong
is that mail's alone, and a link that did not leave is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from consents.models import AdultLink, AdultMail, ParentLink, ParentMail
from schools.mail import PAUSES

log = structlog.get_logger()
NOT_TAKEN = "The mail server did not take it"
NOT_WRITTEN = "GoLive could not write it"

Mail = ParentMail | AdultMail
Link = ParentLink | AdultLink
Written = tuple[Link | None, EmailMessage]


def take(mail: Mail, at: datetime) -> bool:
    """Claimed before anything else: two workers never send the same mail."""
    mine = type(mail).objects.filter(pk=mail.pk, sent_at=None, given_up_at=None)
    pause = PAUSES[min(mail.tries, len(PAUSES) - 1)]
    return bool(
        mine.filter(next_try_at__lte=at, tries=mail.tries).update(
            next_try_at=at + pause, tries=mail.tries + 1
        )
    )


def written(mail: Mail, at: datetime, write: Callable[[], Written | str]) -> Written | None:
    """The mail with its link; nothing where it could not be written, or is not to leave at all, as
    `write` then says in words."""
    try:
        with transaction.atomic():
            made = write()
    except Exception as error:  # whatever it is, one mail never holds up the others
        log.exception("outbox.not_written", mail=str(mail))
        failed(mail, error, at, NOT_WRITTEN)
        return None
    if isinstance(made, str):
        give_up(mail, made, at)
        return None
    return made


def stopped(message: EmailMessage, link: Link | None) -> Exception | None:
    """Send it, and say what stopped it. Its link is then nobody's: the next try makes another."""
    try:
        message.send()
    except Exception as error:  # whatever it is, one mail never holds up the others
        if not isinstance(error, OSError | SMTPException | ValueError):
            log.exception("outbox.broke")
        if link is not None:
            link.delete()
        return error
    return None


def left(mail: Mail) -> None:
    """It is on its way."""
    type(mail).objects.filter(pk=mail.pk).update(sent_at=timezone.now(), problem="")


def failed(mail: Mail, error: Exception, at: datetime, said: str = NOT_TAKEN) -> None:
    """It is tried again, and after the last try given up."""
    what = type(error).__name__
    log.warning("outbox.failed", mail=str(mail), error=what)
    problem = f"{said} ({what})."
    if mail.tries + 1 > len(PAUSES):
        give_up(mail, problem, at)
    else:
        type(mail).objects.filter(pk=mail.pk).update(problem=problem)


def give_up(mail: Mail, problem: str, at: datetime) -> None:
    """It is never tried again, and its page says why."""
    type(mail).objects.filter(pk=mail.pk).update(given_up_at=at, problem=problem)
