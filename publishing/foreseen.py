"""What withdrawing a permission will stop and list, told beforehand (R-147).

Reads what waits and what is live, and nothing of holds: the same for a child under one. Always the
same number of queries, however many posts there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from consents.models import NAME_KINDS, Kind
from consents.panels import Withdrawal
from consents.rules import Permissions, adult_permissions, said_by_purpose
from policy.confirming import said
from policy.models import Channel
from posts.checks.grown import grown_ups_in
from posts.checks.naming import named_in
from posts.checks.registers import row_of
from posts.lifecycle import State
from posts.models import SHOWING_NEEDS, Post, Wording
from posts.whole import PARTS, WholePost
from posts.words.grown import index_of
from posts.words.names import NameIndex
from publishing.lifecycle import HAS_IT, DeliveryState
from publishing.models import Delivery
from publishing.relying import Need, purpose_of, sent_about, sent_with

D = DeliveryState
_THERE = HAS_IT - {D.TAKEN_DOWN}
_WAITS = (State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class Concerned:
    """A post on one channel that needs what is withdrawn. `delivery`: None before one is made."""

    post: Post
    channel: Channel
    delivery: Delivery | None
    needs: tuple[Need, ...]

    @property
    def is_there(self) -> bool:
        """Is it live, or may it be: it must come down? Otherwise it waits, and does not go."""
        return self.delivery is not None and self.delivery.state in _THERE

    @property
    def purpose(self) -> str | None:
        """What the post was sent for; of one that waits, what it says now."""
        if self.delivery is not None and self.is_there:
            return purpose_of(self.delivery)
        return self.post.purpose.key if self.post.purpose else None

    @property
    def becomes(self) -> str:
        """What happens to it, in the words of the page."""
        if self.delivery is None or not self.is_there:
            waits = self.post.state == State.SUBMITTED
            return (
                said("waits for {the}, who can no longer approve it as it is")
                if waits
                else "is approved, and will not go out as it is"
            )
        by_machine = self.channel.is_automatic
        if self.delivery.state == D.SENT:
            return f"is live, and {'GoLive' if by_machine else 'a person'} takes it down"
        if self.delivery.state == D.SENDING:
            return (
                "is being sent at this moment, and is taken down as soon as it is there"
                if by_machine
                else "is open to be posted by hand: its package closes, and if it is posted it is "
                "taken down"
            )
        if self.delivery.state == D.UNKNOWN:
            return "may be live: a person is asked to look, and takes it down"
        return "is being taken down already"


def concerned(about: Withdrawal) -> list[Concerned]:
    """Every post that waits or is live with these people, newest first, those that wait before."""
    found = [one for one in _all(about) if one.needs and _is_meant(about, one.channel)]
    if about.is_done:
        found = _no_longer_allowed(about, found)
    elif about.kinds is not None and Kind.FULL_NAME in about.kinds:
        found = _but_for_first_names(about, found)
    return sorted(found, key=lambda one: (one.is_there, -one.post.moved_at.timestamp()))


def _all(about: Withdrawal) -> Iterator[Concerned]:
    rows = list(
        Delivery.objects.filter(may_show(about), Q(state__in=_THERE) | Q(post__state__in=_WAITS))
        .select_related("channel__platform", "post__school", "post__purpose", "submission")
        .prefetch_related("snapshots")
    )
    for row in rows:
        if row.state in _THERE:
            yield Concerned(row.post, row.channel, row, _only(about, sent_with(row) or []))
    has_row = {(row.post_id, row.channel_id): row for row in rows}
    waiting = (
        _posts_with(about)
        .filter(state__in=_WAITS)
        .select_related("school", "purpose")
        .prefetch_related(*PARTS)
    )
    names = NameIndex.build(map(row_of, about.children))
    grown_ups = index_of(frozenset((adult.pk, adult.name) for adult in about.adults))
    for post in waiting:
        whole = WholePost.of(post)
        for wording in whole.wordings:
            delivery = has_row.get((post.pk, wording.channel_id))
            if delivery is None or delivery.state in (D.QUEUED, D.FAILED):
                needs = _only(about, _needed(whole, wording, names, grown_ups))
                yield Concerned(post, wording.channel, delivery, needs)


def _is_meant(about: Withdrawal, channel: Channel) -> bool:
    return about.platforms is None or channel.platform_id in about.platforms


def may_show(about: Withdrawal) -> Q:
    """Deliveries of posts with these people; and every one that is there, or was, and was sent
    with a permission of theirs: its author may have taken the post back and changed it since, and
    a grown-up may be named in the words alone."""
    children, adults = {c.pk for c in about.children}, {a.pk for a in about.adults}
    return Q(post__in=_posts_with(about).values("pk")) | sent_about(children, adults)


def _posts_with(about: Withdrawal) -> QuerySet[Post]:
    children, adults = {c.pk for c in about.children}, {a.pk for a in about.adults}
    shown = (
        Q(pictures__appearances__child__in=children)
        | Q(mentions__child__in=children)
        | Q(pictures__appearances__adult__in=adults)
    )
    # Only its words tell whether a grown-up is named in a post that waits.
    schools = {adult.school_id for adult in about.adults}
    perhaps = Q(school__in=schools, state__in=_WAITS)
    return Post.objects.filter(pk__in=Post.objects.filter(shown | perhaps).values("pk"))


def _needed(
    whole: WholePost, wording: Wording, names: NameIndex, grown_ups: NameIndex
) -> list[Need]:
    channel = wording.channel
    appears = [a for p in whole.shown_on(channel) for a in whole.people_on(p, channel)]
    needs = {
        Need(a.child_id, a.adult_id, str(SHOWING_NEEDS[a.kind]))
        for a in appears
        if a.child_id or a.adult_id
    }
    for kind, ids in named_in(whole, names, wording).items():
        needs |= {Need(child, None, str(kind)) for child in ids}
    for adult in grown_ups_in(whole, grown_ups, wording):
        needs.add(Need(None, adult, str(Kind.FULL_NAME)))
    return sorted(needs, key=str)


def _only(about: Withdrawal, needs: list[Need]) -> tuple[Need, ...]:
    """Those of these people and kinds. A permission for one form of a name can carry the other."""
    children, adults = {c.pk for c in about.children}, {a.pk for a in about.adults}
    kinds = about.kinds
    if kinds is not None and kinds & NAME_KINDS:
        kinds |= NAME_KINDS
    return tuple(
        need
        for need in needs
        if (need.child in children or need.adult in adults)
        and (kinds is None or need.kind in kinds)
    )


def _but_for_first_names(about: Withdrawal, found: list[Concerned]) -> list[Concerned]:
    """Without what needs only the first name where that has a yes of its own, which is not taken
    back: the yes to the full name carried it as well, and it stands without."""
    if about.kinds is None or Kind.FIRST_NAME in about.kinds:
        return found
    platforms = {one.channel.platform_id for one in found}
    said = said_by_purpose(
        {c.pk for c in about.children},
        platforms,
        [Kind.FIRST_NAME],
        {one.purpose for one in found},
        on=timezone.localdate(),
    )

    def stands(one: Concerned) -> bool:
        place = one.channel.platform_id
        return all(
            need.kind == Kind.FIRST_NAME
            and said[one.purpose].permits(need.child or 0, place, Kind.FIRST_NAME)
            for need in one.needs
        )

    return [one for one in found if not stands(one)]


def _no_longer_allowed(about: Withdrawal, found: list[Concerned]) -> list[Concerned]:
    """Without what another permission still allows for the purpose of the post, by what was
    answered: holds never show."""
    platforms = {one.channel.platform_id for one in found}
    day = timezone.localdate()
    children = said_by_purpose(
        {c.pk for c in about.children},
        platforms,
        Kind.values,
        {one.purpose for one in found},
        on=day,
    )
    adults = (
        adult_permissions({a.pk for a in about.adults}, platforms, on=day)
        if about.adults
        else Permissions()
    )

    def stands(one: Concerned) -> bool:
        platform = one.channel.platform_id
        said = children[one.purpose]
        return all(need.is_met(platform, said, adults) for need in one.needs)

    return [one for one in found if not stands(one)]
