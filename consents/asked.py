"""Which parents have been asked about which pupils, under the version in force.

The choices, once, with their reasons:

* Asked is whoever was sent a mail or printed a letter, and nobody else: what waits to be sent, came
  back or was stopped has reached nobody.
* It must have been since the version began: an earlier mail asked other questions.
* A mail of a campaign asks about the pupils that were chosen; one sent to a parent alone, and every
  letter, about all of theirs.
* What waits is no reason to send another: those pairs are told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from consents import links
from consents.models import Agreement, Guardianship, Invitation, ParentLink, ParentMail
from schools.models import School

Pair = tuple[int, int]  # parent and child, by id
_ASKS = [ParentMail.Kind.ASK, ParentMail.Kind.REMINDER]


def began(agreement: Agreement) -> datetime:
    """Since when its questions are the ones that a link opens."""
    day = timezone.make_aware(datetime.combine(agreement.starts_on, time.min))
    return max(day, agreement.published_at)


def have_been_asked(pairs: Collection[Pair], agreement: Agreement, school: School) -> set[Pair]:
    """Of these pairs about pupils of a school, those whose parent was sent or printed the question.
    Three queries."""
    since = began(agreement)
    mails = ParentMail.objects.filter(kind__in=_ASKS, sent_at__gte=since)
    told = _of_invitations(
        Q(invitation__mails__in=mails) | Q(invitation__printed_at__gte=since), school
    )
    alone = set(mails.filter(invitation=None, school=school).values_list("parent", flat=True))
    # Only a letter's link is made in somebody's name; a mail takes its own along.
    letters = ParentLink.objects.filter(made_by__isnull=False, made_at__gte=since)
    alone |= set(letters.values_list("parent", flat=True))
    return {pair for pair in pairs if pair in told or pair[0] in alone}


def last_asked(
    children: Collection[int], agreement: Agreement, school: School
) -> dict[int, datetime]:
    """When a parent of each of these pupils of a school was last sent or printed the question; who
    never was is not in it. Five queries."""
    since = began(agreement)
    through = Invitation.children.through.objects.filter(child__in=children)
    mails = ParentMail.objects.filter(kind__in=_ASKS, sent_at__gte=since)
    ours = through.filter(invitation__mails__in=mails)
    told = list(ours.values_list("child", "invitation__mails__sent_at"))
    printed = through.filter(invitation__printed_at__gte=since)
    told += printed.values_list("child", "invitation__printed_at")
    may = links.may_answer(timezone.localdate())
    families: dict[int, list[int]] = defaultdict(list)
    rows = Guardianship.objects.filter(may, child__in=children)
    for parent, child in rows.values_list("parent", "child"):
        families[parent].append(child)
    alone = list(
        mails.filter(invitation=None, school=school, parent__in=families).values_list(
            "parent", "sent_at"
        )
    )
    letters = ParentLink.objects.filter(made_by__isnull=False, made_at__gte=since)
    alone += letters.filter(parent__in=families).values_list("parent", "made_at")
    told += [(child, at) for parent, at in alone for child in families[parent]]
    found: dict[int, datetime] = {}
    for child, at in told:
        if at is not None:
            found[child] = max(at, found.get(child, at))
    return found


def are_waiting(agreement: Agreement, school: School) -> set[Pair]:
    """Whose mail has still to leave, or whose letter has still to be printed. One query."""
    to_send = ParentMail.objects.filter(kind__in=_ASKS, sent_at=None, given_up_at=None)
    to_print = Q(invitation__by_letter=True, invitation__printed_at=None)
    return _of_invitations(
        Q(invitation__campaign__agreement=agreement, invitation__campaign__stopped_at=None)
        & (Q(invitation__mails__in=to_send) | to_print),
        school,
    )


def _of_invitations(which: Q, school: School) -> set[Pair]:
    rows = Invitation.children.through.objects.filter(which, child__school=school)
    return set(rows.values_list("invitation__parent", "child"))
