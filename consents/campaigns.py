"""Asking many parents at once: sending, reminding, stopping, and how it stands.

Each parent is one mail or one letter, for all of their children that were chosen; their page shows
all they may answer for. Mails wait in the outbox of `consents.mailing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.actions import record
from consents import agreements
from consents.asking import must_record
from consents.choosing import Choice, Preview, look
from consents.endings import OVER, is_over
from consents.errors import NotAllowed
from consents.models import Agreement, Campaign, Child, Invitation, Parent, ParentMail
from consents.models.campaigns import LONGEST_LIST
from consents.reminding import next_reminder
from consents.wording import Document
from schools.models import Trust, User
from schools.roles import Permission

BATCH = 1_000
MOST_REMINDERS = 6
FURTHEST = 180  # days


@dataclass(frozen=True)
class Progress:
    """How a campaign stands."""

    mails: int
    sent: int
    failed: int
    waiting: int
    letters: int
    printed: int
    answered: int
    parents: int


@transaction.atomic
def set_schedule(*, remind_after: Sequence[int], mails_an_hour: int | None, by: User) -> None:
    """On which days after asking parents are reminded, and how many mails leave in an hour: the
    whole trust's, as the agreement is. Campaigns that are under way keep their own days."""
    if not by.may_for_trust(Permission.AGREEMENT_EDIT):
        raise NotAllowed("Only the Data Protection Officer or whoever runs the trust sets this.")
    days = sorted(set(remind_after))
    if len(days) > MOST_REMINDERS or any(not 1 <= day <= FURTHEST for day in days):
        raise NotAllowed(f"At most {MOST_REMINDERS} reminders, within {FURTHEST} days.")
    trust = Trust.objects.select_for_update().get(pk=1)
    before = [trust.remind_after, trust.mails_an_hour]
    if before == [days, mails_an_hour]:
        return
    trust.remind_after, trust.mails_an_hour = days, mails_an_hour
    trust.save(update_fields=["remind_after", "mails_an_hour"])
    record("trust.reminders_set", trust, by=by, before=before, after=[days, mails_an_hour])


@transaction.atomic
def send(*, choice: Choice, key: UUID, remind_after: Sequence[int], by: User) -> Campaign:
    """Ask them. The same `key` twice is one press too many: it gives the campaign there is."""
    must_record(by, choice.school.pk)
    known = Campaign.objects.filter(key=key).first()
    if known is not None:
        return known
    agreement = agreements.in_force()
    if agreement is None:
        raise NotAllowed("No version of the agreement is in force. Publish one first.")
    if is_over(Document.read(agreement.content), timezone.localdate()):
        raise NotAllowed(OVER)
    preview = look(choice, agreement)
    if not preview.by_mail and not preview.letters():
        raise NotAllowed("There is nobody to ask. Choose other pupils or other parents.")
    try:
        with transaction.atomic():
            campaign = _campaign(choice, agreement, preview, key, remind_after, by)
    except IntegrityError:
        return Campaign.objects.get(key=key)
    _invite(campaign, preview.by_mail, by_letter=False)
    _invite(campaign, preview.letters(), by_letter=True)
    record(
        "campaign.sent",
        campaign,
        by=by,
        mails=len(preview.by_mail),
        letters=len(preview.letters()),
        version=agreement.number,
        whom=choice.whom,
    )
    return campaign


@transaction.atomic
def stop(*, campaign: Campaign, by: User) -> None:
    """No more mail from this campaign. Links that went out keep working."""
    must_record(by, campaign.school_id)
    now = timezone.now()
    stopped = Campaign.objects.filter(pk=campaign.pk, stopped_at=None).update(
        stopped_at=now, stopped_by=by
    )
    if not stopped:
        raise NotAllowed("This campaign has been stopped already.")
    ParentMail.objects.filter(invitation__campaign=campaign, sent_at=None, given_up_at=None).update(
        given_up_at=now, problem="The campaign was stopped before."
    )
    record("campaign.stopped", campaign, by=by)


def remind_due(*, at: datetime | None = None) -> int:
    """Queue reminders whose day has come; whoever has answered gets none. Returns how many."""
    moment = at or timezone.now()
    due = Invitation.objects.to_remind(moment).with_answered()
    rows = list(due.select_related("campaign", "parent").order_by("pk")[:BATCH])
    return sum(_remind(row, moment) for row in rows)


def progress(campaign: Campaign) -> Progress:
    """Counts for its page. Four queries."""
    asked = ParentMail.objects.filter(
        invitation__campaign=campaign, kind=ParentMail.Kind.ASK
    ).values_list("sent_at", "given_up_at")
    mails = list(asked)
    sent = sum(1 for at, _ in mails if at)
    failed = sum(1 for _, at in mails if at)
    letters = campaign.invitations.filter(by_letter=True)
    return Progress(
        mails=len(mails),
        sent=sent,
        failed=failed,
        waiting=len(mails) - sent - failed,
        letters=letters.count(),
        printed=letters.exclude(printed_at=None).count(),
        answered=Invitation.objects.filter(campaign=campaign).answered().count(),
        parents=campaign.invitations.count(),
    )


def _campaign(
    choice: Choice,
    agreement: Agreement,
    preview: Preview,
    key: UUID,
    remind_after: Sequence[int],
    by: User,
) -> Campaign:
    return Campaign.objects.create(
        school=choice.school,
        agreement=agreement,
        key=key,
        year=choice.year,
        form=choice.form,
        whom=choice.whom,
        listed=choice.listed[:LONGEST_LIST],
        remind_after=sorted(set(remind_after))[:MOST_REMINDERS],
        nobody=len(preview.nobody),
        made_at=timezone.now(),
        made_by=by,
    )


def _invite(
    campaign: Campaign, families: Sequence[tuple[Parent, list[Child]]], *, by_letter: bool
) -> None:
    first = next_reminder(campaign.made_at, campaign.remind_after, 0)
    rows = [
        Invitation(
            campaign=campaign,
            parent=parent,
            by_letter=by_letter,
            made_at=campaign.made_at,
            next_reminder_at=None if by_letter else first,
        )
        for parent, _ in families
    ]
    made = Invitation.objects.bulk_create(rows, batch_size=BATCH)
    through = Invitation.children.through
    pairs = [
        through(invitation_id=row.pk, child_id=child.pk)
        for row, (_, children) in zip(made, families, strict=True)
        for child in children
    ]
    through.objects.bulk_create(pairs, batch_size=BATCH)
    if not by_letter:
        mails = [_mail(campaign, row, ParentMail.Kind.ASK) for row in made]
        ParentMail.objects.bulk_create(mails, batch_size=BATCH)


def _mail(campaign: Campaign, invitation: Invitation, kind: str) -> ParentMail:
    return ParentMail(
        parent_id=invitation.parent_id,
        school_id=campaign.school_id,
        kind=kind,
        invitation=invitation,
        made_at=timezone.now(),
        next_try_at=timezone.now(),
    )


def _remind(row: Invitation, at: datetime) -> bool:
    """One reminder, unless it is settled; two workers never queue the same one."""
    settled = bool(getattr(row, "answered", False)) or not row.mails.exclude(sent_at=None).exists()
    asked_at, days = row.campaign.made_at, row.campaign.remind_after
    then = None if settled else next_reminder(asked_at, days, row.reminders + 1, at)
    with transaction.atomic():
        mine = Invitation.objects.filter(pk=row.pk, reminders=row.reminders)
        taken = mine.filter(next_reminder_at__lte=at).update(
            next_reminder_at=then, reminders=row.reminders + (0 if settled else 1)
        )
        if not taken or settled:
            return False
        mail = _mail(row.campaign, row, ParentMail.Kind.REMINDER)
        mail.save()
        record("parent.reminded", mail, by=None, parent=row.parent_id)
    return True
