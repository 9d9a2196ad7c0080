"""From the approved content to what an adapter is given: the very bytes, checked by their hash."""

from __future__ import annotations

import hashlib
from typing import Any

from posts.models import Rendition
from publishing.models import Connection, Delivery
from publishing.platforms.shape import Account, Content, Photo, Rejected
from publishing.secrets import Unreadable


class NotTheApprovedBytes(RuntimeError):
    """A photo's file is missing or is not the one that was approved. Nothing is sent."""


def channel_part(delivery: Delivery) -> dict[str, Any]:
    """What was approved for this channel, from the frozen submission."""
    for part in delivery.submission.content["channels"]:
        if part["channel"] == delivery.channel_id:
            return dict(part)
    raise NotTheApprovedBytes("This channel is not part of what was approved.")


def content_for(delivery: Delivery) -> Content:
    """The content as an adapter takes it. Raises `NotTheApprovedBytes`."""
    part = channel_part(delivery)
    return Content(
        key=str(delivery.key),
        title=delivery.submission.content["title"],
        text=part["text"],
        photos=tuple(_photo(photo) for photo in part["photos"]),
        language="en-GB",
    )


def account_for(delivery: Delivery) -> Account:
    """The channel's credentials; empty ones for channels that need none.

    Raises `Rejected` when they cannot be read: the channel must be connected again.
    """
    connection = Connection.objects.filter(channel=delivery.channel_id).first()
    if connection is None:
        return Account(base_url="", username="", secret="")
    if isinstance(connection.secret, Unreadable):
        raise Rejected("Connect this channel again: its key has been retired.", reconnect=True)
    return Account(
        base_url=connection.base_url, username=connection.username, secret=connection.secret
    )


def photo_bytes(photo: dict[str, Any]) -> bytes:
    """The rendition's bytes, proved to be the approved ones."""
    rendition = Rendition.objects.filter(pk=photo["rendition"]).first()
    if rendition is None:
        raise NotTheApprovedBytes("A photo that was approved is no longer there.")
    try:
        with rendition.file.open("rb") as file:
            data: bytes = file.read()
    except OSError as error:
        raise NotTheApprovedBytes("A photo that was approved is no longer there.") from error
    if hashlib.sha256(data).hexdigest() != photo["sha256"]:
        raise NotTheApprovedBytes("A photo is no longer the one that was approved.")
    return data


def _photo(photo: dict[str, Any]) -> Photo:
    return Photo(
        data=photo_bytes(photo),
        media_type="image/jpeg",
        file_name=photo["file_name"],
        alt=photo["alt"],
        decorative=photo["decorative"],
        sha256=photo["sha256"],
        width=photo["width"],
        height=photo["height"],
    )
