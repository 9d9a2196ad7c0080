"""Whom posts are for (R-112): what an author can choose, and how many there are for each.

Never shown to the public and no part of what a Head approves. Asked only where the policy in force
names audiences.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from policy.rulebook import Rulebook
from posts.models import Post
from posts.models.posts import PostQuerySet

NOBODY = "Nobody in particular"
EARLIER = "As an earlier policy said"
# In an address: posts for whom no audience was chosen, or one that the policy no longer names.
NONE_CHOSEN, OF_EARLIER = "none", "earlier"


@dataclass(frozen=True)
class Counted:
    """How many posts are for one audience; `key` is what `of` takes."""

    key: str
    name: str
    number: int


def choices(book: Rulebook, post: Post) -> list[tuple[str, str]]:
    """What can be chosen, with what was; empty: the policy in force asks nobody."""
    named = [(each.key, each.name) for each in book.audiences]
    if not named:
        return []
    kept = post.audience not in {"", *(key for key, _ in named)}
    return [("", NOBODY), *named, *([(post.audience, EARLIER)] if kept else [])]


def called(book: Rulebook, post: Post) -> str:
    """The name of whom this post is for; empty: it says nobody, or the policy no longer asks."""
    return dict(choices(book, post)).get(post.audience, "") if post.audience else ""


def counted(posts: PostQuerySet, book: Rulebook) -> list[Counted]:
    """How many of these posts are for each audience of the policy, in its order, then those of
    earlier policies and those that say none. One query."""
    named = {each.key: each.name for each in book.audiences}
    rows = posts.order_by().values("audience").annotate(number=Count("pk"))
    found = dict(rows.values_list("audience", "number"))
    lines = [Counted(key, name, found.get(key, 0)) for key, name in named.items()]
    earlier = sum(number for key, number in found.items() if key and key not in named)
    if earlier:
        lines.append(Counted(OF_EARLIER, EARLIER, earlier))
    return [*lines, Counted(NONE_CHOSEN, NOBODY, found.get("", 0))]


def of(posts: PostQuerySet, key: str, book: Rulebook) -> PostQuerySet:
    """Those of these posts that `counted` counts under this key; all of them for an empty one."""
    if key == NONE_CHOSEN:
        return posts.filter(audience="")
    if key == OF_EARLIER:
        return posts.exclude(audience__in=["", *(each.key for each in book.audiences)])
    return posts.filter(audience=key) if key else posts
