"""Beat: empty the outbox, and carry the head of history out."""

from celery import shared_task

from schools import mail
from schools import witness as history


@shared_task(name="schools.send_notices")
def send_notices() -> int:
    """Send waiting notices by mail; returns how many left."""
    return mail.send_due()


@shared_task(name="schools.witness")
def witness() -> int:
    """Note the head of history where it is time to; returns to how many places it went."""
    return history.witness()
