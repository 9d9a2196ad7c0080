"""Photos added on the page, as Tessa would, and looked at as the background worker would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from posts import picturing
from posts.models import Picture, Post
from posts.models.pictures import private_storage
from posts.origins.actions import we_took_them
from posts.processing import process_waiting
from posts.spotting import spot_waiting
from schools.models import User
from tests.cast import Trusty


def signed_in(user: User) -> Client:
    """A browser in which they have signed in."""
    client = Client()
    client.force_login(user)
    return client


def sent(trust: Trusty, post: Post, *files: tuple[str, bytes], client: Client | None = None) -> Any:
    """Press "Add these photos" with these files."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    browser = client or signed_in(trust.tessa)
    return browser.post(f"/posts/{post.pk}/edit/", {"photos": uploads, "then": "stay"})


def added(trust: Trusty, data: bytes, name: str = "IMG_1.jpg") -> Picture:
    """One photo of a new draft, looked at."""
    post = trust.draft()
    assert sent(trust, post, (name, data)).status_code == 302
    looked_at()
    return post.pictures.get()


def looked_at() -> None:
    """The worker, until nothing waits."""
    while process_waiting() or spot_waiting():
        pass


def page(trust: Trusty, post: Post) -> str:
    """The composer's page as Tessa sees it."""
    answer: HttpResponse = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/")
    assert answer.status_code == 200
    return answer.content.decode()


def read(file: Any) -> bytes:
    """The bytes of a kept file."""
    with file.open("rb") as opened:
        data: bytes = opened.read()
    return data


def kept() -> set[str]:
    """Every private file on disk."""
    root = Path(settings.GOLIVE_DATA_DIR) / "private"
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}


def show(trust: Trusty, post: Post, data: bytes, name: str = "IMG_1.jpg") -> Picture:
    """A photo of Amira, everything about it said, in a post that can go to the Head."""
    made = picturing.add(post=post, files=[SimpleUploadedFile(name, data)], by=trust.tessa)[0]
    looked_at()
    we_took_them(post=post, device=trust.camera, by=trust.tessa)
    picture = Picture.objects.get(pk=made.pk)
    picturing.show_child(picture=picture, child=trust.amira, by=trust.tessa)
    picturing.describe(picture=picture, alt_text="A model", is_decorative=False, by=trust.tessa)
    picturing.declare(picture=picture, people_complete=True, nothing_readable=True, by=trust.tessa)
    return picture


def on_disk(name: str) -> Path:
    """Where a kept file lies."""
    return Path(private_storage().path(name))
