"""Looking at what is live, or about to be: may it still be shown? Publishing looks down; consents
and approvals never call up (P6).

A withdrawal, a refusal, an answer that became unclear or was given an end, a hold, a giver who may
no longer decide, a stop of the school's, a Stop: each is an act of somebody, and what is live
because of the opposite comes down within one look. Leaving, a birthday, a last day that comes and
the trust's age for an own say are no act about a child: they end what may be shown from now on and
do not recall what was shown rightly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from audit.models import Event
from consents.models import Adult, Answer, ConsentDecision, Guardianship, Hold, Import, SchoolStop
from consents.purposes import narrower_versions
from posts.lifecycle import State
from publishing import afterwards, leftovers, looking
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Delivery
from publishing.models.deliveries import DeliveryQuerySet, is_stopped
from publishing.moves import alone, note
from publishing.relying import People, people_of, people_of_all, sent_about
from publishing.rules import permission_is_gone, without_permission
from publishing.taking_down import begin, try_again
from schools.actions import beat
from schools.models import Heartbeat

D = DeliveryState
MARK = "publishing.review_live"
# What somebody recorded of a pupil's capacity (the first is what it was called before) or care.
_OWN_SAY = ("child.own_say_set", "child.capacity_recorded", "child.care_recorded")
# Decisions are committed a little after their own time stamp; looking back covers it.
OVERLAP = timedelta(minutes=2)


@dataclass
class Acts:
    """Of whom something was said that could end a permission, and when first."""

    children: dict[int, datetime] = field(default_factory=dict)
    adults: dict[int, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.children or self.adults)

    def about(self, people: People) -> datetime | None:
        """The first of these acts that concerns any of them."""
        moments = [self.children[pk] for pk in people.children if pk in self.children]
        moments += [self.adults[pk] for pk in people.adults if pk in self.adults]
        return min(moments, default=None)


def review_live(*, at: datetime | None = None) -> int:
    """Take down what may not be shown any more; tell people of what is unknown or still waits.
    Returns how many take-downs began."""
    moment = at or timezone.now()
    since = _last_look(moment)
    begun = sum(_stop(delivery, pressed) for delivery, pressed in _stopped())
    begun += sum(begin(d, "It was taken back while it was being sent.") for d in _taken_back())
    acts = _acts_since(since)
    for delivery in _concerned(acts, since):
        with alone(delivery):
            begun += _look_at(delivery, acts)
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
    acts = _acts_since(_last_look(timezone.now()))
    if not acts:
        return set()
    people = people_of_all(deliveries)
    return without_permission([row for row in deliveries if acts.about(people[row.pk])])


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


def _look_at(delivery: Delivery, acts: Acts) -> bool:
    """One delivery that is or may be live, or waits. True: a take-down began."""
    if not permission_is_gone(delivery):
        return False
    pressed = acts.about(people_of(delivery))
    if delivery.state == D.QUEUED:
        _tell_once(delivery, pressed)
        return False
    owed = _later(delivery.sent_at, pressed)
    if delivery.state == D.UNKNOWN and not looking.look(delivery):
        Delivery.objects.filter(pk=delivery.pk, owed_since=None).update(owed_since=owed)
        _tell_once(delivery, pressed)
        return False
    return begin(delivery, "A permission it relied on has ended.", owed)


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


def _acts_since(since: datetime) -> Acts:
    """A yes ends no permission, unless its last day is over or its version asks for less than the
    yes before it may have been for; and a whole school's import of them should cost nothing."""
    narrow = narrower_versions()
    less = Q(until__lt=timezone.localdate()) | Q(agreement__in=[pk for pk in narrow if pk])
    if None in narrow:
        less |= Q(agreement=None)
    said = ConsentDecision.objects.filter(~Q(answer=Answer.YES) | less, recorded_at__gte=since)
    held = Hold.objects.filter(set_at__gte=since, lifted_at=None)
    stopped = SchoolStop.objects.filter(set_at__gte=since, lifted_at=None)
    # A new tie takes no permission away; a change of an old one can.
    may_not = Q(has_responsibility=False) | Q(court_order=True) | Q(ended_on__isnull=False)
    ties = Guardianship.objects.filter(may_not, changed_at__gte=since)
    own_say = Event.objects.filter(verb__in=_OWN_SAY, at__gte=since)
    acts = Acts()
    who = said.order_by().values_list("child_id", "adult_id", "recorded_at")
    for child, adult, at in who:
        _first(acts.children, [(child, at)])
        _first(acts.adults, [(adult, at)])
    _first(acts.children, held.values_list("child_id", "set_at"))
    _first(acts.children, stopped.order_by().values_list("child_id", "set_at"))
    _first(acts.children, ties.order_by().values_list("child_id", "changed_at"))
    _first(acts.children, own_say.values_list("subject_id", "at"))
    return acts


def _first(kept: dict[int, datetime], found: Iterable[tuple[int | None, datetime]]) -> None:
    for pk, at in found:
        if pk is not None:
            kept[pk] = min(at, kept.get(pk, at))


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
