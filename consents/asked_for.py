"""A platform that the trust added itself is asked for before anybody may say yes to it (R-011).

What ships with the program was asked for on paper before there was GoLive, so an old form counts
there. For a platform added since no such form can exist: a yes needs the version that asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from consents.errors import NotAllowed
from consents.models import Agreement, Answer, Kind
from consents.wording import Document
from consents.words import joined
from policy.models import Platform


def must_be_asked(said: Iterable[tuple[Platform, str, str]], agreement: Agreement | None) -> None:
    """Each yes (platform, kind, answer) about a pupil for an added platform answers a version that
    asks for it. Raises `NotAllowed`."""
    yeses = {(p, k) for p, k, answer in said if answer == Answer.YES and p.added_at is not None}
    if not yeses:
        return
    asks = set(Document.read(agreement.content if agreement else {}).asks)
    silent = sorted(
        {f"{p.name} ({Kind(k).label.lower()})" for p, k in yeses if (p.key, k) not in asks}
    )
    if silent:
        raise NotAllowed(
            f"Nothing is written down. The version of the agreement that was answered does not ask "
            f"about {joined(silent)}. Publish one that does, and ask with it."
        )
