"""Connie brings in a file, and writes down answers for a class; Uma posts by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from consents.imports.running import run_imports
from consents.models import Child
from posts.models import Post
from publishing.lifecycle import DeliveryState
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLE = Path(__file__).parents[1] / "consents" / "imports" / "files" / "sample.csv"


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def _read_it() -> None:
    while run_imports():
        pass


def test_a_file_is_looked_at_and_brought_in(page, trust):
    sign_in(page, trust.connie)
    page.goto("/children/imports/")
    look(page, "import")
    page.locator("input[type=file]").set_input_files(SAMPLE)
    press(page.get_by_role("button", name="Send it and look at it first"))
    _read_it()
    page.reload()
    look(page, "import-dry-run")
    assert not Child.objects.exists(), "nothing is brought in before she looked"
    for box in page.locator("input[name=accept]").all():
        box.check()
    press(page.get_by_role("button", name="Bring these rows in"))
    _read_it()
    page.reload()
    look(page, "import-done")
    page.get_by_role("heading", name="What is left to do").wait_for()
    assert Child.objects.exists()


def test_answers_of_a_whole_class_are_written_down_in_one_grid(page, trust):
    trust.rose, trust.connie  # noqa: B018 (made before the browser looks for them)
    sign_in(page, trust.connie)
    page.goto("/children/")
    look(page, "children")
    page.goto("/children/class/?form=4B")
    look(page, "class")
    assert page.get_by_text("Rose").first.is_visible()


def test_uma_posts_by_hand_and_gives_the_link(page, trust):
    trust.uma  # noqa: B018
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    trust.send_all()
    sign_in(page, trust.uma)
    look(page, "to-post")
    press(page.get_by_role("link", name="An aqueduct").first)
    look(page, "delivery")
    press(page.get_by_role("button", name="Open the package to post it"))
    look(page, "package")
    assert page.get_by_label("Words").input_value() == "We built a working aqueduct."
    page.get_by_label("I posted it. Its link:").fill("https://oak.example/not-facebook")
    press(page.get_by_role("button", name="I posted it"))
    assert trust.delivery(post, "facebook").state == DeliveryState.SENDING, (
        "a wrong link is no link"
    )
    page.get_by_label("I posted it. Its link:").fill("https://www.facebook.com/oak/posts/123")
    press(page.get_by_role("button", name="I posted it"))
    look(page, "posted")
    press(page.get_by_role("link", name="Why was this allowed?"))
    look(page, "why")
    assert Post.objects.get().state == "closed"
