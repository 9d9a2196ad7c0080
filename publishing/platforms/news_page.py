"""GoLive's own news page. The far end is a table of ours, so publishing twice is one item by
constraint, and looking is certain."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from posts.erasing import carry_out, remember
from publishing.models import Delivery, NewsItem, NewsPhoto
from publishing.platforms.shape import (
    Account,
    AccountFacts,
    Capabilities,
    Content,
    Gone,
    NotSent,
    Photo,
    Published,
    Rejected,
    Remember,
)

_WHICH = "That is not the address of a post on the news page, so GoLive cannot take it down."


class NewsPage:
    """Publishes by writing a `NewsItem`; the public views read it."""

    capabilities = Capabilities()

    def publish(
        self, content: Content, *, account: Account, remember: Remember, remembered: dict[str, Any]
    ) -> Published:
        """One item for this key, whatever happens; the second time it is found."""
        found = self.find(content, account=account, remembered=remembered)
        if found is not None:
            return found
        try:
            return _published(_create(content))
        except IntegrityError as error:
            if (made := self.find(content, account=account, remembered=remembered)) is not None:
                return made
            raise Rejected("This post was on the news page and has been taken down.") from error
        except OSError as error:
            raise NotSent("A photo could not be written on GoLive’s own disk.") from error

    def find(
        self, content: Content, *, account: Account, remembered: dict[str, Any]
    ) -> Published | None:
        """By our own key."""
        item = NewsItem.objects.live().filter(key=content.key).select_related("school").first()
        return _published(item) if item else None

    def take_down(self, remote_id: str, *, account: Account, remembered: dict[str, Any]) -> Gone:
        """Gone from page and feeds at once; the photo files are deleted."""
        item = _item(remote_id)
        if item is None:
            return Gone()
        photos = list(item.photos.all())
        with transaction.atomic():
            NewsItem.objects.filter(pk=item.pk, taken_down_at=None).update(
                taken_down_at=timezone.now()
            )
            item.photos.all().delete()
            files = remember(photo.file for photo in photos)
        carry_out(files)
        return Gone({"photos": len(photos)})

    def test(self, account: Account) -> AccountFacts:
        """Always there: it is part of GoLive."""
        return AccountFacts(ok=True, sentence="The news page is part of GoLive.")


def _create(content: Content) -> NewsItem:
    delivery = Delivery.objects.select_related("post").filter(key=content.key).first()
    if delivery is None:
        raise Rejected("This post is not on its way to the news page.")
    written: list[NewsPhoto] = []
    try:
        with transaction.atomic():
            item = NewsItem.objects.create(
                school_id=delivery.post.school_id,
                key=uuid.UUID(content.key),
                slug=_slug(content, delivery.pk),
                title=content.title or content.text[:80],
                text=content.text,
            )
            for position, photo in enumerate(content.photos, 1):
                written.append(_photo(item, position, photo))
                written[-1].save()
    except BaseException:
        # Files are not part of a transaction: what was written for a row that is not there goes.
        for row in written:
            row.file.delete(save=False)
        raise
    return item


def _photo(item: NewsItem, position: int, photo: Photo) -> NewsPhoto:
    row = NewsPhoto(
        item=item,
        position=position,
        sha256=photo.sha256,
        alt_text=photo.alt,
        width=photo.width,
        height=photo.height,
    )
    row.file.save(photo.file_name, ContentFile(photo.data), save=False)
    return row


def _slug(content: Content, number: int) -> str:
    """Readable and never taken: the delivery's own number ends it."""
    return f"{slugify(content.title or 'news')[:100] or 'news'}-{number}"


def _published(item: NewsItem) -> Published:
    path = reverse("news:item", args=[item.school.slug, item.slug])
    return Published(remote_id=str(item.pk), url=f"{settings.PUBLIC_URL}{path}")


def _item(remote_id: str) -> NewsItem | None:
    """By our number, or by its address where a person gave that. None: it is not there at all."""
    if remote_id.isdecimal() or not remote_id:
        return NewsItem.objects.filter(pk=int(remote_id or 0)).first()
    school, _, slug = urlsplit(remote_id).path.strip("/").rpartition("/")
    school = school.rpartition("/")[2]
    item = NewsItem.objects.filter(school__slug=school, slug=slug).first()
    if item is None:
        # Not "gone": an address that GoLive cannot read proves nothing.
        raise Rejected(_WHICH)
    return item
