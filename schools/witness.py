"""Carries the head of history out of the database, where whoever owns its tables cannot reach it:
into the log each day, and once a week into the mail of those who read the audit trail.

`manage.py verify_audit --head …` then shows whether the end of history was cut off since.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from audit.models import Seal
from schools.actions import beat, tell
from schools.models import Heartbeat, StaffRole, User
from schools.roles import Permission, roles_with

log = structlog.get_logger("golive.audit")
LOGGED, MAILED = "audit.head_logged", "audit.head_mailed"


def witness(*, at: datetime | None = None) -> int:
    """Note the head of history where it is time to; returns how many lines and mails that made.
    Asked more often than it speaks."""
    moment = at or timezone.now()
    head = Seal.objects.order_by("-position").first()
    if head is None:
        return 0
    made = 0
    if _is_time(LOGGED, timedelta(days=1), moment):
        log.info("audit.head", sealed=head.position, last_event=head.event_id, digest=head.digest)
        made += 1
    if _is_time(MAILED, timedelta(days=7), moment):
        subject = "Please keep: a receipt for what GoLive has written down"
        made += len(tell(_readers(), subject=subject, body=_body(head), path="/notices/"))
    return made


def _is_time(name: str, every: timedelta, at: datetime) -> bool:
    """Was the last time long enough ago? If so, this is the next."""
    last = Heartbeat.objects.filter(name=name).first()
    if last is not None and last.at > at - every:
        return False
    beat(name, at=at)
    return True


def _readers() -> list[User]:
    """Whoever may read the audit trail of the whole trust."""
    roles = StaffRole.objects.in_force().filter(
        school=None, role__in=roles_with(Permission.AUDIT_READ)
    )
    return list(User.objects.filter(pk__in=roles.values("user"), is_active=True))


def _body(head: Seal) -> str:
    """What it is for first; what only whoever runs GoLive needs stands at the end."""
    return (
        "There is nothing to do. Please keep this mail: it is a receipt.\n\n"
        "GoLive writes down everything that is done in it: who approved what, who withdrew what, "
        f"what was sent. By now these are {head.position:,} lines. Nobody should be able to change "
        "or remove one, not even whoever runs GoLive. With this receipt that can be checked.\n\n"
        "If you ever doubt it, give this mail to somebody who knows about computers and is not "
        "whoever runs GoLive. They check it with this line:\n"
        f"manage.py verify_audit --head {head.digest}"
    )
