"""May a photo of this device be used? Pure questions over a device and what was recorded of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from policy.models import Device


class Trouble(StrEnum):
    """Why a photo of this device cannot be used."""

    RETIRED = "retired"
    NOT_APPROVED = "not_approved"
    TAKEN_BEFORE = "taken_before"


def trouble(device: Device, *, uploaded_at: datetime, taken_at: datetime | None) -> Trouble | None:
    """None: it can be. `taken_at` is what the file itself says, where it says anything.

    The trust's own may be used until it is retired; a personal one needs an approval from before
    the photo was uploaded and from before it was taken (R-065). Ending an approval counts for what
    is uploaded later only (R-067). Reads the device's approvals and exceptions.
    """
    if device.retired_at is not None and uploaded_at >= device.retired_at:
        return Trouble.RETIRED
    if not device.is_personal:
        return None
    standing = [a for a in device.approvals.all() if a.covers(uploaded_at)]
    if not standing:
        return Trouble.NOT_APPROVED
    if taken_at is None or any(a.starts_at <= taken_at for a in standing):
        return None
    day = timezone.localdate(taken_at)
    excepted = any(e.taken_from <= day <= e.taken_until for e in device.exceptions.all())
    return None if excepted else Trouble.TAKEN_BEFORE
