"""Verbs about where photos come from. Content: each raises the post's revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from policy.models import Device, Logo
from posts.actions import must_be_editable, touch
from posts.errors import NotPossible
from posts.models import Picture, Post
from posts.origins import deleting
from schools.models import User


@dataclass(frozen=True)
class Said:
    """What the author says of one photo. See `posts.models.origins`."""

    rights: str = ""
    evidence: str = ""
    credit: str = ""
    device: Device | None = None
    device_kind: str = ""
    altered: str = ""
    logo_shown: str = ""
    logo: Logo | None = None
    has_document: bool = False
    face_clear: bool | None = None


# What photos of one shoot, or of one library, share.
SHARED = ("rights", "evidence", "credit", "device", "device_kind")


@transaction.atomic
def say(*, picture: Picture, said: Said, by: User) -> bool:
    """Say it of one photo; returns whether anything changed."""
    must_be_editable(picture.post, by=by)
    _must_fit(picture.post, said)
    return _keep(picture.post, [picture], said, [f.name for f in fields(said)], by)


@transaction.atomic
def say_of_all(*, post: Post, said: Said, by: User) -> bool:
    """Say whose every photo of the post is and what took it; what each shows stays its own."""
    must_be_editable(post, by=by)
    _must_fit(post, said)
    return _keep(post, post.pictures.all(), said, SHARED, by)


@transaction.atomic
def we_took_them(
    *, post: Post, by: User, device: Device | None = None, device_kind: str = ""
) -> int:
    """In one press: the photos of which nothing is said yet are ours, taken with this device.
    Returns how many they were."""
    must_be_editable(post, by=by)
    said = Said(rights=Picture.Rights.OURS, device=device, device_kind=device_kind)
    _must_fit(post, said)
    pictures = list(post.pictures.filter(rights=""))
    _keep(post, pictures, said, SHARED, by)
    return len(pictures)


def usable_devices(post: Post) -> QuerySet[Device]:
    """What a photo of this post can be said to be taken with: the school's and the trust's."""
    here = Device.objects.used_at(post.school_id).in_use(timezone.now())
    return here.select_related("owner")


def last_device(by: User) -> int | None:
    """The device this person named last."""
    named = Picture.objects.filter(origin_said_by=by, device__isnull=False)
    found: int | None = (
        named.order_by("-origin_said_at", "-pk").values_list("device", flat=True).first()
    )
    return found


def _must_fit(post: Post, said: Said) -> None:
    """Devices and logos of this school or the whole trust (P8)."""
    rows = (said.device, said.logo)
    if any(row and row.school_id not in {None, post.school_id} for row in rows):
        raise NotPossible("That belongs to another school.")
    if (said.logo is None) == (said.logo_shown == Picture.LogoShown.LIBRARY):
        raise NotPossible("Choose the logo from the brand library.")


def _keep(
    post: Post, pictures: Iterable[Picture], said: Said, names: Iterable[str], by: User
) -> bool:
    new = {name: _cleaned(getattr(said, name)) for name in names}
    changed = []
    for picture in pictures:
        if any(getattr(picture, name) != value for name, value in new.items()):
            picture.post = post
            _write(picture, new, by)
            changed.append(picture)
    if changed:
        touch(post, by=by, what="origin", pictures=[p.pk for p in changed])
        deleting.follow(changed, by=by)
    return bool(changed)


def _write(picture: Picture, new: dict[str, object], by: User) -> None:
    for name, value in new.items():
        setattr(picture, name, value)
    picture.origin_said_by, picture.origin_said_at = by, timezone.now()
    picture.save(update_fields=[*new, "origin_said_by", "origin_said_at"])


def _cleaned(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value
