"""The registry: which file speaks to which kind of channel."""

from __future__ import annotations

from policy.models import Channel
from publishing.platforms.assisted import Assisted
from publishing.platforms.news_page import NewsPage
from publishing.platforms.shape import Platform
from publishing.platforms.wordpress import WordPress

PLATFORMS: dict[str, Platform] = {
    Channel.Way.NEWS_PAGE: NewsPage(),
    Channel.Way.WORDPRESS: WordPress(),
    Channel.Way.ASSISTED: Assisted(),
}


def platform_for(way: str) -> Platform:
    """The adapter for a channel's way. An unknown way is a programming error: KeyError."""
    return PLATFORMS[way]
