"""Asks the Chief Information Officer to let photos of a device be used all the same (R-065)."""

from __future__ import annotations

from django.db import transaction

from audit.actions import record
from policy.devices import trouble
from posts.actions import must_be_editable
from posts.errors import NotPossible
from posts.models import Picture
from posts.origins.rules import taken_at
from schools.actions import tell
from schools.clock import day
from schools.models import User
from schools.roles import Permission


@transaction.atomic
def ask(*, picture: Picture, by: User) -> None:
    """Tell whoever keeps the register: which device, which day. Neither post nor photo is shown to
    them; the exception is made on the device's own page."""
    post, device, taken = picture.post, picture.device, taken_at(picture)
    must_be_editable(post, by=by)
    if device is None or not trouble(device, uploaded_at=picture.uploaded_at, taken_at=taken):
        raise NotPossible("This photo needs no exception. Here is the post as it is now.")
    tell(
        list(User.objects.who_may(Permission.DEVICE_MANAGE, post.school)),
        subject="An exception is asked for: a photo of a personal device",
        body=f"{by.name} of {post.school.short_name} asks to use a photo of {device.called}"
        f"{f', taken {day(taken)}' if taken else ''}. It was not approved then.",
        path=f"/policy/devices/{device.pk}/",
    )
    record("device.exception_asked", device, by=by, school_id=post.school_id, picture=picture.pk)
