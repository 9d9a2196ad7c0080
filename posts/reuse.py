"""The same photo, or nearly, in another post: pointed out with where, for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from posts.lifecycle import State
from posts.models import Alike, Picture, Post
from posts.photos.pattern import MOST_APART, apart
from schools.models import User


@dataclass(frozen=True)
class Before:
    """One earlier use. `opens`: may this person open that post?"""

    number: int
    picture: Picture
    post: Post
    is_same: bool
    opens: bool


def note(picture: Picture) -> None:
    """Remember which photos of other posts it is like; call when its pattern is known. Reads the
    patterns of all the trust's photos once."""
    others = Picture.objects.filter(state=Picture.State.READY).exclude(post=picture.post_id)
    same = Q(sha256=picture.sha256)
    asked = others.filter(same | ~Q(pattern="")) if picture.pattern else others.filter(same)
    found = [
        Alike(
            earlier_id=min(pk, picture.pk),
            later_id=max(pk, picture.pk),
            is_same=sha256 == picture.sha256,
        )
        for pk, sha256, pattern in asked.values_list("pk", "sha256", "pattern").iterator()
        if sha256 == picture.sha256 or apart(pattern, picture.pattern) <= MOST_APART
    ]
    Alike.objects.bulk_create(found, ignore_conflicts=True)


def used_before(post: Post, user: User) -> list[Before]:
    """Where each photo of this post was used before, within this person's schools (P8). A post that
    is not theirs to see is told of only where it may have gone out. One query."""
    here = Post.objects.filter(user.school_filter("school"))
    mine = Post.objects.visible_to(user).filter(pk=OuterRef("earlier__post"))
    place, key = OuterRef("later__position"), OuterRef("later")
    up_to = Picture.objects.filter(post=post).filter(
        Q(position__lt=place) | Q(position=place, pk__lte=key)
    )
    found = (
        Alike.objects.filter(later__post=post, earlier__post__in=here)
        .annotate(
            opens=Exists(mine),
            number=Subquery(up_to.order_by().values("post").annotate(n=Count("pk")).values("n")),
        )
        .filter(Q(opens=True) | Q(earlier__post__state__in=[State.APPROVED, State.CLOSED]))
        .select_related("earlier__post__school")
        .order_by("number", "-earlier__post__moved_at", "-earlier")
    )
    return [
        Before(a.number, a.earlier, a.earlier.post, a.is_same, a.opens) for a in found.iterator()
    ]
