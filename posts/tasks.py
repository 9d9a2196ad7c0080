"""Beat: look at photos that wait, and throw away files that belong to nothing."""

from celery import shared_task

from posts import processing, tidying


@shared_task(name="posts.process_pictures")
def process_pictures() -> int:
    """Look at waiting photos; returns how many were finished."""
    return processing.process_waiting()


@shared_task(name="posts.tidy_files")
def tidy_files() -> int:
    """Throw away photo files no row names; returns how many."""
    return tidying.throw_away_strays()
