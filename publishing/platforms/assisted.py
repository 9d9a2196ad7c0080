"""Platforms a person posts to: GoLive never calls them, and says so in the adapter's own words."""

from __future__ import annotations

from typing import Any

from publishing.platforms.shape import (
    Account,
    AccountFacts,
    Capabilities,
    Content,
    Gone,
    Published,
    Rejected,
    Remember,
)


class Assisted:
    """Everything by hand; the record is the same as any other delivery's."""

    capabilities = Capabilities(read_back=False)

    def publish(
        self, content: Content, *, account: Account, remember: Remember, remembered: dict[str, Any]
    ) -> Published:
        """Never by machine."""
        raise Rejected("A person posts to this channel.")

    def find(
        self, content: Content, *, account: Account, remembered: dict[str, Any]
    ) -> Published | None:
        """GoLive cannot look there."""
        return None

    def take_down(self, remote_id: str, *, account: Account, remembered: dict[str, Any]) -> Gone:
        """Only a person can."""
        raise Rejected("GoLive cannot reach this platform. Take it down there, then say so here.")

    def test(self, account: Account) -> AccountFacts:
        """There is nothing to connect."""
        return AccountFacts(ok=True, sentence="A person posts to this channel from a package.")
