"""How often ordinary school captions are warned about, and how much of what should be is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.demo.captions import elm, oak, oak_more, oak_others, oak_staff, willow
from config.demo.captions.story import Story
from policy.presets import files
from posts.words.details import details
from posts.words.wordlists import Reading, compiled

_LINES = (Path(__file__).parent / "captions.txt").read_text().splitlines()
LABELLED = [tuple(line.split(" | ", 1)) for line in _LINES if not line.startswith("#")]
ORDINARY = [text for label, text in LABELLED if label == "-"]
MARKED = [(label, text) for label, text in LABELLED if label != "-"]
WORDS = files.preset("sovereign").words


def warned(text: str) -> set[str]:
    """Sorts and lists that would warn. A routine warns only where a child is shown or named."""
    reading = Reading(text)
    found = {detail.sort.name.lower() for detail in details(text)}
    for name, entries in WORDS.items():
        if compiled(tuple(entries)).find(reading, disguised=name == "offence"):
            found.add(name)
    return found


def demo_captions() -> set[str]:
    """What the demo's staff write: by another hand than the lists."""
    modules = (elm, oak, oak_more, oak_others, oak_staff, willow)
    lists = [value for module in modules for value in vars(module).values()]
    stories = [s for one in lists if isinstance(one, list) for s in one if isinstance(s, Story)]
    texts = {text for s in stories for text in (s.title, s.text, s.short)}
    return (texts | {shot.alt for s in stories for shot in s.shots}) - {""}


def test_the_lists_are_shipped_and_short() -> None:
    assert all(0 < len(entries) <= 150 for entries in WORDS.values())


@pytest.mark.parametrize("text", ORDINARY)
def test_r_014_an_ordinary_caption_is_left_alone(text: str) -> None:
    assert warned(text) == set()


@pytest.mark.parametrize(("label", "text"), MARKED)
def test_r_014_what_should_be_warned_about_is_seen(label: str, text: str) -> None:
    assert label in warned(text)


def test_of_the_demo_s_captions_fewer_than_one_in_fifty_is_warned_about() -> None:
    texts = demo_captions()
    alarmed = [text for text in texts if warned(text) - {"routine"}]
    assert len(texts) > 150
    assert len(alarmed) * 50 < len(texts), alarmed
