"""What follows an outcome: people are told, and the post is closed or given back.

All of it is rows in the outcome's own transaction; mail leaves later and can fail alone.
"""

from __future__ import annotations

from django.utils import timezone

from approvals.models import Submission
from approvals.rules import is_late
from audit.actions import record
from consents.words import joined
from policy.models import ChannelGrant
from posts.errors import SomebodyWasFaster
from posts.lifecycle import State
from posts.models import Post
from posts.moves import move as move_post
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from schools.actions import tell
from schools.models import User
from schools.roles import Permission

D = DeliveryState


def sent(delivery: Delivery) -> None:
    """The author hears where it is."""
    post = delivery.post
    tell(
        [post.author],
        subject=f"Live on {delivery.channel.platform.name}: {post.in_mail}",
        # Not its address: that can spell the title.
        body=f"Your post is on {delivery.channel}. Open it to see where.",
        path=f"/publishing/deliveries/{delivery.pk}/",
    )
    settle(post)


def refused(delivery: Delivery) -> None:
    """Author and Head can read why, in words that tell nothing about anyone's reasons."""
    post = delivery.post
    tell(
        [post.author, *_heads(post)],
        subject=f"Not sent to {delivery.channel.platform.name}: {post.in_mail}",
        body="Something changed after it was approved, so nothing was sent. Open the post to see "
        "what is needed now.",
        path=f"/posts/{post.pk}/",
    )
    settle(post)


def failed(delivery: Delivery) -> None:
    """The authorised users mend the connection or post it another way."""
    _tell_releasers(
        delivery,
        f"Not posted on {delivery.channel.platform.name}: {delivery.post.in_mail}",
        f"The platform said no. {delivery.problem}",
    )


def not_posted(delivery: Delivery) -> None:
    """Somebody said that it is not there, and why. Author and Heads hear that it was not shown."""
    post = delivery.post
    tell(
        [post.author, *_heads(post)],
        subject=f"Not posted on {delivery.channel.platform.name}: {post.in_mail}",
        body="It was not posted there. Open it to see why, and what can be done now.",
        path=f"/publishing/deliveries/{delivery.pk}/",
    )


def already_there(submission: Submission, there: list[Delivery]) -> None:
    """Approved anew for a channel that has the post: what is there stays as it was."""
    post, names = submission.post, joined([d.channel.platform.name for d in there])
    tell(
        [post.author, submission.decision.by],
        subject=f"Not changed on {names}: {post.in_mail}",
        body="It was posted there before, and a post goes to a channel once. What is there stays "
        "as it was. To show other words, take it down and write a new post.",
        path=f"/posts/{post.pk}/",
    )


def unknown(delivery: Delivery) -> None:
    """A person must look."""
    _tell_releasers(
        delivery,
        f"Please look on {delivery.channel.platform.name}: {delivery.post.in_mail}",
        "It may have been posted, or not. Look on the platform, then say how it stands.",
    )


def will_not_go(delivery: Delivery) -> None:
    """It waits for its time and could not be sent as things are: told while it can be mended."""
    post = delivery.post
    tell(
        [post.author, *_heads(post)],
        subject=f"Cannot go to {delivery.channel.platform.name} as it is: {post.in_mail}",
        body="Something changed after it was approved. Unless that changes again, it is not sent. "
        "Open the post to see what is needed now.",
        path=f"/posts/{post.pk}/",
    )


def look_now(delivery: Delivery) -> None:
    """It may be live, and may not be shown any more. The words tell nothing about anyone."""
    _tell_releasers(
        delivery,
        f"Look now on {delivery.channel.platform.name}: {delivery.post.in_mail}",
        "It may not be shown any more, and nobody knows yet if it is there. Look on the platform. "
        "If it is there, take it down, then say here how it stands.",
    )


def something_left(delivery: Delivery) -> None:
    """Nothing was published, but a draft or photos of an unfinished try cannot be removed."""
    _tell_releasers(
        delivery,
        f"Remove what is left on {delivery.channel.platform.name}: {delivery.post.in_mail}",
        "It was not published, but a draft or photos of it are still there. GoLive goes on trying. "
        "You can remove them by hand.",
    )


def taken_down(delivery: Delivery) -> None:
    """Author and Heads hear that it is gone, and why in words that tell nothing about anyone. What
    a person wrote as a reason can name a child, so it is read on the post's page."""
    post = delivery.post
    begun = delivery.attempts.filter(step=Attempt.Step.DOWN_BEGUN).order_by("pk").first()
    why = "Why is on the post’s page."
    if begun is not None and begun.by_id is None and begun.detail:
        why = f"{begun.detail}"
    tell(
        [post.author, *_heads(post)],
        subject=f"Taken down from {delivery.channel.platform.name}: {post.in_mail}",
        body=f"It is not shown there any more. {why} Open it to see what happened.",
        path=f"/posts/{post.pk}/",
    )


def cannot_take_down(delivery: Delivery) -> None:
    """Somebody must take it down by hand."""
    _tell_releasers(
        delivery,
        f"Take down by hand: {delivery.post.in_mail}",
        f"GoLive cannot take it down on {delivery.channel.platform.name}. Open it for the link.",
    )


def settle(post: Post) -> None:
    """Close a post whose deliveries are all over; give it back when nothing could be sent."""
    rows = list(Delivery.objects.filter(post=post).select_related("channel"))
    states = {row.state for row in rows}
    if states & {D.QUEUED, D.SENDING, D.UNKNOWN, D.FAILED}:
        return
    post.refresh_from_db(fields=["state", "revision"])
    if post.state != State.APPROVED:
        return
    to = _given_back(rows) if states <= {D.REFUSED} else State.CLOSED
    try:
        move_post(post, to)
    except SomebodyWasFaster:
        return
    record(f"post.{to.value}_after_sending", post, by=None)


def _given_back(rows: list[Delivery]) -> State:
    """Too late to be news goes back to the Head as expired; anything else to the author."""
    now = timezone.now()
    late = [is_late(r.due_at, by_hand=not r.channel.is_automatic, at=now) for r in rows]
    return State.EXPIRED if late and all(late) else State.RETURNED


def _heads(post: Post) -> list[User]:
    return list(User.objects.who_may(Permission.POST_APPROVE, post.school))


def _tell_releasers(delivery: Delivery, subject: str, body: str) -> None:
    """The authorised users of the account; without any, the Heads, so that somebody knows."""
    granted = ChannelGrant.objects.in_force().filter(channel=delivery.channel_id)
    users = list(User.objects.filter(pk__in=granted.values("user_id"), is_active=True))
    tell(
        [*(users or _heads(delivery.post)), delivery.post.author],
        subject=subject,
        body=body,
        path=f"/publishing/deliveries/{delivery.pk}/",
    )
