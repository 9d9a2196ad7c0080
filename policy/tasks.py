"""Beat: the next version takes effect at midnight, reviews are not forgotten, and people are
reminded of what the policy asks of them."""

from celery import shared_task

from policy import life, reminding


@shared_task(name="policy.activate_due")
def activate_due() -> int:
    """Put into force what takes effect today; returns how many."""
    return life.activate_due()


@shared_task(name="policy.remind_of_review")
def remind_of_review() -> int:
    """Tell the owner of a review that comes or is overdue; returns how many."""
    return life.remind_of_review()


@shared_task(name="policy.remind_people")
def remind_people() -> int:
    """Remind whoever lacks something, once a week each; returns how many were told."""
    return reminding.remind_due()
