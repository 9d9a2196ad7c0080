"""Beat: no clock ends unheard."""

from celery import shared_task

from cases import reminding


@shared_task(name="cases.remind")
def remind() -> int:
    """Tell people of clocks that end or have ended; returns of how many cases."""
    return reminding.remind()
