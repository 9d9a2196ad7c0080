"""Every text a post says something with, each with its place: the one door for whatever reads them.

A text that is seen in a picture joins here, and every check of names hears it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from posts.models import Picture, Wording
from posts.whole import WholePost


class Text(NamedTuple):
    """Words and where they stand: "title", "words", "alt" or "file"."""

    words: str
    place: str
    picture: int | None = None

    @property
    def is_label(self) -> bool:
        """The name of a file, where capitals and spaces say little."""
        return self.place == "file"


def texts_on(whole: WholePost, wording: Wording) -> Iterator[Text]:
    """What goes out on this channel: the title, its words with hashtags and links, the alt texts
    of the photos it shows. Empty ones left out."""
    every = [Text(whole.post.title, "title"), Text(whole.text_on(wording), "words")]
    every += [Text(p.alt_text, "alt", p.pk) for p in whole.shown_on(wording.channel)]
    return (text for text in every if text.words)


def file_name(picture: Picture) -> Text:
    """The name a photo came with. It never goes out, but it can tell who was overlooked."""
    return Text(picture.original_name, "file", picture.pk)
