"""A conflict on the pupil's page: whose word, what counts, and what mends it; for the office."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consents import links, renewal
from consents.actions import set_hold
from consents.coverage import Scope, Tally, pupils_who
from consents.models import ConsentDecision, Guardianship, Kind, Parent, Way
from consents.states import Standing, standings
from schools.actions import grant_role
from schools.roles import Role
from tests.approvals.pages import words
from tests.consents.agreements.writing import published
from tests.consents.asking import may

pytestmark = pytest.mark.django_db
HEADING = "They gave different answers"


@pytest.fixture
def block(trust, signed_in):
    """`block(trust.ife)`: what Connie reads there, or nothing."""

    def read(child, who: str = "connie") -> str:
        page = signed_in(getattr(trust, who)).get(f"/children/{child.pk}/").content.decode()
        found = re.search(r'<section[^>]*id="s-differ".*?</section>', page, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""

    return read


def test_it_says_whose_word_stands_against_whose(trust, block):
    said = block(trust.ife)
    assert HEADING in said
    assert "Photo on every platform" in said
    assert re.search(r"No , Father Adeyemi .* Yes , Mother Adeyemi", said)


def test_it_says_what_counts_now(trust, block):
    assert "A no wins: while it stands, it counts as no." in block(trust.ife)
    assert not may(trust.ife)


def test_what_they_differ_on_is_told_platform_by_platform(trust, block):
    places = [trust.platform("facebook"), trust.platform("x")]
    trust.says(trust.rose, "yes", places)
    trust.says(trust.rose, "no", places, giver=trust.parent(trust.rose, "Father"))
    assert "Photo on Facebook and X" in block(trust.rose)


def test_its_press_leads_to_the_door_with_that_parent_chosen(trust, signed_in):
    father = trust.ife.guardianships.get(relationship="Father").parent
    page = signed_in(trust.connie).get(f"/children/{trust.ife.pk}/").content.decode()
    [address] = re.findall(r'href="([^"]+)"[^>]*>Write down what Father Adeyemi says now', page)
    assert address == reverse("consents:door", args=[trust.ife.pk, father.pk])
    published(trust)
    assert "Choose what Father Adeyemi says" in words(signed_in(trust.connie).get(address))


def test_writing_down_what_one_says_now_mends_it(trust, block):
    father = trust.ife.guardianships.get(relationship="Father").parent
    trust.says(trust.ife, "yes", [trust.platform("news")], giver=father)
    assert may(trust.ife)
    assert "Photo on every platform" not in block(trust.ife)


def test_a_no_of_the_pupil_leads_to_the_form_for_the_pupil(trust, block, signed_in):
    trust.says_own(trust.amira, "no", [trust.platform("news")])
    assert "Write down what Amira says now" in block(trust.amira)
    page = signed_in(trust.connie).get(f"/children/{trust.amira.pk}/?who=pupil")
    assert page.context["form"].initial["giver"] == "pupil"


def test_a_no_of_nobody_is_settled_by_saying_that_it_is_unclear(trust, block, signed_in):
    trust.says_unnamed(trust.amira, "no", [trust.platform("news")])
    assert "Write down that it is unclear" in block(trust.amira)
    page = signed_in(trust.connie).get(f"/children/{trust.amira.pk}/?who=unknown")
    asked = page.context["form"].initial
    assert (asked["giver"], asked["answer"]) == ("unknown", "unclear")


def test_where_all_say_the_same_there_is_no_block(trust, block):
    assert [block(child) for child in (trust.amira, trust.zofia, trust.rose)] == ["", "", ""]


def test_whoever_only_looks_is_not_led_into_it(trust, block):
    assert block(trust.ife, "hana") == ""


def test_it_is_the_same_for_a_pupil_under_a_hold(trust, block):
    before = block(trust.ife)
    set_hold(child=trust.ife, kind="protected", by=trust.dot)
    assert block(trust.ife) == before


def test_it_is_the_same_under_a_hold_for_whoever_sets_holds_as_well(trust, block):
    grant_role(user=trust.connie, role=Role.DSL, school=trust.oak, by=None)
    before = block(trust.ife)
    set_hold(child=trust.ife, kind="protected", by=trust.dot)
    assert HEADING in before
    assert block(trust.ife) == before


def test_whoever_sets_holds_as_well_can_still_write_down_a_withdrawal(trust, signed_in):
    grant_role(user=trust.connie, role=Role.DSL, school=trust.oak, by=None)
    page = signed_in(trust.connie).get(f"/children/{trust.jack.pk}/")
    assert page.context["withdrawing"]


def a_gran(trust, **link: bool) -> Parent:
    """Rose's grandmother, who lives with her and is not responsible."""
    gran = trust.parent(trust.rose, "Grandmother", responsible=False)
    Guardianship.objects.filter(child=trust.rose, parent=gran).update(**link)
    return gran


def ended(trust) -> None:
    """The yes of Rose's mother, over since yesterday."""
    news, yesterday = trust.platform("news"), timezone.localdate() - timedelta(days=1)
    before = timezone.now() - timedelta(days=9)
    trust.says(trust.rose, "yes", [news], until=yesterday, given_at=before)


def standing(trust) -> Standing:
    news = trust.platform("news").pk
    [cell] = standings([trust.rose], [news], [Kind.PHOTO], show_holds=False).values()
    return cell.standing


def test_a_no_of_somebody_never_entitled_differs_with_nobody(trust, block):
    trust.says(trust.rose, "yes", [trust.platform("news")])
    trust.says(trust.rose, "no", [trust.platform("news")], giver=a_gran(trust))
    assert may(trust.rose)
    assert block(trust.rose) == ""


def test_beside_such_a_no_a_yes_that_has_ended_is_what_is_told(trust, block):
    ended(trust)
    trust.says(trust.rose, "no", [trust.platform("news")], giver=a_gran(trust))
    assert block(trust.rose) == ""
    assert standing(trust) is Standing.EXPIRED


def test_beside_such_a_no_the_pupil_is_listed_to_be_asked_again(trust):
    ended(trust)
    trust.says(trust.rose, "no", [trust.platform("news")], giver=a_gran(trust))
    scope = Scope([trust.oak.pk], [trust.platform("news").pk])
    assert pupils_who(scope, [Tally.ENDED], limit=9) == ([trust.rose.pk], 1)
    found = renewal.look([trust.oak.pk], None).over
    assert renewal.pupils(found.nobody) == {trust.rose.pk}


def test_a_no_that_was_never_answered_by_a_yes_stays_a_no(trust):
    trust.says(trust.rose, "no", [trust.platform("news")], giver=a_gran(trust))
    assert standing(trust) is Standing.NO


def test_a_no_beside_a_yes_that_has_ended_is_a_no_and_no_difference(trust, block):
    ended(trust)
    father = trust.parent(trust.rose, "Father")
    trust.says(trust.rose, "no", [trust.platform("news")], giver=father)
    assert block(trust.rose) == ""
    assert standing(trust) is Standing.NO


def test_a_no_of_somebody_who_was_responsible_counts_and_the_block_says_so(trust, block):
    trust.says(trust.rose, "yes", [trust.platform("news")])
    gran = a_gran(trust, was_responsible=True)
    trust.says(trust.rose, "no", [trust.platform("news")], giver=gran)
    assert not may(trust.rose)
    assert "may not decide now, but their no counts" in block(trust.rose)


def test_a_yes_that_does_not_count_is_not_in_it(trust, block):
    father = trust.parent(trust.rose, "Father")
    for answer, giver in (("yes", None), ("no", father), ("yes", a_gran(trust))):
        trust.says(trust.rose, answer, [trust.platform("news")], giver=giver)
    said = block(trust.rose)
    assert HEADING in said
    assert "Grandmother" not in said


def test_of_a_no_from_the_records_that_names_nobody_it_says_what_mends_it(trust, block):
    trust.says(trust.rose, "yes", [trust.platform("news")])
    ConsentDecision.objects.create(
        child=trust.rose,
        platform=trust.platform("news"),
        kind=Kind.PHOTO,
        answer="no",
        way=Way.IMPORT,
    )
    said = block(trust.rose)
    assert "the school’s records" in said
    assert "it counts until you write down that it is unclear" in said


def test_no_parents_page_says_that_there_is_a_conflict(trust):
    published(trust)
    mother = trust.mother(trust.ife)
    _, secret = links.make(parent=mother, by=None)
    page = Client().get(f"/p/{secret}/").content.decode()
    assert HEADING not in page
    assert "Father" not in page
    assert Kind.PHOTO.label in page
