"""Repeated tapping through is said to the Head in kind words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from posts.models import WarningAnswer
from posts.tapping import sentences

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def said(*words: str, apart: int = 300) -> list[WarningAnswer]:
    """Newest first."""
    return [
        WarningAnswer(words=w, at=NOW - timedelta(seconds=apart * n)) for n, w in enumerate(words)
    ]


def test_the_same_short_answer_again_and_again_is_said() -> None:
    [sentence] = sentences("Tessa", said(*["ok"] * 5, "The flower"))
    assert "“ok” to 5 of the last 6" in sentence


def test_different_answers_of_a_word_are_said() -> None:
    [sentence] = sentences("Tessa", said("ok", "fine", "n/a", "yes", "done", "The flower"))
    assert "5 of Tessa’s last 6" in sentence


def test_answers_within_seconds_are_said() -> None:
    answers = said(*[f"The flower in garden {n}" for n in range(7)], apart=2)
    [sentence] = sentences("Tessa", answers)
    assert "6 of the last 7 answers within seconds" in sentence


def test_thoughtful_answers_say_nothing() -> None:
    assert sentences("Tessa", said(*[f"The flower in garden {n}" for n in range(20)])) == []


def test_the_same_long_answer_is_no_tapping() -> None:
    assert sentences("Tessa", said(*["Rose is the flower, nobody’s name"] * 8)) == []


def test_nobody_is_judged_by_four_answers() -> None:
    assert sentences("Tessa", said(*["ok"] * 4, apart=1)) == []


def test_no_answers_say_nothing() -> None:
    assert sentences("Tessa", []) == []
