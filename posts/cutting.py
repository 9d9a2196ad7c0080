"""Takes exactly the found words out of where they stand, at one press."""

from __future__ import annotations

import re

from django.db import transaction

from posts.actions import must_be_editable, touch
from posts.checks.cutting import cut, mark_of
from posts.errors import NotPossible
from posts.models import Picture, Post, Wording
from schools.models import User

_SPOT = re.compile(
    r"(title|words|own-(?P<own>\d{1,18})|alt-(?P<alt>\d{1,18}))\.(\d{1,6})\.(\d{1,6})"
)
_GONE = "Those words are no longer there. Here is the post as it is now."


@transaction.atomic
def take_out(*, post: Post, spots: list[str], was: str, by: User) -> str:
    """Cut each spot ("title.5.9", "own-12.0.4"); returns the words that went. All or nothing:
    `NotPossible` where other words stand there by now, or what is named is of another post."""
    must_be_editable(post, by=by)
    post.refresh_from_db(fields=["title", "text"])
    found = [match for spot in spots if (match := _SPOT.fullmatch(spot))]
    if not found or len(found) != len(spots):
        raise NotPossible(_GONE)
    gone = ""
    # From the end, so that no place moves before its turn.
    for match in sorted(found, key=lambda one: -int(one[4])):
        owner, field = _kept(post, match)
        text, start, end = getattr(owner, field), int(match[4]), int(match[5])
        if isinstance(owner, Wording):
            text = owner.words()
        gone = text[start:end]
        if mark_of(gone) != was:
            raise NotPossible(_GONE)
        setattr(owner, field, cut(text, start, end))
        owner.save(update_fields=[field])
    touch(post, by=by, what="taken_out", spots=len(found))
    return gone


def _kept(post: Post, match: re.Match[str]) -> tuple[Post | Wording | Picture, str]:
    found: Post | Wording | Picture | None = post
    field = "title" if match[1] == "title" else "text"
    if match["own"]:
        own = Wording.objects.filter(post=post, pk=match["own"])
        found = own.select_related("post").first()
    elif match["alt"]:
        found, field = Picture.objects.filter(post=post, pk=match["alt"]).first(), "alt_text"
    if found is None:
        raise NotPossible(_GONE)
    return found, field
