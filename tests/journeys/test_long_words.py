"""A title or a link without a single space breaks no page."""

from __future__ import annotations

from typing import Any

import pytest

from approvals import actions as approvals
from policy.models import Platform
from posts.models import Post
from tests.cast import Trusty, declared
from tests.journeys.walking import look, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Aqueduct" * 14
LINK = "https://www.example.org/" + "a-very-long-address/" * 10
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """A browser, and the people made before anybody needs them."""
    trust.amira, trust.hana, trust.connie, trust.uma  # noqa: B018
    return request.getfixturevalue("phone")


@pytest.fixture
def draft(trust: Trusty) -> Post:
    """Everything in it is one long word."""
    return trust.draft(
        children=[trust.amira], channels=["news", "facebook"], title=TITLE, text=f"See {LINK}"
    )


def too_wide(page: Any, addresses: list[str]) -> dict[str, int]:
    """Which of these pages scroll sideways, and by how much."""
    found = {}
    for address in addresses:
        assert page.goto(address).status == 200, address
        if (over := page.evaluate(WIDER)) > 1:
            found[address] = over
    return found


def test_the_author_reads_no_page_that_scrolls_sideways(page, trust, draft):
    sign_in(page, trust.tessa)
    people = f"/posts/photos/{draft.pictures.get().pk}/people/"
    own = [f"/posts/{draft.pk}/edit/", people, f"/posts/{draft.pk}/", "/posts/"]
    assert too_wide(page, own) == {}


def test_the_previews_keep_their_width_beside_a_long_word(page, trust, draft):
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{draft.pk}/edit/")
    look(page, "long-words")
    widths = {round(view.bounding_box()["width"]) for view in page.locator(".view").all()}
    assert len(widths) == 1
    assert widths.pop() > 200


def test_the_head_reads_no_page_that_scrolls_sideways(page, trust, draft):
    submission = approvals.submit(post=draft, by=trust.tessa, declared=declared())
    sign_in(page, trust.hana)
    waits = ["/approvals/", f"/approvals/{submission.pk}/", "/posts/school/", "/notices/"]
    assert too_wide(page, waits) == {}


def test_whoever_posts_it_and_the_public_read_no_page_that_scrolls_sideways(page, trust, draft):
    submission = approvals.submit(post=draft, by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    trust.send_all()
    sign_in(page, trust.uma)
    by_hand, live = trust.delivery(draft, "facebook"), trust.delivery(draft)
    desk = ["/publishing/", "/publishing/wrong/"]
    rows = [f"/publishing/deliveries/{d.pk}/" for d in (by_hand, live)]
    public = ["/news/oak/", live.url.partition("/news/")[1] + live.url.partition("/news/")[2]]
    assert too_wide(page, [*desk, *rows, f"/publishing/deliveries/{live.pk}/why/", *public]) == {}


def test_a_long_name_stays_beside_its_first_mark(phone, trust):
    child = trust.child("Wolfeschlegelsteinhausen", "Bergerdorff-Smythe")
    sign_in(phone, trust.connie)
    phone.goto("/children/class/?school=oak&class=4B")
    look(phone, "long-names-class")
    line = phone.locator("tr", has_text="Wolfeschlegelsteinhausen")
    name, first = line.locator("th a").bounding_box(), line.locator("td").first.bounding_box()
    assert name["x"] + name["width"] <= first["x"] + 1
    assert child.form == "4B"


@pytest.mark.parametrize("address", ["/children/class/?school=oak&class=4B", "/children/"])
def test_a_table_wider_than_the_phone_fades_where_it_goes_on(phone, trust, address):
    assert Platform.objects.count() > 6
    trust.amira  # noqa: B018
    sign_in(phone, trust.connie)
    phone.goto(address)
    region = phone.locator(".scroll").first
    edge = "Number(getComputedStyle(document.querySelector('.scroll')).getPropertyValue('--edge'))"
    assert phone.evaluate(edge) < 0.5
    region.evaluate("one => one.scrollTo(one.scrollWidth, 0)")
    until(phone, f"{edge} === 1")
