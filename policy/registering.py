"""Verbs about the register of devices: each is the Chief Information Officer's, and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.actions import record
from policy.models import Device, DeviceApproval, DeviceException
from schools.errors import NotAllowed
from schools.models import School, User
from schools.roles import Permission


@dataclass(frozen=True)
class Described:
    """What the register says of a device."""

    kind: str
    school: School | None
    is_personal: bool = False
    owner: User | None = None
    asset_tag: str = ""
    make: str = ""
    model: str = ""
    serial: str = ""


@transaction.atomic
def register(*, described: Described, by: User) -> Device:
    """Enter a device. A personal one cannot be used before it is approved."""
    _must_manage(described.school, by)
    if described.is_personal and described.owner is None:
        raise NotAllowed("Say whose own device it is.")
    if not described.is_personal and not described.asset_tag.strip():
        raise NotAllowed("Give the asset tag that stands on it.")
    tag = described.asset_tag.strip()
    if tag and Device.objects.filter(asset_tag=tag).exists():
        raise NotAllowed("A device with this asset tag is in the register already.")
    device = Device.objects.create(
        kind=described.kind,
        school=described.school,
        is_personal=described.is_personal,
        owner=described.owner,
        asset_tag=tag,
        make=described.make.strip(),
        model=described.model.strip(),
        serial=described.serial.strip(),
        added_by=by,
    )
    record("device.registered", device, by=by, personal=device.is_personal)
    return device


@transaction.atomic
def approve(
    *,
    device: Device,
    by: User,
    starts: date | None = None,
    ends: date | None = None,
    evidence: str = "",
) -> DeviceApproval:
    """Approve a personal device: from now, from a later day, or, where it was approved on paper,
    from an earlier one with where that stands. `ends` is the last day it counts."""
    _must_manage(device.school, by)
    now, evidence = timezone.now(), evidence.strip()
    if not device.is_personal or device.retired_at is not None:
        raise NotAllowed("Only a personal device that is in use is approved.")
    starts_at = now if starts in (None, timezone.localdate(now)) else _midnight(starts)
    if starts_at < now and not evidence:
        raise NotAllowed("An approval counts from now on. For an earlier one say where it stands.")
    ends_at = _midnight(ends, days=1) if ends else None
    if ends_at is not None and ends_at <= starts_at:
        raise NotAllowed("The last day is before the first. Pick a later one.")
    standing = DeviceApproval.objects.filter(device=device)
    if standing.filter(Q(ends_at=None) | Q(ends_at__gt=starts_at)).exists():
        raise NotAllowed("It is approved already. End that first.")
    approval = DeviceApproval.objects.create(
        device=device,
        starts_at=starts_at,
        ends_at=ends_at,
        evidence=evidence,
        approved_by=by,
        approved_at=now,
    )
    record("device.approved", device, by=by, approval=approval.pk)
    return approval


@transaction.atomic
def end_approval(*, approval: DeviceApproval, by: User) -> bool:
    """End it now; what was uploaded before stays as it was. False when it had ended already."""
    _must_manage(approval.device.school, by)
    now = timezone.now()
    ended = (
        DeviceApproval.objects.filter(pk=approval.pk)
        .filter(Q(ends_at=None) | Q(ends_at__gt=now))
        .update(ends_at=max(now, approval.starts_at), ended_by=by)
    )
    if ended:
        record("device.approval_ended", approval.device, by=by, approval=approval.pk)
    return bool(ended)


@transaction.atomic
def retire(*, device: Device, by: User) -> bool:
    """No photo uploaded from now on can be of it. False when it was retired already."""
    _must_manage(device.school, by)
    retired = Device.objects.filter(pk=device.pk, retired_at=None).update(
        retired_at=timezone.now(), retired_by=by
    )
    if retired:
        record("device.retired", device, by=by)
    return bool(retired)


@transaction.atomic
def make_exception(
    *, device: Device, taken_from: date, taken_until: date, reason: str, by: User
) -> DeviceException:
    """Let photos of these days be used although they were taken before the approval (R-065)."""
    _must_manage(device.school, by)
    if not reason.strip():
        raise NotAllowed("Say why these photos may be used.")
    if taken_until < taken_from:
        raise NotAllowed("The last day is before the first. Pick a later one.")
    made = DeviceException.objects.create(
        device=device,
        taken_from=taken_from,
        taken_until=taken_until,
        reason=reason.strip(),
        made_by=by,
    )
    record("device.exception_made", device, by=by, exception=made.pk)
    return made


def _must_manage(school: School | None, by: User) -> None:
    may = (
        by.may(Permission.DEVICE_MANAGE, school)
        if school
        else by.may_for_trust(Permission.DEVICE_MANAGE)
    )
    if not may:
        raise NotAllowed("Only the Chief Information Officer keeps the register of devices.")


def _midnight(day: date | None, *, days: int = 0) -> datetime:
    """When that day begins in the trust's time, or so many days later."""
    first = day or timezone.localdate()
    return timezone.make_aware(datetime.combine(date.fromordinal(first.toordinal() + days), time()))
