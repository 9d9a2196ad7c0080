"""The same photo, or nearly, in another post: pointed out with where, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

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
    is not theirs to see is told of only where it may have gone out. Three queries, two if none."""
    numbers = {pk: n for n, pk in enumerate(post.pictures.values_list("pk", flat=True), 1)}
    here = Post.objects.filter(user.school_filter("school"))
    found = list(
        Alike.objects.filter(later__in=numbers, earlier__post__in=here)
        .select_related("earlier__post__school")
        .order_by("later__position", "later", "-earlier__post__moved_at", "-earlier")
    )
    if not found:
        return []
    visible = Post.objects.visible_to(user).filter(pk__in={a.earlier.post_id for a in found})
    opens = set(visible.values_list("pk", flat=True))
    return list(_told(found, numbers, opens))


def _told(found: list[Alike], numbers: dict[int, int], opens: set[int]) -> Iterator[Before]:
    for alike in found:
        post = alike.earlier.post
        if post.pk in opens or post.state in (State.APPROVED, State.CLOSED):
            number = numbers[alike.later_id]
            yield Before(number, alike.earlier, post, alike.is_same, post.pk in opens)
