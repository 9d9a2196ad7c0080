"""Where posts go: the school's own pages and websites, each with the eyes of the public."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from policy.models import Channel
from posts.models import Post
from publishing import connecting, sweeping
from publishing.content import account_for, content_for
from publishing.models import Delivery
from publishing.platforms import platform_for
from publishing.platforms.shape import Account, Content, Platform, Published
from tests.cast import Trusty


@dataclass
class Place:
    """One channel of Oak's, by the platform's key, and how the public reads it."""

    trust: Trusty
    key: str
    seen: Callable[[str], tuple[int, str]]
    signs_in: bool = True
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def platform(self) -> Platform:
        """The adapter, as the program finds it."""
        return platform_for(self.trust.channel(self.key).way)

    def due(self, **draft: Any) -> Delivery:
        """A delivery of an approved post to this place, not sent yet."""
        post: Post = self.trust.approved(channels=[self.key], **draft)
        sweeping.make_deliveries()
        return self.trust.delivery(post, self.key)

    def content(self, **draft: Any) -> Content:
        """Approved content, as the adapter is given it."""
        delivery = self.due(**draft)
        self.account = account_for(delivery)
        return content_for(delivery)

    def publish(self, content: Content, account: Account | None = None) -> Published:
        """As the program calls it; what it remembers stays for the next call."""
        return self.platform.publish(
            content,
            account=account or self.account,
            remember=self.known.update,
            remembered=dict(self.known),
        )

    def find(self, content: Content) -> Published | None:
        """As the program looks."""
        return self.platform.find(content, account=self.account, remembered=dict(self.known))

    def take_down(self, remote_id: str) -> None:
        """As the program takes it back."""
        self.platform.take_down(remote_id, account=self.account, remembered=dict(self.known))


def photos_on(page: str) -> list[tuple[str, str]]:
    """Address and alt text of each photo in the post itself, in order."""
    found = re.findall(r'<img[^>]*?src="([^"]*)"[^>]*?alt="([^"]*)"', page)
    return [(html.unescape(src), html.unescape(alt)) for src, alt in found]


def news_page(trust: Trusty) -> Place:
    """Oak's news page, read without signing in."""

    def seen(url: str) -> tuple[int, str]:
        answer = Client().get(urlsplit(url).path)
        body = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, body.decode(errors="replace")

    return Place(trust, "news", seen, signs_in=False)


def website(trust: Trusty, url: str, sign_in: tuple[str, str]) -> Place:
    """Oak's website, connected by the person who looks after channels."""
    channel = Channel.objects.create(
        school=trust.oak,
        platform=trust.platform("website"),
        name="Oak website",
        way=Channel.Way.WORDPRESS,
    )
    facts = connecting.connect(
        channel=channel, base_url=url, username=sign_in[0], secret=sign_in[1], by=trust.cara
    )
    assert facts.ok, facts.sentence

    def seen(url: str) -> tuple[int, str]:
        answer = requests.get(url, timeout=20, allow_redirects=False)
        return answer.status_code, answer.text

    return Place(trust, "website", seen)
