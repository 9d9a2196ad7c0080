"""Word lists match whole words with their endings, see through disguises, and know exceptions."""

from __future__ import annotations

import pytest

from posts.words.wordlists import Reading, compiled, forms


def found(text: str, *entries: str, disguised: bool = False) -> list[str]:
    return [hit.text for hit in compiled(entries).find(Reading(text), disguised=disguised)]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("exclude", "Two were EXCLUDED"),
        ("exclude", "excluding"),
        ("injury", "several injuries"),
        ("injury", "Injury!"),
        ("stab", "a stabbing"),
        ("protest", "protesters"),
        ("strike", "strikers"),
        ("admissions appeal", "an admissions appeal"),
        ("Ofsted", "#Ofsted"),
        ("café", "at the cafe"),
        ("accident", "аccident"),  # a Cyrillic a
        ("accident", "acci\u200bdent"),
        ("bully*", "bullying"),
        ("%", "98% passed"),
    ],
)
def test_r_014_an_entry_matches_with_endings_and_look_alikes(entry: str, text: str) -> None:
    assert len(found(text, entry)) == 1


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("cunt", "Scunthorpe"),
        ("arse", "Arsenal, coarse, parsed"),
        ("exclude", "exclusive"),
        ("die", "the diet of worms"),
        ("admissions appeal", "admissions. We appeal"[:10]),
        ("=sad", "saddle, sadly"),
        ("tit", "title, Titus, titanic"),
    ],
)
def test_a_part_of_a_word_is_no_match(entry: str, text: str) -> None:
    assert found(text, entry) == []


def test_an_exception_excuses_only_what_stands_inside_it() -> None:
    entries = ("exclusion", "not: exclusion zone")
    assert found("The exclusion zone at Chernobyl", *entries) == []
    assert found("The exclusion zone, and an exclusion", *entries) == ["exclusion"]


@pytest.mark.parametrize("text", ["sh1t", "$hit", "s h i t", "s.h.i.t", "sh*t", "shiiiit", "SH!T"])
def test_r_105_an_obscenity_is_seen_in_disguise(text: str) -> None:
    assert found(f"what a {text} day", "shit", disguised=True)


@pytest.mark.parametrize("text", ["5 hits", "a hit", "Year 1 sh", "A B C D", "2* rating", "wow!!!"])
def test_an_ordinary_text_is_no_disguise(text: str) -> None:
    assert found(text, "shit", "ass", disguised=True) == []


def test_the_words_found_are_those_of_the_text_with_their_place() -> None:
    [hit] = compiled(("accident",)).find(Reading("An “Accident” happened"))
    assert (hit.entry, hit.text, hit.start, hit.end) == ("accident", "Accident", 4, 12)


def test_an_empty_list_finds_nothing() -> None:
    assert found("anything at all") == []


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("close", "closing"),
        ("close", "closed"),
        ("bully", "bullied"),
        ("fight", "fighting"),
        ("sad", "sadder"),
        ("death", "deaths"),
        ("parent", "parent's"),
    ],
)
def test_usual_endings(word: str, form: str) -> None:
    assert form in forms(word)
