"""What happens between the Head's yes and the sending: withdrawn, edited, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from consents.actions import withdraw
from posts.lifecycle import State
from posts.models import Post
from tests.journeys.walking import look, press, sign_in, sign_out, tick_checklist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """A browser, and the people made before anybody needs them."""
    trust.amira, trust.hana, trust.connie  # noqa: B018
    return request.getfixturevalue("phone")


def test_withdrawn_between_approval_and_sending(page, trust):
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="An aqueduct").first)
    page.get_by_text("Amira K. cannot be shown on News page.").first.wait_for()
    look(page, "withdrawn-author")
    page.goto("/news/oak/")
    assert not page.get_by_text("We built a working aqueduct.").is_visible()
    post.refresh_from_db()
    assert post.state == State.RETURNED


def test_the_head_reads_why_it_was_not_sent(page, trust):
    post = trust.approved(children=[trust.amira])
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    trust.send_all()
    sign_in(page, trust.hana)
    page.goto(f"/posts/{post.pk}/")
    page.get_by_text("Amira K. cannot be shown on News page.").first.wait_for()
    look(page, "withdrawn-head")


def test_withdrawn_on_the_childs_page_by_whoever_said_so(page, trust):
    trust.approved(children=[trust.amira])
    sign_in(page, trust.connie)
    page.goto(f"/children/{trust.amira.pk}/")
    look(page, "child")
    page.get_by_label("What is taken back").select_option(label="Everything, everywhere")
    page.get_by_label("Phone", exact=True).check()
    press(page.get_by_role("button", name="Mother Khan withdraws"))
    look(page, "withdrawn-office")
    trust.send_all()
    page.goto("/news/oak/")
    assert not page.get_by_text("We built a working aqueduct.").is_visible()


def test_an_edit_after_approval_needs_a_new_decision(page, trust):
    post = trust.approved(children=[trust.amira])
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/")
    look(page, "approved-post")
    press(page.get_by_role("button", name="Take it back to change it"))
    page.get_by_label("For every channel").fill("We built a working aqueduct, twice.")
    page.get_by_label("For every channel").blur()
    page.wait_for_load_state("networkidle")
    trust.send_all()
    tick_checklist(page)
    press(page.get_by_role("button", name="Send to Hana Okafor"))
    sign_out(page)
    sign_in(page, trust.hana)
    press(page.get_by_role("link", name="An aqueduct").first)
    page.get_by_role("heading", name="What changed since last time").wait_for()
    look(page, "decide-again")
    assert page.locator("ins").inner_text().strip(" ,.") == "twice"
    assert Post.objects.get().state == State.SUBMITTED
