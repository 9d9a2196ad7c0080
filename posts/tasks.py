"""Beat: look at photos that wait and for what is in them, throw away files that belong to nothing,
chase what is still on somebody's phone."""

from celery import shared_task

from posts import processing, spotting, tidying
from posts.origins import deleting


@shared_task(name="posts.process_pictures")
def process_pictures() -> int:
    """Look at waiting photos; returns how many were finished."""
    return processing.process_waiting()


# Its first photo may take as long as starting and looking together, begun at the last moment.
@shared_task(name="posts.spot", soft_time_limit=200, time_limit=220)
def spot() -> int:
    """Look for faces and writing in photos that wait; returns in how many."""
    return spotting.spot_waiting()


@shared_task(name="posts.tidy_files")
def tidy_files() -> int:
    """Throw away photo files no row names; returns how many."""
    return tidying.throw_away_strays()


@shared_task(name="posts.chase_deletions")
def chase_deletions() -> int:
    """Remind owners of photos still on their phone, and tell the Heads; returns how many."""
    return deleting.chase()
