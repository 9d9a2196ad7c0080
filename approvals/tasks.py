"""Beat: what nobody decided in time goes back to the Head."""

from celery import shared_task

from approvals import actions


@shared_task(name="approvals.expire")
def expire() -> int:
    """Expire submissions whose time has passed; returns how many."""
    return actions.expire_overdue()
