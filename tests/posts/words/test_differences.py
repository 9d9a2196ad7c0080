"""One comma changed: what the Head is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.words.differences import differences


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Well done, all", "Well done all", [("removed", ",")]),
        ("Well done all", "Well done, all", [("added", ",")]),
        ("a good day", "a very good day", [("added", " very")]),
        ("at 3 pm", "at 4 pm", [("removed", " 3"), ("added", " 4")]),
        ("O’Brien won", "O’Neill won", [("removed", "O’Brien"), ("added", "O’Neill")]),
        ("one\ntwo", "one\n\ntwo", [("removed", "\n"), ("added", "\n\n")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("", "", []),
        ("same", "same", []),
    ],
)
def test_only_what_changed_is_shown_as_changed(
    old: str, new: str, changed: list[tuple[str, str]]
) -> None:
    assert [tuple(piece) for piece in differences(old, new) if piece.change != "same"] == changed


@given(st.text(), st.text())
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces if p.change != "added") == old
    assert "".join(p.text for p in pieces if p.change != "removed") == new
    assert all(p.text for p in pieces)
