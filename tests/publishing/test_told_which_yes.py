"""A parent reads of each post that is live which of their answers it is there with (R-146, R-147):
so they know beforehand what changing just that one takes down."""

from __future__ import annotations

import pytest
from django.test import Client

from consents.models import Kind
from publishing.reviewing import review_live
from tests.consents.parents.at_home import Home
from tests.consents.parents.at_home import home as made
from tests.publishing.test_told_to_parents import GOING, STANDS, by_hand, listed, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(trust) -> Home:
    """Folake said yes for Ife on two platforms: to photos, and to the full name."""
    home = made(trust)
    lines = [
        home.line(home.ife, key, kind)
        for key in ("news", "facebook")
        for kind in (Kind.PHOTO, Kind.FULL_NAME)
    ]
    home.sends(home.address(), **dict.fromkeys(lines, "yes"))
    return home


def changes_to_no(home: Home, key: str, kind: str) -> None:
    pressed = f"{home.line(home.ife, key, kind)}:no"
    Client().post(home.address(), {"version": home.agreement.pk, "set": pressed})


def test_a_photo_alone_is_there_with_the_yes_to_photos(home):
    home.trust.published(children=[home.ife])
    [line] = listed(home)
    assert "Ife: Photo See it" in line


def test_a_post_that_names_the_child_is_there_with_both(home):
    home.trust.published(children=[home.ife], text="Ife Adeyemi built it.")
    [line] = listed(home)
    assert "Ife: Photo, Full name See it" in line


def test_the_first_name_is_there_with_the_yes_to_the_full_one(home):
    home.trust.published(children=[home.ife], text="Ife built it.")
    [line] = listed(home)
    assert "Ife: Photo, Full name See it" in line


def test_it_comes_down_because_of_what_was_changed_alone(home):
    by_hand(home, home.ife, text="Ife Adeyemi built it.")
    changes_to_no(home, "facebook", Kind.FULL_NAME)
    assert GOING in said(home)
    [line] = listed(home)
    assert "Ife: Full name See it" in line
    assert review_live() == 1


def test_what_does_not_need_it_stays(home):
    home.trust.published(children=[home.ife])
    changes_to_no(home, "news", Kind.FULL_NAME)
    assert STANDS in said(home)
    assert review_live() == 0


def test_of_another_parents_yes_nothing_is_told(home):
    """Ade said yes to the name of Tobi, and Folake to his photo alone."""
    home.sends(home.address(), **{home.line(home.tobi, "news"): "yes"})
    home.sends(home.address(home.father), **{home.line(home.tobi, "news", Kind.FULL_NAME): "yes"})
    home.trust.published(children=[home.tobi], text="Tobi Adeyemi built it.")
    [line] = listed(home)
    assert "Tobi: Photo See it" in line
