"""Verbs about platforms: the trust adds one, and says how what it takes has changed (R-011).

What is added here is “not asked” for everybody. Nobody may be shown there before a version of the
agreement has asked for it: `consents.asked_for` keeps that.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from audit.actions import record
from policy import rules
from policy.models import Platform
from schools.errors import NotAllowed, must
from schools.models import User

# Dark enough for the white letter of a badge (4.5 to 1).
COLOURS = {
    "#50606f": "Grey",
    "#1f5fb8": "Blue",
    "#2e6b4f": "Green",
    "#a3316f": "Pink",
    "#6a3fa0": "Purple",
    "#9b1c1c": "Red",
    "#8a4b08": "Brown",
    "#16202b": "Black",
}


@dataclass(frozen=True)
class About:
    """What people say of a platform. `host`: where its posts stand, “newbook.example”, or empty."""

    name: str
    what_it_is: str
    letter: str
    colour: str
    longest: int
    photos: int
    needs_photo: bool = False
    host: str = ""


@transaction.atomic
def add_platform(*, about: About, by: User) -> Platform:
    """A further platform, last in every list. Raises `NotAllowed` in words."""
    must(rules.may_edit(by))
    _must_be_whole(about, None)
    last = Platform.objects.aggregate(last=Max("position"))["last"] or 0
    made = Platform.objects.create(
        key=_key(about.name),
        position=last + 1,
        limits=_limits(about, {"photo": {"max_side": 1600, "max_bytes": 3000000}}),
        added_by=by,
        added_at=timezone.now(),
        **_shown(about),
    )
    record("platform.added", made, by=by, key=made.key)
    return made


@transaction.atomic
def change_platform(*, platform: Platform, about: About, by: User) -> list[str]:
    """Keep what is said of it now; returns what changed. What ships keeps its name. Raises
    `NotAllowed` in words."""
    must(rules.may_edit(by))
    now = Platform.objects.select_for_update().get(pk=platform.pk)
    _must_be_whole(about, now)
    if now.added_at is None and about.name.strip() != now.name:
        raise NotAllowed(f"{now.name} keeps its name: parents were asked about it under that name.")
    fields = _shown(about) | {"limits": _limits(about, now.limits)}
    changed = sorted(name for name in fields if getattr(now, name) != fields[name])
    for name in changed:
        setattr(now, name, fields[name])
    if changed:
        now.save(update_fields=changed)
        record("platform.changed", now, by=by, changed=changed)
    return changed


def said_of(platform: Platform) -> dict[str, Any]:
    """What a page shows of it, by the names of `About`."""
    hosts = platform.limit("link", "hosts", default=[])
    return {
        "name": platform.name,
        "what_it_is": platform.what_it_is,
        "letter": platform.letter,
        "colour": platform.colour,
        "longest": platform.limit("text", "max", default=2000),
        "photos": platform.limit("photos", "max", default=10),
        "needs_photo": platform.limit("needs_photo", default=False),
        "host": hosts[0] if hosts else "",
    }


def _must_be_whole(about: About, own: Platform | None) -> None:
    if not about.name.strip() or not about.what_it_is.strip() or not about.letter.strip():
        raise NotAllowed("Say what it is called, what it is, and which letter stands for it.")
    if about.longest < 1 or about.photos < 0:
        raise NotAllowed("A post there has at least one character.")
    if about.needs_photo and not about.photos:
        raise NotAllowed("It cannot ask for a photo and take none.")
    same = Platform.objects.filter(name__iexact=about.name.strip())
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise NotAllowed(f"There is a platform called “{about.name.strip()}” already.")


def _shown(about: About) -> dict[str, Any]:
    names = ("name", "what_it_is", "letter", "colour")
    return {name: getattr(about, name).strip() for name in names}


def _limits(about: About, before: dict[str, Any]) -> dict[str, Any]:
    """The platform's limits with what was said; the rest stays."""
    limits = deepcopy(before)
    limits.setdefault("text", {"method": "utf16"})["max"] = about.longest
    limits.setdefault("photos", {})["max"] = about.photos
    if about.needs_photo or "needs_photo" in limits:
        limits["needs_photo"] = about.needs_photo
    host = host_of(about.host)
    hosts = limits.get("link", {}).get("hosts", [])
    if host and host not in hosts[:1]:
        limits["link"] = {"hosts": [host] if host.startswith("www.") else [host, f"www.{host}"]}
    elif not host and hosts:
        del limits["link"]
    return limits


def host_of(address: str) -> str:
    """ "newbook.example" from whatever was pasted; empty where there is none."""
    address = address.strip().lower()
    if not address:
        return ""
    return urlsplit(address if "//" in address else f"//{address}").hostname or ""


def _key(name: str) -> str:
    """A short name for addresses and files that no other platform has."""
    wished = slugify(name)[:40] or "platform"
    key, number = wished, 1
    while Platform.objects.filter(key=key).exists():
        number += 1
        key = f"{wished}-{number}"
    return key
