"""Beat: what nobody decided in time goes back; who comes to decide is told of what waits."""

from celery import shared_task

from approvals import actions, arriving


@shared_task(name="approvals.expire")
def expire() -> int:
    """Expire submissions whose time has passed; returns how many."""
    return actions.expire_overdue()


@shared_task(name="approvals.tell_newcomers")
def tell_newcomers() -> int:
    """Tell new approvers of posts that wait; returns how many were told."""
    return arriving.tell_newcomers()
