"""How long a yes counts: chosen on the draft, read by parents, said again before it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consents.actions import Said, record_many
from consents.models import Agreement, Way
from consents.wording import Document, Ends, Rule
from tests.consents.agreements.writing import published
from tests.consents.parents.at_home import home as made
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(trust: Any) -> Any:
    """Folake's yes about Ife on Facebook ends in three weeks, of answers that last a year."""
    family = made(trust)
    for_a_year = replace(Document.read(family.agreement.content), ends=Ends(Rule.YEARS, years=1))
    family.agreement = published(trust, for_a_year)
    record_many(
        said=[Said(trust.platform("facebook"), "photo", "yes")],
        child=family.ife,
        giver=family.folake,
        way=Way.PAPER,
        given_at=timezone.now() - timedelta(days=344),
        agreement=family.agreement,
        by=trust.connie,
    )
    return family


def test_how_long_a_yes_counts_is_chosen_on_the_draft(request, trust, home):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.cara)
    page.goto("/children/agreements/")
    press(page.get_by_role("button", name="Write the next version"))
    page.get_by_label("Until a fixed day").check()
    press(page.get_by_role("button", name="Keep this"))
    page.get_by_text("Write the last day.", exact=True).wait_for()
    look(page, "draft-without-a-day")
    page.get_by_label("Until the end of the key stage").check()
    page.get_by_label("Ask again so many weeks before").fill("4")
    press(page.get_by_role("button", name="Keep this"))
    page.get_by_text("The draft is kept.").wait_for()
    look(page, "draft-key-stage")
    press(page.get_by_role("button", name="Approve and publish"))
    page.get_by_text("is published. Nobody can change it now.").wait_for()
    made_now = Document.read(Agreement.objects.first().content)
    assert made_now.ends == Ends(Rule.STAGE, weeks=4)


def test_a_list_of_yeses_that_end_leads_to_asking_again(request, trust, home):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.connie)
    page.goto("/children/?school=oak")
    press(page.get_by_role("link", name="See whom to ask again"))
    page.get_by_role("link", name="Ife Adeyemi").wait_for()
    look(page, "list-ends-soon")
    press(page.get_by_role("link", name="Ask their parents"))
    chosen = page.locator("#id_whom option:checked").inner_text()
    assert chosen == "Parents whose yes ends soon or has ended"
    page.get_by_text("1 parent gets a mail").wait_for()
    look(page, "campaign-ends-soon")
    press(page.get_by_role("button", name="Send to 1 parent"))
    page.get_by_role("heading", name="How it stands").wait_for()


def test_the_parent_says_it_again_in_one_press(request, home):
    page = request.getfixturevalue("phone")
    page.goto(home.address())
    page.get_by_text("Some of your answers end soon.").wait_for()
    look(page, "parent-ends-soon")
    press(page.locator(f'button[value="{home.line(home.ife)}:yes"]'))
    page.get_by_text("Changed. It counts from now.").wait_for()
    assert page.get_by_text("Some of your answers end soon.").count() == 0
    assert home.ife.decisions.count() == 2


def test_before_answering_a_parent_reads_how_long_a_yes_counts(request, home):
    page = request.getfixturevalue("phone")
    page.goto(home.address(home.father))
    page.get_by_text("A yes counts for one year").first.wait_for()
    look(page, "parent-how-long")


def test_the_office_finds_the_last_day_filled_in(request, trust, home):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.connie)
    page.goto(f"/children/{home.ife.pk}/")
    assert page.get_by_label("Until and including").input_value()
    look(page, "child-last-day")
    page.goto(f"/children/{home.ife.pk}/parents/{home.folake.pk}/door/")
    page.get_by_text("A yes counts for one year").wait_for()
    look(page, "door-how-long")
    platform = trust.platform("facebook").pk
    page.goto(f"/children/class/?school=oak&class=4B&kind=photo&platform={platform}")
    look(page, "class-last-day")
