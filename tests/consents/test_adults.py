"""Adults in photos answer for themselves, and the office writes it down (R-107)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from consents.models import Adult
from consents.rules import adult_permissions
from posts.errors import NotPossible
from posts.picturing import show_adult
from schools.models import User
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


def may_show(trust: Trusty, adult: Adult, key: str = "facebook", kind: str = "photo") -> bool:
    platform = trust.platform(key).pk
    return adult_permissions([adult.pk], [platform]).permits(adult.pk, platform, kind)


def says(trust: Trusty, signed_in, adult: Adult, answer: str, *keys: str, kind: str = "photo"):
    """The office fills in the form and presses."""
    form = {
        "kinds": [kind],
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


# ── each kind by itself ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["video", "full_name"])
def test_a_yes_to_photos_is_none_to_anything_else(trust, signed_in, kind):
    says(trust, signed_in, trust.author_visit, "yes", "facebook")
    assert not may_show(trust, trust.author_visit, kind=kind)


def test_a_yes_to_the_name_is_written_down_for_the_name(trust, signed_in):
    says(trust, signed_in, trust.author_visit, "yes", "facebook", kind="full_name")
    assert may_show(trust, trust.author_visit, kind="full_name")
    assert not may_show(trust, trust.author_visit)


def test_one_press_withdraws_one_kind(trust, signed_in):
    ada, facebook = trust.author_visit, trust.platform("facebook")
    trust.adult_says(ada, "yes", [facebook], "photo", "full_name")
    press = {"platform": facebook.pk, "kind": "full_name"}
    signed_in(trust.connie).post(f"/children/adults/{ada.pk}/withdraw/", press)
    assert may_show(trust, ada)
    assert not may_show(trust, ada, kind="full_name")


@pytest.mark.parametrize("press", [{"kind": "photo"}, {"kind": "soul", "platform": "1"}])
def test_a_kind_that_is_none_withdraws_nothing(trust, signed_in, press):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    address = f"/children/adults/{trust.author_visit.pk}/withdraw/"
    assert signed_in(trust.connie).post(address, press).status_code == 404
    assert may_show(trust, trust.author_visit)


# ── leaving ──────────────────────────────────────────────────────────────────────────────────────
def keep(trust: Trusty, signed_in, adult: Adult, **form: str):
    return signed_in(trust.connie).post(f"/children/adults/{adult.pk}/keep/", form, follow=True)


def test_what_somebody_said_ends_on_the_day_they_leave(trust, signed_in):
    ada, today = trust.author_visit, timezone.localdate()
    trust.adult_says(ada, "yes", [trust.platform("facebook")])
    keep(trust, signed_in, ada, left_on=(today + timedelta(days=1)).isoformat())
    assert may_show(trust, ada)
    keep(trust, signed_in, ada, left_on=today.isoformat())
    assert not may_show(trust, ada)
    page = signed_in(trust.connie).get(f"/children/adults/{ada.pk}/").content.decode()
    assert "has left: nothing they said counts" in page
    assert "expired" in page


def test_what_they_said_does_not_come_back_with_them(trust, signed_in):
    ada = trust.author_visit
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        trust.adult_says(ada, "yes", [trust.platform("facebook")])
    keep(trust, signed_in, ada, left_on=(timezone.localdate() - timedelta(days=3)).isoformat())
    signed_in(trust.connie).post(f"/children/adults/{ada.pk}/back/")
    assert not may_show(trust, ada)
    trust.adult_says(ada, "yes", [trust.platform("facebook")])
    assert may_show(trust, ada)


def test_whose_account_has_ended_has_left(trust):
    hana = Adult.objects.create(school=trust.oak, name="Hana Okafor", user=trust.hana)
    trust.adult_says(hana, "yes", [trust.platform("facebook")])
    assert may_show(trust, hana)
    User.objects.filter(pk=trust.hana.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert not may_show(trust, hana)


def test_whoever_has_left_stands_in_a_list_of_their_own_and_in_no_picker(trust, signed_in):
    ada, post = trust.author_visit, trust.draft(photos=1)
    keep(trust, signed_in, ada, left_on=timezone.localdate().isoformat())
    office = signed_in(trust.connie)
    assert "Ada" not in office.get("/children/adults/").content.decode()
    assert "Ada" in office.get("/children/adults/?show=left").content.decode()
    with pytest.raises(NotPossible, match="has left"):
        show_adult(picture=post.pictures.get(), adult=Adult.objects.get(), by=trust.tessa)


@pytest.mark.parametrize("verb", ["keep", "back", "ask", "letter", "close"])
def test_heads_only_look(trust, signed_in, verb):
    address = f"/children/adults/{trust.author_visit.pk}/{verb}/"
    signed_in(trust.hana).post(address, {"left_on": timezone.localdate().isoformat()})
    ada = Adult.objects.get(pk=trust.author_visit.pk)
    assert (ada.left_on, ada.mails.count(), ada.links.count()) == (None, 0, 0)


def test_what_was_said_at_once_is_one_line_on_their_page(trust, signed_in):
    ada = trust.author_visit
    places = [trust.platform("news"), trust.platform("facebook")]
    trust.adult_says(ada, "yes", places, "photo", "full_name")
    page = signed_in(trust.connie).get(f"/children/adults/{ada.pk}/").content.decode()
    line = page[page.index('class="timeline"') :]
    assert "to 4 questions" in line
    assert line.count("Name on Facebook") == 1
    assert "full name" not in line.lower()
