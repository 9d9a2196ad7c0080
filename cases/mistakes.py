"""A mistake in a live post: down at once, then the record of the breach, with 72 hours (R-162)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from approvals.actions import stop
from approvals.models import Stop
from cases.actions import Raised, raise_case
from cases.kinds import Kind
from cases.models import Case
from consents.models import Adult, Child
from posts.models import Post
from posts.models.posts import PostQuerySet
from publishing import taking_down
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.moves import alone
from schools.errors import NotAllowed
from schools.models import User

D = DeliveryState
_WAS_OUT = (D.SENT, D.TAKING_DOWN, D.CANNOT_TAKE_DOWN)


def live_posts(user: User) -> PostQuerySet:
    """Posts of this person's schools that are out now, or should be gone and are not."""
    out = Delivery.objects.filter(post=OuterRef("pk"), state__in=_WAS_OUT)
    return Post.objects.stoppable_by(user).filter(Exists(out))


def reported(post: Post) -> Case | None:
    """The breach that is open about this post already."""
    return Case.objects.open().filter(post=post, kind=Kind.BREACH).first()


def public_heading(post: Post) -> str:
    """Its title as it is out: who may press may not be one of those who open it."""
    out = Delivery.objects.filter(post=post, state__in=_WAS_OUT).select_related("submission")
    titles = [row.submission.content["title"] for row in out.order_by("pk")]
    return next((title for title in titles if title), "A post without a title")


def report_mistake(*, post: Post, words: str, by: User) -> Case:
    """Take it down everywhere, whoever presses, and open the breach. Raises `NotAllowed`.

    Stop and breach are one transaction, from which on nothing more goes out and our own page hides
    it; then each website is asked. One that does not answer is chased as any take-down is (P6).
    """
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        if reported(post) is not None:
            raise NotAllowed("Somebody has reported this post already.")
        if not words.strip():
            raise NotAllowed("Say in a few words what is wrong.")
        if not Stop.objects.standing().filter(post=post).exists():
            stop(post=post, by=by, reason=words)
        made = raise_case(
            raised=Raised(Kind.BREACH, post.school, words, timezone.now(), post=post),
            by=by,
            children=_children(post),
            adults=_adults(post),
        )
    for delivery in Delivery.objects.filter(post=post, state=D.SENT).select_related(
        "channel__platform", "post__school"
    ):
        with alone(delivery):
            taking_down.take_down(delivery=delivery, by=None, reason="A mistake was reported.")
    return made


def _children(post: Post) -> list[Child]:
    shown = Q(appearances__picture__post=post) | Q(mentions__post=post)
    return list(Child.objects.filter(shown).distinct())


def _adults(post: Post) -> list[Adult]:
    return list(Adult.objects.filter(appearances__picture__post=post).distinct())
