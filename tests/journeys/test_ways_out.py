"""A refusal at writing time, mended with each way out that one press applies."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consents.models import Ask
from posts.models import Picture, Post
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFUSAL = "Tom R. cannot be shown on Facebook."


@pytest.fixture
def page(request: Any, trust: Any) -> Any:
    """Tessa's draft with Tom, who may be on the news page only, going to Facebook as well."""
    page = request.getfixturevalue("phone")
    trust.tom, trust.connie  # noqa: B018 (made before the browser looks for them)
    trust.draft(children=[trust.amira, trust.tom], channels=["news", "facebook"])
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="An aqueduct").first)
    page.get_by_text(REFUSAL).first.wait_for()
    return page


def _press(page: Any, name: str) -> None:
    press(page.get_by_role("button", name=name).first)


def _may_go(page: Any) -> bool:
    return bool(page.get_by_role("button", name=re.compile("Send to ")).is_enabled())


def test_until_it_is_mended_it_cannot_be_sent(page):
    look(page, "refused")
    assert not _may_go(page)


def test_leaving_the_photo_out_on_that_platform(page):
    _press(page, "Leave photo 1 out on Facebook")
    look(page, "left-out")
    assert _may_go(page)
    assert page.get_by_text("Left out on Facebook.", exact=False).last.is_visible()


def test_dropping_the_platform(page):
    _press(page, "Drop Facebook")
    assert _may_go(page)
    assert [w.channel.platform.key for w in Post.objects.get().wordings.all()] == ["news"]


def test_choosing_another_photo(page):
    _press(page, "Choose another photo")
    look(page, "another-photo")
    assert not Picture.objects.exists()
    assert _may_go(page)


def test_asking_the_parents(page, trust):
    _press(page, "Ask Tom’s parents")
    look(page, "asked")
    assert Ask.objects.get().child == trust.tom
    assert not _may_go(page), "asking is no answer"
    page.get_by_text("The office has been asked").first.wait_for()


def test_the_office_records_the_answer_and_the_draft_may_go(page, trust):
    _press(page, "Ask Tom’s parents")
    trust.says(trust.tom, "yes", [trust.platform("facebook")])
    page.reload()
    assert _may_go(page)
