"""What publishing says on the pages of earlier rooms: where a post went, what withdrawing a
permission will stop and list, and what is live with a parent's children. Later rooms sign up here
for “Something is wrong”."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from consents.models import ADULT_KINDS
from consents.panels import Withdrawal, lists_live, on_withdrawal
from consents.words import joined
from posts.checks import check
from posts.lifecycle import State
from posts.models import Post
from posts.panels import on_photos, on_post, on_top_of_post
from posts.tidying import tidies
from publishing.foreseen import Concerned, concerned
from publishing.lifecycle import DeliveryState
from publishing.live import live
from publishing.models import Delivery, NewsPhoto
from publishing.models.deliveries import is_overdue
from publishing.reused import used_elsewhere
from publishing.standing import by_hand, downs, hands, why_down
from schools.clock import noun
from schools.models import User
from schools.panels import Panel, Panels
from schools.pulse import pulse
from schools.roles import Permission

MOST = 30

# On “Something is wrong”: below the posts; and on each post that is out, beside its Stop, where
# nothing is asked of the database.
on_wrong: Panels[User] = Panels()
beside_stop: Panels[Post] = Panels()

lists_live(live)
on_photos.sign_up(used_elsewhere)
tidies("news", NewsPhoto, "file")


@on_post.sign_up
def where_it_went(post: Post, user: User) -> Panel | None:
    """Each channel with how it stands, and whether anything is being sent at all. Four queries.
    Nothing before the first approval."""
    rows = list(
        Delivery.objects.visible_to(user)
        .filter(post=post)
        .select_related("channel__platform", "taken_by")
        .prefetch_related(downs())
        .order_by("channel__platform__name", "pk")
    )
    waits = post.state == State.APPROVED
    if not rows and not waits:
        return None
    due = max(post.goes_out_at or post.moved_at, post.moved_at)
    now, who = timezone.now(), hands(rows)
    said = [
        (row, *by_hand(row, who.get(row.channel_id, ""), at=now), why_down(row)) for row in rows
    ]
    context = {
        "deliveries": said,
        "approved": waits or post.state == State.CLOSED,
        "pulse": pulse(now) if waits else None,
        # A sweep makes the rows: without one, none are there to say that they are late.
        "forgotten": due if waits and not rows and is_overdue(due) else None,
    }
    return Panel("publishing/_where.html", context)


@on_top_of_post.sign_up
def cannot_go(post: Post, user: User) -> Panel | None:
    """Decided or to be decided, and not as it stands: a permission it needs has ended since."""
    if post.state not in (State.SUBMITTED, State.APPROVED):
        return None
    verdict = check(post)
    is_over = set(
        Delivery.objects.filter(post=post)
        .exclude(state=DeliveryState.QUEUED)
        .values_list("channel_id", flat=True)
    )
    waits = [c for c in verdict.case.whole.channels if c.pk not in is_over]
    why = [f.message for f in verdict.blockers if any(f.concerns(c.pk) for c in waits)]
    if not why:
        return None
    context = {
        "post": post,
        "why": why,
        "approved": post.state == State.APPROVED,
        "may_take_back": post.author_id == user.pk
        or user.may(Permission.POST_APPROVE, post.school_id),
    }
    return Panel("publishing/_cannot_go.html", context)


@on_withdrawal.sign_up
def what_it_stops(about: Withdrawal, user: User) -> Panel:
    """Each post that waits or is live and needs it, on each channel: with its links for who may
    open it, for others by its state alone."""
    found = concerned(about)
    opens = set(
        Post.objects.visible_to(user)
        .filter(pk__in={one.post.pk for one in found})
        .values_list("pk", flat=True)
    )
    people = [child.known_as for child in about.children] + [a.name for a in about.adults]
    context = {
        "lines": [(one, one.post.pk in opens, _rests_on(one, about)) for one in found[:MOST]],
        "more": max(len(found) - MOST, 0),
        "who": people[0] if len(people) == 1 else "these pupils",
        "waits": _posts(one for one in found if not one.is_there),
        "there": _posts(one for one in found if one.is_there),
    }
    return Panel("publishing/_foreseen.html", context, _sentence(found))


def _rests_on(one: Concerned, about: Withdrawal) -> str:
    """The yeses of a grown-up that it needs, each of which has a press of its own on their page."""
    kinds = {need.kind for need in one.needs if need.adult is not None}
    if not about.adults or about.kinds is not None:
        return ""
    return joined([label.lower() for kind, label in ADULT_KINDS.items() if kind in kinds])


def _posts(found: Iterable[Concerned]) -> int:
    return len({one.post.pk for one in found})


def _sentence(found: list[Concerned]) -> str:
    waits = _posts(one for one in found if not one.is_there)
    there = _posts(one for one in found if one.is_there)
    said = []
    if waits:
        said.append(
            f"{noun(waits, 'post that waits does', 'posts that wait do')} not go out as things are."
        )
    if there:
        goes = noun(there, "post that is or may be live goes", "posts that are or may be live go")
        said.append(f"{goes} on the list of take-downs within a minute.")
    return " ".join(said) or "No post that waits or is live needed it."
