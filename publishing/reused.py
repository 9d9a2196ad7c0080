"""Where a photo was used before, as publishing knows it: where it went, and what was taken down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from consents.words import joined
from posts.lifecycle import State
from posts.models import LeftOut, Post
from posts.reuse import Before, used_before
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from schools.models import User
from schools.panels import Panel

D = DeliveryState
MOST = 10
_THERE = {D.SENT, D.UNKNOWN, D.SENDING}
_DOWN = {D.TAKING_DOWN, D.TAKEN_DOWN, D.CANNOT_TAKE_DOWN}


@dataclass(frozen=True)
class Line:
    """One earlier use, in words."""

    before: Before
    there: str
    down: str

    @property
    def otherwise(self) -> str:
        """Where it stands, if it went nowhere."""
        if self.there or self.down:
            return ""
        state = State(self.before.post.state)
        return {
            State.DECLINED: "It was declined.",
            State.WITHDRAWN: "It was thrown away and never went out.",
            State.CLOSED: "It went nowhere.",
        }.get(state, "It has not gone out.")


def used_elsewhere(post: Post, user: User) -> Panel | None:
    """The same photos in other posts of this person's schools. Three queries, also where there are
    none; nothing is said of a post that is not theirs to see and went nowhere (P8)."""
    found = used_before(post, user)
    out = LeftOut.objects.filter(picture__used_later__later__post=post)
    left_out = set(out.values_list("picture", "channel"))
    went: dict[int, list[Delivery]] = defaultdict(list)
    rows = Delivery.objects.filter(post__pictures__used_later__later__post=post).distinct()
    for delivery in rows.select_related("channel__platform").order_by(
        "channel__platform__position", "pk"
    ):
        went[delivery.post_id].append(delivery)
    lines = [_line(b, went[b.post.pk], left_out) for b in found]
    told = [one for one in lines if one.before.opens or one.there or one.down]
    if not told:
        return None
    more = max(len(told) - MOST, 0)
    return Panel("publishing/_used_before.html", {"lines": told[:MOST], "more": more})


def _line(before: Before, rows: list[Delivery], out: set[tuple[int, int]]) -> Line:
    shown = [d for d in rows if (before.picture.pk, d.channel_id) not in out]
    there = [d.channel.platform.name for d in shown if d.state in _THERE]
    down = [d.channel.platform.name for d in shown if d.state in _DOWN]
    return Line(before, joined(there), joined(down))
