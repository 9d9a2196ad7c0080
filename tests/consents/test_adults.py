"""Adults in photos answer for themselves, and the office writes it down (R-107)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from audit.models import Event
from consents.models import Adult
from consents.rules import adult_permissions
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


def may_show(trust: Trusty, adult: Adult, key: str = "facebook") -> bool:
    platform = trust.platform(key).pk
    return adult_permissions([adult.pk], [platform]).permits(adult.pk, platform, "photo")


def says(trust: Trusty, signed_in, adult: Adult, answer: str, *keys: str):
    """The office fills in the form and presses."""
    form = {
        "platforms": [trust.platform(key).pk for key in keys],
        "answer": answer,
        "way": "in_person",
        "given_on": timezone.localdate().isoformat(),
    }
    return signed_in(trust.connie).post(f"/children/adults/{adult.pk}/", form, follow=True)


def test_somebody_is_added_and_is_not_permitted_by_that(trust, signed_in):
    form = {"school": trust.oak.pk, "name": "  Ada   Visitor ", "kind": "visitor"}
    page = signed_in(trust.connie).post("/children/adults/", form, follow=True)
    ada = Adult.objects.get()
    assert (ada.name, ada.school) == ("Ada Visitor", trust.oak)
    assert "Ada Visitor is added" in page.content.decode()
    assert Event.objects.about(ada).get().verb == "adult.added"
    assert not may_show(trust, ada)


def test_a_yes_written_down_permits_that_platform_alone(trust, signed_in):
    page = says(trust, signed_in, trust.author_visit, "yes", "facebook")
    assert "1 answer is written down for Ada Visitor" in page.content.decode()
    assert may_show(trust, trust.author_visit)
    assert not may_show(trust, trust.author_visit, "x")


def test_one_press_withdraws_everything(trust, signed_in):
    ada = trust.author_visit
    says(trust, signed_in, ada, "yes", "facebook", "x")
    page = signed_in(trust.connie).post(f"/children/adults/{ada.pk}/withdraw/", follow=True)
    assert "Withdrawn at once for" in page.content.decode()
    assert not may_show(trust, ada)
    assert not may_show(trust, ada, "x")


def test_one_press_withdraws_one_platform(trust, signed_in):
    ada = trust.author_visit
    says(trust, signed_in, ada, "yes", "facebook", "x")
    press = {"platform": trust.platform("x").pk}
    signed_in(trust.connie).post(f"/children/adults/{ada.pk}/withdraw/", press)
    assert may_show(trust, ada)
    assert not may_show(trust, ada, "x")


def test_a_platform_that_is_none_withdraws_nothing(trust, signed_in):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    address = f"/children/adults/{trust.author_visit.pk}/withdraw/"
    assert signed_in(trust.connie).post(address, {"platform": "²"}).status_code == 404
    assert may_show(trust, trust.author_visit)


def test_withdrawing_where_no_yes_stands_is_told(trust, signed_in):
    address = f"/children/adults/{trust.author_visit.pk}/withdraw/"
    page = signed_in(trust.connie).post(address, follow=True)
    assert "There is nothing to withdraw" in page.content.decode()


@pytest.mark.parametrize("who", ["hana", "dot"])
def test_those_who_may_only_look_change_nothing(trust, signed_in, who):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    client = signed_in(getattr(trust, who))
    page = client.get(f"/children/adults/{trust.author_visit.pk}/").content.decode()
    assert "Withdraw" not in page
    assert "Write it down" not in page
    client.post(f"/children/adults/{trust.author_visit.pk}/withdraw/")
    client.post("/children/adults/", {"school": trust.oak.pk, "name": "Any One", "kind": "staff"})
    assert may_show(trust, trust.author_visit)
    assert Adult.objects.count() == 1


def test_adults_of_another_school_are_not_there(trust, signed_in):
    ada = trust.author_visit
    office = signed_in(trust.elm_office)
    assert "Ada" not in office.get("/children/adults/").content.decode()
    assert office.get(f"/children/adults/{ada.pk}/").status_code == 404
    form = {"school": trust.oak.pk, "name": "Any One", "kind": "staff"}
    office.post("/children/adults/", form)
    assert Adult.objects.count() == 1


def test_the_list_asks_the_same_number_of_questions_for_any_number(
    trust, signed_in, django_assert_max_num_queries
):
    office, asked = signed_in(trust.connie), []
    for number in (1, 20):
        Adult.objects.bulk_create(
            [Adult(school=trust.oak, name=f"Any {n}", kind="staff") for n in range(number)]
        )
        with django_assert_max_num_queries(20) as seen:
            office.get("/children/adults/")
        asked.append(len(seen))
    assert asked[0] == asked[1]
