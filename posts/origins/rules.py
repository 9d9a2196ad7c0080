"""Questions about where one photo comes from. Pure, over rows that are loaded already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from policy.models import Device
from policy.rulebook import Rulebook
from posts.models import MaterialRequest, Picture

Matter = MaterialRequest.Matter
# The rule that photos are deleted from somebody's own device.
DELETION = "photo_deleted"
# "Model 12 Pro" and "model12pro" are one; a make alone ("Apple") tells no two of its devices apart.
_PART = re.compile(r"[a-z0-9]+")


def device_asked(book: Rulebook) -> bool:
    """Must each photo be of the trust's own or of an approved device? Otherwise what took it is
    only written down (R-124)."""
    return book.is_on("device_approved") and book.terms.device_rule == "approved_only"


def deletion_asked(book: Rulebook) -> bool:
    """Are photos deleted from a device that is not the trust's?"""
    return book.is_on(DELETION) and device_asked(book)


def logo_asked(book: Rulebook) -> bool:
    """Does a logo of ours need a written permission?"""
    return book.is_on("logo") and bool(book.terms.logo_permission)


def shows(picture: Picture, matter: str) -> bool:
    """Did the author say that this needs a written permission?"""
    if matter == Matter.LOGO:
        return picture.logo_shown == Picture.LogoShown.OTHER
    return picture.has_document


def permitted(picture: Picture) -> list[MaterialRequest]:
    """The written permissions it relies on."""
    given = [m for m in picture.materials.all() if m.answer == MaterialRequest.Answer.YES]
    return [m for m in given if shows(picture, m.matter)]


def taken_at(picture: Picture) -> datetime | None:
    """When the file says it was taken, in UK time. A camera's clock can be wrong or unset."""
    day, _, hour = str(picture.facts.get("taken_at", "")).partition(" ")
    try:
        written = datetime.fromisoformat(f"{day.replace(':', '-')} {hour}")
    except ValueError:
        return None
    if timezone.is_aware(written):
        return written
    return written.replace(tzinfo=timezone.get_default_timezone())


def file_says(picture: Picture) -> str:
    """ "Canon EOS 90D, number 0123" as the file has it; empty where it says nothing."""
    called = " ".join(str(picture.facts[k]) for k in ("make", "model") if picture.facts.get(k))
    serial = picture.facts.get("serial")
    return ", ".join(part for part in (called, f"number {serial}" if serial else "") if part)


def is_another_device(picture: Picture) -> bool:
    """Does the file name a device that is not the one its author named? Evidence, not proof:
    where either says nothing, there is nothing to compare."""
    if picture.device is None:
        return False
    return not all(_agrees(picture, key, said) for key, said in _registered(picture.device))


def like_it(picture: Picture, devices: Iterable[Device]) -> list[Device]:
    """Those of the register that the file could mean: all it says of model or number is theirs."""
    telling = [key for key in ("model", "serial") if picture.facts.get(key)]
    return [
        device
        for device in devices
        if any(getattr(device, key) for key in telling)
        and all(_agrees(picture, key, said) for key, said in _registered(device))
    ]


def _registered(device: Device) -> list[tuple[str, str]]:
    return [("make", device.make), ("model", device.model), ("serial", device.serial)]


def _agrees(picture: Picture, key: str, said: str) -> bool:
    """Or says nothing that could be compared."""
    file = str(picture.facts.get(key, ""))
    if not said or not file:
        return True
    return _plain(said) == _plain(file) if key == "serial" else _alike(said, file)


def _alike(one: str, other: str) -> bool:
    """One of them may say more: "Galaxy A52" and "Samsung Galaxy A52 5G"."""
    first, second = _plain(one), _plain(other)
    return first in second or second in first


def _plain(text: str) -> str:
    return "".join(_PART.findall(text.casefold()))
