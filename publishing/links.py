"""Is this the address of a post on that platform? Checked by host and path, before it is kept."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from policy.models import Channel
from posts.errors import NotPossible


def check_link(url: str, channel: Channel) -> None:
    """Raise `NotPossible` with what to paste instead. Nothing is fetched."""
    name = channel.platform.name
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        host = ""
    if not host or parts.scheme != "https" or "@" in parts.netloc:
        raise NotPossible(f"Paste the full link of the post on {name}, starting with https://.")
    hosts = channel.platform.limit("link", "hosts", default=[])
    own = (urlsplit(channel.address).hostname or "").lower()
    if hosts and host not in hosts:
        raise NotPossible(f"That link leads to {host}. Paste the link of the post on {name}.")
    if not hosts and own and host != own:
        raise NotPossible(f"That link leads to {host}, not to {own}.")
    pattern = channel.platform.limit("link", "path")
    if pattern and not re.match(pattern, parts.path):
        raise NotPossible(
            f"That looks like a page of {name}, not like one post. Open the post and copy its link."
        )
