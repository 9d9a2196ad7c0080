"""A photo that is ready without the background worker, for tests that are not about photos."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from consents.models import Child
from policy.models import Device
from posts import picturing
from posts.models import Look, Picture, Post
from posts.origins.actions import we_took_them
from schools.models import User


def ready(post: Post, by: User, data: bytes, children: list[Child], device: Device) -> Picture:
    """One looked-at photo of these children, taken with this device; all declared."""
    sha = hashlib.sha256(data).hexdigest()
    picture = Picture(
        post=post,
        position=1,
        sha256=sha,
        working_sha256=sha,
        state=Picture.State.READY,
        width=640,
        height=480,
        uploaded_by=by,
        original_name="photo.jpg",
    )
    for field in (picture.original, picture.working, picture.medium, picture.thumb):
        field.save("photo.jpg", ContentFile(data), save=False)
    picture.save()
    Look.objects.create(picture=picture, state=Look.State.DONE, looked_at=timezone.now())
    we_took_them(post=post, device=device, by=by)
    for child in children:
        picturing.show_child(picture=picture, child=child, by=by)
    picturing.describe(picture=picture, alt_text="Pupils", is_decorative=False, by=by)
    picturing.declare(picture=picture, people_complete=True, nothing_readable=True, by=by)
    return picture
