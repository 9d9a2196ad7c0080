"""Personal links: a parent's way to the page about their children, with no account.

* The secret is long and random, and only its hash is kept.
* Fetching a page changes nothing: mail scanners that open a link neither answer nor use it up.
* Wrong, expired and revoked are one query with one outcome, so that none tells from another.
* A link says who holds it and nothing else; whose children they may answer for is asked each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from audit.actions import record
from consents import keys
from consents.asking import must_record
from consents.errors import NotAllowed
from consents.ledger import years_before
from consents.models import (
    BadAddress,
    Child,
    Guardianship,
    Knock,
    Parent,
    ParentLink,
    ParentMail,
)
from consents.same_person import entries_of
from schools.models import User

WINDOW = timedelta(minutes=10)
WRONG_FROM_ONE_ADDRESS = 30
OF_ONE_LINK = 240


def children_by_parent(parents: Collection[int], day: date | None = None) -> dict[int, list[Child]]:
    """For whom each of these parents may answer today. One query.

    Not for children who have left, nor for grown-ups who answer for themselves (R-151).
    """
    when = day or timezone.localdate()
    rows = (
        Guardianship.objects.filter(may_answer(when), parent__in=parents)
        .select_related("child__school")
        .order_by("child__born_on", "child_id")
    )
    found: dict[int, list[Child]] = defaultdict(list)
    for row in rows:
        found[row.parent_id].append(row.child)
    return found


def children_of(parent: Parent) -> list[Child]:
    """For whom this parent may answer today; the eldest first."""
    return children_by_parent([parent.pk]).get(parent.pk, [])


def may_answer(day: date) -> Q:
    """Rows of guardianship that make somebody a person to ask."""
    return _entitled(day) & ~_left_or_grown(day)


def left_or_grown(parents: Collection[int], day: date | None = None) -> dict[int, list[Child]]:
    """Of whom each of these parents may see what they said and take a yes back, and nothing more:
    who has left, or decides alone by now (R-146, R-151). A picture of them may still be there. One
    query."""
    when = day or timezone.localdate()
    rows = Guardianship.objects.filter(_entitled(when) & _left_or_grown(when), parent__in=parents)
    found: dict[int, list[Child]] = defaultdict(list)
    for row in rows.select_related("child__school").order_by("child__born_on", "child_id"):
        found[row.parent_id].append(row.child)
    return found


def may_open(parent: Parent) -> bool:
    """Does a link of this parent open anything: questions, or what they said before?"""
    ids = [parent.pk]
    return bool(children_by_parent(ids) or left_or_grown(ids))


def _entitled(day: date) -> Q:
    """For a pupil in care it is the authority that is named (R-154)."""
    entitled = Q(child__in_care=False, has_responsibility=True)
    entitled |= Q(child__in_care=True, is_authority=True)
    return entitled & Q(court_order=False) & (Q(ended_on=None) | Q(ended_on__gt=day))


def _left_or_grown(day: date) -> Q:
    grown_up = Q(child__born_on__lte=years_before(day, 18), child__best_interests=False)
    return Q(child__left_on__isnull=False, child__left_on__lte=day) | (
        Q(child__born_on__isnull=False) & grown_up
    )


@transaction.atomic
def make(*, parent: Parent, by: User | None) -> tuple[ParentLink, str]:
    """A new link and its secret, which is never seen again. `by=None`: a mail takes it along."""
    if not may_open(parent):
        raise NotAllowed("This person may not decide for any pupil here, so they get no link.")
    secret, kept = keys.made()
    link = ParentLink.objects.create(parent=parent, made_by=by, **kept)
    record("link.made", link, by=by, parent=parent.pk)
    return link, secret


@transaction.atomic
def revoke(*, parent: Parent, child: Child, by: User) -> int:
    """Close every link of a parent of this child, at once; returns how many. What other schools
    gave the same person opens the same page, so it closes too and is not counted here."""
    must_record(by, child.school_id)
    if not child.guardianships.filter(parent=parent).exists():
        raise NotAllowed("This person is not a parent or carer of this pupil.")
    working = list(ParentLink.objects.working().filter(parent__in=entries_of(parent)))
    ParentLink.objects.working().filter(pk__in=[link.pk for link in working]).update(
        revoked_at=timezone.now(), revoked_by=by
    )
    for link in working:
        record("link.revoked", link, by=by, school_id=child.school_id, parent=link.parent_id)
    return sum(link.parent_id == parent.pk for link in working)


def found_by(secret: str) -> ParentLink | None:
    """The link with this secret, if it works. The same single query whatever is wrong with it."""
    return (
        ParentLink.objects.working()
        .filter(sha256=keys.hashed(secret))
        .select_related("parent")
        .order_by("pk")
        .first()
    )


def is_tired_of(address: str) -> bool:
    """Did too many wrong links come from this address lately?"""
    lately = Knock.objects.filter(key=_key("address", address), window=_window(timezone.now()))
    return lately.filter(count__gte=WRONG_FROM_ONE_ADDRESS).exists()


def was_wrong(address: str) -> None:
    """Note that somebody at this address tried a link that does not work."""
    _knock(_key("address", address))


def is_overused(link: ParentLink) -> bool:
    """Note that this link is used; was that too often lately?"""
    return is_often_used(str(link.pk))


def is_often_used(name: str) -> bool:
    """The same for a link by any name that is its own."""
    return _knock(_key("link", name)) > OF_ONE_LINK


def forget_knocks(at: datetime) -> None:
    """What was counted before the present window is of no use any more."""
    old = Knock.objects.filter(window__lt=_window(at))
    if old.exists():  # else nothing is locked for writing, every few seconds, for nothing
        old.delete()


def _knock(key: str) -> int:
    here = Knock.objects.filter(key=key, window=_window(timezone.now()))
    if not here.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Knock.objects.create(key=key, window=_window(timezone.now()), count=1)
        except IntegrityError:
            here.update(count=F("count") + 1)
    return here.values_list("count", flat=True).first() or 1


def _window(at: datetime) -> datetime:
    length = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // length * length, tz=at.tzinfo)


def _key(kind: str, of: str) -> str:
    return salted_hmac(f"consents.links.{kind}", of, algorithm="sha256").hexdigest()


@transaction.atomic
def send(*, parent: Parent, child: Child, by: User) -> ParentMail:
    """Mail a new link to a parent of this child, once more or for the first time. About a child of
    whom nothing is asked any more it comes with the list of what they said, to take a yes back."""
    must_record(by, child.school_id)
    asked, looking = children_of(parent), left_or_grown([parent.pk]).get(parent.pk, [])
    if child not in [*asked, *looking]:
        raise NotAllowed(f"{parent.full_name} may not decide for this pupil, so they get no link.")
    if not parent.email:
        raise NotAllowed(f"{parent.full_name} has no e-mail address. Print a letter instead.")
    if BadAddress.objects.filter(email=parent.email.lower()).exists():
        raise NotAllowed(
            f"Mail to {parent.email} comes back. Print a letter, or say that the address works."
        )
    mail = ParentMail.objects.create(
        parent=parent,
        school_id=child.school_id,
        kind=ParentMail.Kind.ASK if child in asked else ParentMail.Kind.LOOK,
        made_at=timezone.now(),
        next_try_at=timezone.now(),
    )
    record("parent.asked", mail, by=by, parent=parent.pk)
    return mail


@transaction.atomic
def mark_address(*, parent: Parent, child: Child, comes_back: bool, by: User) -> None:
    """A person says that mail to this address comes back, or that it works again."""
    must_record(by, child.school_id)
    if not child.guardianships.filter(parent=parent).exists() or not parent.email:
        raise NotAllowed("There is no such address with this pupil.")
    email = parent.email.lower()
    bad = BadAddress.objects.filter(email=email).first()
    if comes_back and bad is None:
        bad = BadAddress.objects.create(email=email, noted_at=timezone.now(), noted_by=by)
        record("address.refused", bad, by=by, school_id=child.school_id, parent=parent.pk)
    elif not comes_back and bad is not None:
        record("address.works", bad, by=by, school_id=child.school_id, parent=parent.pk)
        bad.delete()
