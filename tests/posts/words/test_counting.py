"""Every platform counts in its own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.words.counting import as_graphemes, as_utf16, as_x, count, in_bytes, problems
from posts.words.links import links

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WAVING = "\U0001f44b\U0001f3fd"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
BRITAIN = "\U0001f1ec\U0001f1e7"

X = {"text": {"method": "x", "max": 280}}
BLUESKY = {"text": {"method": "graphemes", "max": 300, "max_bytes": 3000}}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Year 4 built an aqueduct.", 25),
        ("caf\u00e9", 4),
        ("cafe\u0301", 4),  # the accent on its own is joined before counting
        ("“Well done” – ’twas fun…", 25),  # only the ellipsis weighs two
        ("李明", 4),
        ("สวัสดี", 6),
        ("⭐", 2),
        ("Star ⭐⭐", 9),
        (FAMILY, 2),
        (WAVING, 2),
        (BRITAIN, 2),
        (ENGLAND, 2),
        ("1\ufe0f\u20e3", 2),
        ("#Year4 1*", 9),  # digits and hash alone are no emoji
        ("❤\ufe0f", 2),
        (f"{FAMILY}{BRITAIN}a", 5),
        ("line\nline", 9),
    ],
)
def test_x_weighs_letters_one_and_emoji_two(text: str, length: int) -> None:
    assert as_x(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("https://oakprimary.sch.uk", 23),
        ("https://oakprimary.sch.uk/news/a-very-long-address/that/never?ends=here&now=2", 23),
        ("oakprimary.sch.uk", 23),
        ("Read oakprimary.sch.uk/news.", 29),
        ("(https://oakprimary.sch.uk/news)", 25),
        ("https://example.org/Year_(film)", 23),
        ("two https://a.uk https://b.org/x", 51),
        ("office@oakprimary.sch.uk", 24),  # a mail address is no link
        ("done.Next", 9),
        ("Mr.Khan", 7),
        ("at 3.30pm", 9),
        ("https://nowhere", 15),
        ("http://münchen.de", 23),
        ("例えばexample.com、", 31),
    ],
)
def test_x_counts_every_link_as_23(text: str, length: int) -> None:
    assert as_x(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("cafe\u0301", 4),
        (FAMILY, 1),
        (BRITAIN * 2, 2),
        ("\r\n", 1),
        ("नमस्ते", 3),
    ],
)
def test_graphemes_are_what_a_reader_calls_characters(text: str, length: int) -> None:
    assert as_graphemes(text) == length


@pytest.mark.parametrize(
    ("text", "length"), [("abc", 3), ("⭐", 1), ("\U0001f31f", 2), (FAMILY, 11)]
)
def test_utf16_counts_as_phones_do(text: str, length: int) -> None:
    assert as_utf16(text) == length


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_bytes_are_those_of_utf8(text: str) -> None:
    assert in_bytes(text) == len(text.encode())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf16_units_are_those_of_utf16(text: str) -> None:
    assert as_utf16(text) == len(text.encode("utf-16-le")) // 2


@given(st.text())
def test_no_text_breaks_a_count(text: str) -> None:
    assert min(as_x(text), as_graphemes(text), as_utf16(text), in_bytes(text)) >= 0


@given(st.text(), st.text())
def test_links_lie_inside_the_text_in_order(left: str, right: str) -> None:
    text = f"{left} oakprimary.sch.uk {right}"
    places = [place for link in links(text) for place in link]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_a_text_that_fits_says_how_much_room_it_takes() -> None:
    found = count("Year 4 built an aqueduct.", X)
    assert found is not None
    assert (found.length, found.left, found.fits) == (25, 255, True)
    assert found.words == "25 of 280 characters"


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    found = count("a" * 291, X)
    assert found is not None
    assert found.words == "11 characters too long"


def test_a_platform_without_a_limit_counts_nothing() -> None:
    assert count("a", {}) is None
    assert problems("a" * 100_000, {"photos": {"max": 4}}) == []


@pytest.mark.parametrize(
    ("text", "limits", "said"),
    [
        ("a" * 280, X, []),
        ("a" * 281, X, ["1 character too long"]),
        ("李" * 150, X, ["20 characters too long"]),
        ("a" * 301, BLUESKY, ["1 character too long"]),
        (FAMILY * 130, BLUESKY, ["250 bytes too long"]),
        ("é" * 2_600, {"text": {"method": "bytes", "max": 5000}}, ["200 bytes too long"]),
        ("#a " * 31, {"hashtags": {"max": 30}}, ["31 hashtags, at most 30"]),
        ("#1 a#b &#x /#c " * 31, {"hashtags": {"max": 30}}, []),
        ("@oak " * 21, {"mentions": {"max": 20}}, ["21 accounts mentioned, at most 20"]),
    ],
)
def test_what_a_platform_refuses_is_said_in_plain_words(
    text: str, limits: dict[str, dict[str, int]], said: list[str]
) -> None:
    assert problems(text, limits) == said
