"""Schools are added and renamed, and the trust's limits changed, on pages and in history."""

from __future__ import annotations

import pytest

from audit.models import Event
from schools.errors import NotAllowed
from schools.founding import add_school, change_school, change_trust
from schools.models import School, Trust
from schools.roles import Role
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

YEW = {"name": "Yew Tree School", "short_name": "Yew Tree", "kind": "special", "office_email": ""}
LIMITS = {
    "name": "Three Trees",
    "late_after_minutes": 90,
    "by_hand_late_after_hours": 24,
    "largest_photo_mib": 25,
}


def test_a_school_is_added_with_an_address_of_its_own(trust, signed_in):
    signed_in(trust.cara).post("/staff/schools/", YEW)
    assert School.objects.get(name="Yew Tree School").slug == "yew-tree"


def test_two_schools_never_share_an_address(trust):
    for number in range(3):
        add_school(by=trust.cara, name=f"Yew {number}", short_name=f"Yew{'!' * number}")
    slugs = School.objects.filter(name__startswith="Yew").values_list("slug", flat=True)
    assert set(slugs) == {"yew", "yew-2", "yew-3"}


def test_a_name_that_is_taken_is_refused_in_words(trust, signed_in):
    answer = signed_in(trust.cara).post("/staff/schools/", YEW | {"name": trust.oak.name})
    assert "There is one like this already" in words(answer)


def test_a_renamed_school_keeps_its_address(trust, signed_in):
    form = YEW | {"name": "Royal Oak", "short_name": "Royal Oak"}
    signed_in(trust.cara).post(f"/staff/schools/{trust.oak.pk}/", form)
    renamed = School.objects.get(pk=trust.oak.pk)
    assert (renamed.name, renamed.slug) == ("Royal Oak", trust.oak.slug)


def test_a_manager_of_one_school_adds_none_and_renames_no_other(trust):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    with pytest.raises(NotAllowed):
        add_school(by=manager, name="Yew", short_name="Yew")
    with pytest.raises(NotAllowed):
        change_school(school=trust.elm, by=manager, name="Mine")
    assert change_school(school=trust.oak, by=manager, name="Mine") == ["name"]


def test_the_limit_of_lateness_changes_with_its_history(trust, signed_in):
    signed_in(trust.cara).post("/staff/trust/", LIMITS)
    assert Trust.load().late_after_minutes == 90
    event = Event.objects.get(verb="trust.changed")
    assert event.actor_id == trust.cara.pk
    assert event.facts["limits"]["late_after_minutes"] == [60, 90]


def test_keeping_the_same_settings_is_no_change(trust):
    change_trust(by=trust.cara, late_after_minutes=90)
    assert change_trust(by=trust.cara, late_after_minutes=90) == []
    assert Event.objects.filter(verb="trust.changed").count() == 1


@pytest.mark.parametrize("minutes", [0, 10**6])
def test_a_limit_that_cannot_be_meant_is_refused(trust, signed_in, minutes):
    signed_in(trust.cara).post("/staff/trust/", LIMITS | {"late_after_minutes": minutes})
    assert Trust.load().late_after_minutes == 60


@pytest.mark.parametrize("who", ["hana", "local"])
def test_only_who_manages_the_whole_trust_changes_its_settings(trust, signed_in, who):
    somebody = trust.hana if who == "hana" else trust.person("Ola Local", Role.CIO, trust.oak)
    assert signed_in(somebody).post("/staff/trust/", LIMITS).status_code == 404
    with pytest.raises(NotAllowed):
        change_trust(by=somebody, late_after_minutes=5)


def test_the_admin_shows_the_trust_and_changes_nothing(trust, client):
    trust.cara.is_staff = trust.cara.is_superuser = True
    trust.cara.save()
    client.force_login(trust.cara)
    client.post("/admin/schools/trust/1/change/", LIMITS)
    assert Trust.load().late_after_minutes == 60
