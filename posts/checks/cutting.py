"""The way out "Take it out": where the words stand that a check found, so that one press removes
exactly these and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from consents.words import joined
from policy.findings import Way
from posts.whole import WholePost

VERB = "take_out"
_OWNERS = ("’s", "'s")
_CLOSING = " .,;:!?)”’"


class Spot(NamedTuple):
    """Words in a text, as they were read: `text[start:end]`."""

    text: str
    start: int
    end: int


def ways_to_take_out(
    whole: WholePost, spots: Iterable[Spot], *, channel: int | None = None
) -> tuple[Way, ...]:
    """One way for each different phrase, for all its spots. `channel`: only what this channel says
    is changed; title and alt texts are every channel's. None where nothing can be cut."""
    found: dict[str, dict[str, str]] = {}
    for spot in spots:
        phrase = spot.text[spot.start : spot.end]
        for place, name in _places(whole, spot, channel):
            found.setdefault(phrase, {})[f"{place}.{spot.start}.{spot.end}"] = name
    return tuple(_way(phrase, stands) for phrase, stands in found.items())


def cut(text: str, start: int, end: int) -> str:
    """The text without these words, and without the ’s and the space they leave behind."""
    before, after = text[:start], text[end:]
    for owner in _OWNERS:
        after = after.removeprefix(owner)
    if (not before or before[-1].isspace()) and (not after or after[0] in _CLOSING):
        before, after = before.rstrip(" "), after if before.rstrip(" ") else after.lstrip(" ")
    return before + after


def mark_of(phrase: str) -> str:
    """What tells whether the same words still stand there."""
    return sha256(phrase.encode()).hexdigest()[:16]


def _way(phrase: str, stands: dict[str, str]) -> Way:
    return Way(
        f"Take out “{phrase}”",
        VERB,
        f"From {joined(list(dict.fromkeys(stands.values())))}; the rest stays",
        (("was", mark_of(phrase)), *(("spot", spot) for spot in stands)),
    )


def _places(whole: WholePost, spot: Spot, channel: int | None) -> Iterator[tuple[str, str]]:
    """Where a text is kept, and what to call that. The thanks under the words are not."""
    if spot.text == whole.post.title:
        yield "title", "the title"
    if channel is None and _is_of(spot, whole.post.text):
        yield "words", "the words"
    for wording in whole.wordings:
        own = wording.text if channel is None else wording.words()
        if channel in {None, wording.channel_id} and _is_of(spot, own):
            yield f"own-{wording.pk}", f"the words for {wording.channel.platform.name}"
    for number, picture in enumerate(whole.pictures, 1):
        if spot.text == picture.alt_text:
            yield f"alt-{picture.pk}", f"the alt text of photo {number}"


def _is_of(spot: Spot, kept: str) -> bool:
    return bool(kept) and spot.end <= len(kept) and spot.text.startswith(kept)
