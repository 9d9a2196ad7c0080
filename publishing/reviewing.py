"""Looking at what is live, or about to be: may it still be shown? Publishing looks down; consents
and approvals never call up (P6).

Whatever somebody does that ends a permission (`publishing.acts`) takes down within one look what is
live because of it. What only the clock ends, or the school's roll, is no act about a child: it ends
what may be shown from now on and does not recall what was shown rightly, nor does an act about
another platform or another kind.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from consents.models import Adult, Answer, ConsentDecision, Hold, Import, SchoolStop
from posts.lifecycle import State
from publishing import afterwards, leftovers, looking
from publishing.acts import Acts, acts_since
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from publishing.models.deliveries import DeliveryQuerySet, is_stopped
from publishing.moves import alone, note
from publishing.relying import noted_at, people_of, people_of_all, sent_about
from publishing.rules import Lost, missing
from publishing.taking_down import begin, try_again
from schools.actions import beat
from schools.models import Heartbeat

D = DeliveryState
MARK = "publishing.review_live"
# Decisions are committed a little after their own time stamp; looking back covers it.
OVERLAP = timedelta(minutes=2)


def review_live(*, at: datetime | None = None) -> int:
    """Take down what may not be shown any more; tell people of what is unknown or still waits.
    Returns how many take-downs began."""
    moment = at or timezone.now()
    since = _last_look(moment)
    begun = sum(_stop(delivery, pressed) for delivery, pressed in _stopped())
    begun += sum(begin(d, "It was taken back while it was being sent.") for d in _taken_back())
    acts = acts_since(since)
    for delivery in _concerned(acts, since):
        with alone(delivery):
            begun += _look_at(delivery, acts, since)
    begun += try_again(at=moment)
    leftovers.clear(at=moment)
    # The moment it began: what was said while this look went on is for the next one.
    beat(MARK, at=moment)
    return begun


def owed(deliveries: Collection[Delivery]) -> set[int]:
    """Ids of those, of deliveries that are live, that the next look takes down because somebody
    ended a permission since the last one: what GoLive shows itself is not shown until then either.

    What was stopped, or is owed already, is not looked for here: `NewsItem.objects.public` knows.
    Four queries more than without such an act, however many deliveries there are.
    """
    acts = acts_since(_last_look(timezone.now()))
    if not acts:
        return set()
    people = people_of_all(deliveries)
    rows = [row for row in deliveries if acts.about(people[row.pk])]
    lost = missing(rows)
    return {row.pk for row in rows if row.pk in lost and _ended(row, lost[row.pk], acts)}


def _stop(delivery: Delivery, pressed: datetime) -> bool:
    """Somebody pressed Stop. Where nobody knows yet if it is live it is looked for at once, and
    after that as often as anything unknown is. True: a take-down began."""
    if delivery.state == D.UNKNOWN:
        asked = Q(step__in=[Attempt.Step.NOT_FOUND, Attempt.Step.ENDED], at__gte=pressed)
        if delivery.attempts.filter(asked).exists():
            return False
        found = False
        with alone(delivery):
            found = looking.look(delivery)
        if not found:
            _tell_once(delivery, pressed)
            return False
    return begin(delivery, "Somebody pressed Stop.", _later(delivery.sent_at, pressed))


def _look_at(delivery: Delivery, acts: Acts, since: datetime) -> bool:
    """One delivery that is or may be live, or waits. True: a take-down began."""
    lost = missing([delivery])
    if not lost:
        return False
    if delivery.state == D.QUEUED:
        _tell_once(delivery, acts.about(people_of(delivery)))
        return False
    pressed = _ended(delivery, lost[delivery.pk], acts)
    if pressed is None and not _came_without(delivery, since):
        return False
    owed = _later(delivery.sent_at, pressed)
    if delivery.state == D.UNKNOWN and not looking.look(delivery):
        Delivery.objects.filter(pk=delivery.pk, owed_since=None).update(owed_since=owed)
        _tell_once(delivery, pressed)
        return False
    return begin(delivery, "A permission it relied on has ended.", owed)


def _ended(delivery: Delivery, lost: Lost, acts: Acts) -> datetime | None:
    """When the first of these acts was done that may have ended what it lacks; None: no act has,
    so the clock did, or an act that was looked at when it was done."""
    if lost is None:
        return acts.about(people_of(delivery))
    return acts.ending(lost, delivery.channel.platform_id)


def _came_without(delivery: Delivery, since: datetime) -> bool:
    """Has it become live, or unknown, since the last look, and lacked something that very day? What
    GoLive sends is there from the call on, however late it is found; when a person posted it, only
    they know, so it is from the day they said so."""
    became = delivery.sent_at if delivery.state == D.SENT else delivery.moved_at
    if became is None or became < since:
        return False
    if delivery.channel.is_automatic:
        became = noted_at(delivery) or became
    return bool(missing([delivery], on=timezone.localdate(became)))


def _tell_once(delivery: Delivery, pressed: datetime | None) -> None:
    """`pressed`: when the permission ended; the time until it was known is measured from there."""
    last = delivery.attempts.filter(step=Attempt.Step.ENDED).order_by("-pk").first()
    if last is not None and not _could_go_since(delivery, last.at):
        return
    with transaction.atomic():
        since: dict[str, Any] = {"since": pressed.isoformat()} if pressed else {}
        note(delivery, Attempt.Step.ENDED, **since)
        if delivery.state == D.UNKNOWN:
            afterwards.look_now(delivery)
        else:
            afterwards.will_not_go(delivery)


def _could_go_since(delivery: Delivery, told: datetime) -> bool:
    """Put before the Head again since people were told, or somebody gave a permission again: what
    ends now is news."""
    if delivery.submission.submitted_at > told:
        return True
    children, adults = people_of(delivery)
    them = Q(child__in=children) | Q(adult__in=adults)
    given = ConsentDecision.objects.filter(them, answer=Answer.YES, recorded_at__gt=told)
    lifted = {"child__in": children, "lifted_at__gt": told}
    return (
        given.exists()
        or Hold.objects.filter(**lifted).exists()
        or SchoolStop.objects.filter(**lifted).exists()
    )


def _later(*moments: datetime | None) -> datetime:
    """Nothing is owed before it was there, nor before it was asked for."""
    return max((m for m in moments if m is not None), default=timezone.now())


def _last_look(moment: datetime) -> datetime:
    mark = Heartbeat.objects.filter(name=MARK).first()
    return _from((mark.at if mark else moment - timedelta(days=1)) - OVERLAP)


def _from(since: datetime) -> datetime:
    """A long import stamps its rows when it begins to write and shows them when it ends, and
    undoing one does the same: what ended since is looked at from its beginning."""
    brought = Q(finished_at__gte=since, confirmed_at__lt=since)
    undone = Q(undone_at__gte=since, undo_asked_at__lt=since)
    begun = Import.objects.filter(brought | undone).aggregate(
        brought=Min("confirmed_at", filter=brought), undone=Min("undo_asked_at", filter=undone)
    )
    return min((moment for moment in begun.values() if moment), default=since)


def _concerned(acts: Acts, since: datetime) -> list[Delivery]:
    """Deliveries that are or may be live, or wait, whose post shows or names any of these people;
    and those that became live since, for a person can say "I posted it" long after a permission
    went."""
    here = Q(sent_at__gte=since) | Q(state=D.UNKNOWN, moved_at__gte=since)
    if acts:
        here |= (
            Q(post__pictures__appearances__child__in=acts.children)
            | Q(post__mentions__child__in=acts.children)
            | Q(post__pictures__appearances__adult__in=acts.adults)
            # What was sent with a permission of theirs: the post may have been changed since, and
            # a grown-up may be named in its words alone.
            | sent_about(acts.children, acts.adults)
            | Q(state=D.QUEUED, post__school__in=_schools_of(acts.adults))
        )
    waits = Q(state=D.QUEUED, post__state=State.APPROVED)
    states = Q(state__in=[D.SENT, D.UNKNOWN]) | waits
    return list(_live().filter(here, states).distinct())


def _schools_of(adults: Collection[int]) -> QuerySet[Adult, int]:
    """Where a post that waits may name them: only a check tells."""
    return Adult.objects.filter(pk__in=adults).values_list("school", flat=True)


def _stopped() -> list[tuple[Delivery, datetime]]:
    """Those of a post that somebody stopped (R-080) that are or may be live, and since when."""
    standing = Min("post__stops__at", filter=Q(post__stops__resumed_at=None))
    states = [D.SENT, D.UNKNOWN]
    found = _live().filter(is_stopped(), state__in=states).annotate(stopped_at=standing)
    return [(delivery, delivery.stopped_at) for delivery in found]


def _taken_back() -> list[Delivery]:
    """What went live after its author had taken the post back: it was on its way already. What had
    been live before stays, for the author may only want to change the rest."""
    back = Q(post__state__in=[State.DRAFT, State.WITHDRAWN], sent_at__gt=F("post__moved_at"))
    return list(_live().filter(back, state=D.SENT))


def _live() -> DeliveryQuerySet:
    found = Delivery.objects.select_related("channel__platform", "post__school", "post__author")
    return found.select_related("submission")
