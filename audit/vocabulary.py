"""What each kind of event means, in plain words: each room says its own in a module `events`.

From these comes the page "What we record about you" (R-052). A kind of event that nobody has
described fails a test, so the page cannot fall behind the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One subject of the page: its heading and what is recorded, each by its kind of event."""

    heading: str
    words: Mapping[str, str]


_subjects: list[Subject] = []


def describe(heading: str, words: Mapping[str, str]) -> None:
    """Say what these kinds of event mean, each as somebody would go on after a name: "started a
    post". Raises `ValueError` for a kind that is described twice."""
    known = set(described())
    twice = sorted(known & set(words))
    if twice:
        raise ValueError(f"Described twice: {', '.join(twice)}.")
    _subjects.append(Subject(heading, words))


def described() -> dict[str, str]:
    """Every kind of event with its words."""
    return {verb: words for subject in _subjects for verb, words in subject.words.items()}


def subjects() -> list[Subject]:
    """All of it by subject, in the order of the rooms."""
    return list(_subjects)
