"""A class in a photo, named one after the other with the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest

from posts.models import Appearance
from tests.cast import Trusty
from tests.journeys.walking import look, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIX = ["Amira Khan", "Tom Rees", "Rose Green", "Zofia Wolska", "Ella Novak", "Sam Ocean"]
FOCUS = "document.activeElement.id"


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """Tessa on the page of her photo."""
    page = request.getfixturevalue("phone")
    trust.amira, trust.tom, trust.rose, trust.zofia, trust.ella, trust.sam  # noqa: B018
    post = trust.draft(photos=1, channels=["news", "facebook", "x"])
    sign_in(page, trust.tessa)
    page.goto(f"/posts/photos/{post.pictures.get().pk}/people/")
    return page


def test_six_children_without_one_tab_between_them(page, trust):
    page.get_by_label("Pupil’s name").focus()
    for number, name in enumerate(SIX, 1):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.locator(f"ol.people > li:nth-child({number})").wait_for()
        assert page.evaluate(FOCUS) == "q"
        assert page.get_by_label("Pupil’s name").input_value() == ""
        assert f"{name} is in the list." in page.locator("#who-said").inner_text()
    assert [str(a.child) for a in Appearance.objects.order_by("pk")] == [
        str(child)
        for child in (trust.amira, trust.tom, trust.rose, trust.zofia, trust.ella, trust.sam)
    ]
    look(page, "six-named")


def test_the_field_stays_where_it_is_as_the_list_grows(page):
    field = page.get_by_label("Pupil’s name")
    before = field.evaluate("e => e.getBoundingClientRect().top + scrollY")
    for name in SIX[:3]:
        field.fill(name)
        page.keyboard.press("Enter")
        page.get_by_text(f"{name} is in the list.").wait_for()
    assert field.evaluate("e => e.getBoundingClientRect().top + scrollY") == before


def test_of_several_names_the_arrows_choose(page, trust):
    trust.child("Tom", "Archer")
    page.get_by_label("Pupil’s name").focus()
    page.keyboard.type("Tom")
    page.get_by_text("Tom Archer").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("Tom Rees is in the list.").wait_for()
    assert page.evaluate(FOCUS) == "q"


def test_who_is_taken_out_leaves_the_focus_on_the_list(page):
    page.get_by_label("Pupil’s name").focus()
    page.keyboard.type("Amira Khan")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Not in it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Nobody yet.").wait_for()
    assert page.evaluate(FOCUS) == "s-people"
