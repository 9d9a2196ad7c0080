"""Sending what is in the outbox, by whatever mail server the settings name."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from schools.models import Notice
from schools.people import way_in

log = structlog.get_logger()
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
AT_ONCE = 200


def send_due(*, at: datetime | None = None) -> int:
    """Send what waits; return how many left. A failed mail is tried again, then given up and
    shown; it never touches what it speaks of."""
    moment = at or timezone.now()
    waiting = Notice.objects.to_send(moment).select_related("user").order_by("pk")[:AT_ONCE]
    return sum(_send(notice, moment) for notice in waiting)


def _send(notice: Notice, at: datetime) -> bool:
    # Claimed first: two workers never send the same mail; a crash costs one mail, not a post.
    taken = Notice.objects.filter(
        pk=notice.pk, sent_at=None, given_up_at=None, next_try_at__lte=at
    ).update(next_try_at=at + PAUSES[min(notice.tries, len(PAUSES) - 1)], tries=notice.tries + 1)
    if not taken:
        return False
    try:
        _message(notice).send()
    except (OSError, SMTPException, ValueError) as error:
        # ValueError: an address or header that no mail can carry. The others still leave.
        _failed(notice, type(error).__name__, at)
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), problem="")
    return True


def _message(notice: Notice) -> EmailMessage:
    path = way_in(notice.user) if notice.invites else notice.path
    link = f"\n\nOpen it: {settings.PUBLIC_URL}{path}" if path else ""
    return EmailMessage(
        subject=notice.subject,
        body=f"{notice.body}{link}\n\nGoLive",
        to=[notice.user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _failed(notice: Notice, what: str, at: datetime) -> None:
    log.warning("mail.failed", notice=notice.pk, error=what)
    fields: dict[str, object] = {"problem": f"The mail server did not take it ({what})."}
    if notice.tries + 1 >= len(PAUSES) + 1:
        fields["given_up_at"] = at
    Notice.objects.filter(pk=notice.pk).update(**fields)
