"""Where in a photo somebody is: an optional box, to see at a glance that nobody was missed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from posts.actions import must_be_editable, touch
from posts.errors import NotPossible
from posts.models import Appearance
from posts.seeing.boxes import Box
from schools.models import User

SIDES = ("left", "top", "width", "height")
_SMALLEST = 0.01
# The overlay is drawn on a canvas so many units wide; its height follows the photo.
ACROSS = 1000


def box_from(percent: Mapping[str, str]) -> Box:
    """From what a form sends: four numbers in percent of the photo. Raises `NotPossible`."""
    try:
        left, top, width, height = (float(percent.get(side, "")) / 100 for side in SIDES)
    except ValueError:
        raise NotPossible(
            "Give four numbers: from the left, from the top, width, height."
        ) from None
    inside = left >= 0 and top >= 0 and left + width <= 1.001 and top + height <= 1.001
    if not inside or width < _SMALLEST or height < _SMALLEST:
        raise NotPossible("The box must lie inside the photo.")
    return Box(left, top, min(width, 1 - left), min(height, 1 - top))


@transaction.atomic
def mark(*, appearance: Appearance, box: Box | None, by: User) -> None:
    """Say where this person is; None takes the mark away."""
    post = appearance.picture.post
    must_be_editable(post, by=by)
    for side in SIDES:
        setattr(appearance, side, getattr(box, side) if box else None)
    appearance.save(update_fields=list(SIDES))
    touch(post, by=by, what="person_marked", appearance=appearance.pk)
