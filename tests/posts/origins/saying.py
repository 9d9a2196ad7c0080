"""Shared by the tests about where photos come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from policy.findings import Finding
from posts.checks import check
from posts.models import Picture, Post
from posts.origins import actions
from tests.cast import Trusty


def photo_of(post: Post) -> Picture:
    """Its only photo."""
    return Picture.objects.select_related("post__school").get(post=post)


def say(trust: Trusty, post: Post, **said: Any) -> Picture:
    """Tessa says it of the only photo; what is not named stays as "we took it with the tablet"."""
    picture = photo_of(post)
    actions.say(picture=picture, said=replace(trust.ours, **said), by=trust.tessa)
    return photo_of(post)


def found(post: Post, *rules: str) -> list[Finding]:
    """What these rules say of it."""
    return [f for f in check(post).findings if f.rule in rules]


def told(post: Post, *rules: str) -> list[str]:
    """Their sentences."""
    return [f.message for f in found(post, *rules)]


def file_says(picture: Picture, *, taken: datetime | None = None, **facts: str) -> None:
    """As if the file had said so of its device."""
    if taken:
        facts["taken_at"] = timezone.localtime(taken).strftime("%Y:%m:%d %H:%M:%S")
    Picture.objects.filter(pk=picture.pk).update(facts=facts)


def switch(trust: Trusty, rule: str, *, on: bool) -> None:
    """As a policy that does not have this rule."""
    trust.policy.rules.filter(key=rule).update(on=on)
