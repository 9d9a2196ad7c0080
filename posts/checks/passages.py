"""The texts of a post that the public will read, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from consents.words import joined
from posts.whole import WholePost


@dataclass(frozen=True)
class Passage:
    """One text. `where` goes into a sentence: "the title", "the words for X"."""

    text: str
    where: str
    channels: tuple[int, ...] = ()
    picture: int | None = None


def passages(whole: WholePost) -> list[Passage]:
    """Title, words (once for all channels that say the same) and alt texts. No query."""
    found = [Passage(whole.post.title, "the title")] if whole.post.title else []
    words: dict[str, list[int]] = {}
    for wording in whole.wordings:
        words.setdefault(whole.text_on(wording), []).append(wording.channel_id)
    # Before a channel is chosen the common words are there already.
    if whole.post.text and not whole.wordings:
        words[whole.post.text] = []
    names = {channel.pk: channel.platform.name for channel in whole.channels}
    for text, channels in words.items():
        own = len(words) > 1
        where = f"the words for {joined([names[pk] for pk in channels])}" if own else "the words"
        if text:
            found.append(Passage(text, where, tuple(channels) if own else ()))
    for number, picture in enumerate(whole.pictures, 1):
        if picture.alt_text and not picture.is_decorative:
            where = f"the alt text of photo {number}"
            found.append(Passage(picture.alt_text, where, picture=picture.pk))
    return found
