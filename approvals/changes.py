"""What is different between two submissions of one post, in the reader's words.

Compared is the frozen content, channel by channel: what only one of the two went to says nothing
about the words or the photos.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consents.words import joined
from posts.words.differences import Piece, differences

Content = dict[str, Any]


@dataclass(frozen=True)
class WordsChanged:
    """The words on some channels, before and now."""

    where: str
    pieces: list[Piece]


def changed(before: Content, now: Content) -> list[str]:
    """What is not as it was, as parts of a sentence."""
    return [name for name, differ in _ASPECTS if differ(before, now)]


def sentence(before: Content, now: Content) -> str:
    """ "The words changed. The photos, people, channels and time are the same." """
    new = changed(before, now)
    same = [name for name, _ in _ASPECTS if name not in new]
    if not new:
        return "Nothing changed: it is exactly what was there before."
    said = f"{_start(joined(new))} changed."
    if not same:
        return said
    return f"{said} {_start(joined(same))} {'is' if same == ['the time'] else 'are'} the same."


def words_changed(before: Content, now: Content, names: dict[int, str]) -> list[WordsChanged]:
    """Word by word, once for all channels that say the same. `names` are the channels'."""
    found: dict[tuple[str, str], list[str]] = {}
    if before["title"] != now["title"]:
        found[(before["title"], now["title"])] = ["Title"]
    old, new = _texts(before), _texts(now)
    for channel in _common(before, now):
        if old[channel] != new[channel]:
            name = names.get(channel, "A channel")
            found.setdefault((old[channel], new[channel]), []).append(name)
    return [
        WordsChanged(joined(where), differences(one, other))
        for (one, other), where in found.items()
    ]


def _start(words: str) -> str:
    return words[0].upper() + words[1:]


def _parts(content: Content) -> dict[int, Content]:
    return {part["channel"]: part for part in content["channels"]}


def _texts(content: Content) -> dict[int, str]:
    return {channel: part["text"] for channel, part in _parts(content).items()}


def _common(before: Content, now: Content) -> list[int]:
    here = _parts(before).keys() & _parts(now).keys()
    return [part["channel"] for part in now["channels"] if part["channel"] in here]


def _words(before: Content, now: Content) -> bool:
    old, new = _texts(before), _texts(now)
    here = _common(before, now)
    if not here and set(old.values()) != set(new.values()):
        return True
    return before["title"] != now["title"] or any(old[c] != new[c] for c in here)


def _photos(before: Content, now: Content) -> bool:
    old, new = _parts(before), _parts(now)
    # Told only where both were asked: what was frozen earlier says nothing of it.
    if "origins" in before and "origins" in now and before["origins"] != now["origins"]:
        return True
    return any(_shown(old[channel]) != _shown(new[channel]) for channel in _common(before, now))


def _shown(part: Content) -> list[tuple[int, str, str, bool]]:
    return [(p["picture"], p["sha256"], p["alt"], p["decorative"]) for p in part["photos"]]


def _people(before: Content, now: Content) -> bool:
    if (before["people"], before["named"]) != (now["people"], now["named"]):
        return True
    # Told only where both say it: who can be seen where, after covering and cropping.
    old, new = _seen(before), _seen(now)
    both = [channel for channel in _common(before, now) if channel in old and channel in new]
    return any(old[channel] != new[channel] for channel in both)


def _seen(content: Content) -> dict[int, Any]:
    return {part["channel"]: part["people"] for part in content.get("seen", [])}


def _where(before: Content, now: Content) -> bool:
    return _parts(before).keys() != _parts(now).keys()


def _time(before: Content, now: Content) -> bool:
    return bool(before["goes_out_at"] != now["goes_out_at"])


_ASPECTS: tuple[tuple[str, Callable[[Content, Content], bool]], ...] = (
    ("the words", _words),
    ("the photos", _photos),
    ("the people", _people),
    ("the channels", _where),
    ("the time", _time),
)
