"""The list for a trip: who may be shown where, and nothing of why others may not."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from audit.models import Event
from consents.actions import set_hold
from consents.models import ConsentDecision
from consents.trip_lists import may_open
from schools import clock
from schools.actions import grant_role
from schools.models import User
from schools.roles import Permission, Role
from tests.consents.test_all_refusals_look_alike import EACH_STATE, plain

pytestmark = pytest.mark.django_db
LIST = "/children/shown/?school=oak&class=4B"


def lists(page: str) -> dict[str, list[str]]:
    """Platform → the names under it."""
    found = re.findall(r"<dt>.*?</svg> (.*?) <span.*?</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {name: re.findall(r'nowrap">(.*?)</span>', names) for name, names in found}


def test_it_names_who_may_be_shown_and_nobody_else(trust, signed_in):
    assert all([trust.amira, trust.tom, trust.rose, trust.jack, trust.ife, trust.ella])
    found = lists(signed_in(trust.tessa).get(LIST).content.decode())
    assert found["Facebook"] == ["Amira Khan"]
    assert found["News page"] == ["Amira Khan", "Tom Rees"]


@EACH_STATE
def test_r_159_every_refusal_reads_like_never_having_been_asked(trust, signed_in, state):
    assert all([trust.amira, trust.dot])
    robin, client = trust.child("Robin", "Vale"), signed_in(trust.tessa)
    never_asked = words(client.get(LIST))
    state(trust, robin)
    assert words(client.get(LIST)) == never_asked
    assert "Robin" not in never_asked


def words(answer) -> str:
    """The page without its moment."""
    return re.sub(r"\d\d?:\d\d", "", plain(answer))


def test_it_carries_its_date(trust, signed_in):
    assert trust.amira
    page = signed_in(trust.tessa).get(LIST).content.decode()
    assert f"as of {clock.day(timezone.localdate())}" in page


def test_opening_one_is_written_down(trust, signed_in):
    assert trust.amira
    signed_in(trust.tessa).get(f"{LIST}&kind=video")
    event = Event.objects.get(verb="consent.list_opened")
    assert event.actor_id == trust.tessa.pk
    assert event.facts == {"form": "4B", "kind": "video"}


def test_a_trip_takes_several_classes_each_pupil_with_their_own(trust, signed_in):
    assert trust.amira
    other = trust.child("Ada", "Quill", form="5A", yes=[trust.platform("news")])
    trust.child("Bo", "Quill", form="6A", yes=[trust.platform("news")])
    page = signed_in(trust.tessa).get(f"{LIST}&class=5A")
    found = lists(
        re.sub(r' <span class="soft small">(\w+)</span></span>', r" \1</span>", plain(page))
    )
    assert found["News page"] == ["Amira Khan 4B", f"{other.full_name} 5A"]
    event = Event.objects.get(verb="consent.list_opened")
    assert event.facts == {"form": "4B, 5A", "kind": "photo"}


def test_a_list_that_would_be_too_long_is_not_cut_short_in_silence(trust, signed_in, monkeypatch):
    assert all([trust.amira, trust.tom])
    monkeypatch.setattr("consents.views.lists.MOST", 1)
    page = signed_in(trust.tessa).get(LIST).content.decode()
    assert "More than 1 pupils are in these classes" in page
    assert "Amira" not in page
    assert not Event.objects.filter(verb="consent.list_opened").exists()


def test_looking_for_a_class_is_not_opening_a_list(trust, signed_in):
    signed_in(trust.tessa).get("/children/shown/")
    assert not Event.objects.filter(verb="consent.list_opened").exists()


@pytest.mark.parametrize("who", ["cara", "owen", "pat"])
def test_others_do_not_find_it(trust, signed_in, who):
    assert trust.amira
    assert signed_in(getattr(trust, who)).get(LIST).status_code == 404


# ── nobody lays it beside the families' answers ─────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["tessa", "uma", "dot"])
def test_it_is_for_whoever_sees_results_alone_and_for_the_safeguarding_lead(trust, signed_in, who):
    assert trust.amira
    page = signed_in(getattr(trust, who)).get(LIST).content.decode()
    assert lists(page)["Facebook"] == ["Amira Khan"]


@pytest.mark.parametrize("who", ["connie", "hana", "edith"])
def test_r_155_whoever_reads_the_answers_is_told_who_opens_it_instead(trust, signed_in, who):
    assert all([trust.amira, trust.jack, trust.dot])
    page = plain(signed_in(getattr(trust, who)).get(LIST))
    assert "A colleague opens this list" in page
    assert "Dot Fraser" in page
    assert not {"Amira", "Jack"} & set(re.findall(r"\w+", page))
    assert not Event.objects.filter(verb="consent.list_opened").exists()


def test_r_155_whatever_roles_somebody_holds_both_open_only_to_who_sees_holds(trust):
    for role in set(Role) - {Role.DEPUTY}:  # of whom it is the same, with an end
        grant_role(user=trust.tessa, role=role, school=trust.oak, by=None)
        tessa = User.objects.get(pk=trust.tessa.pk)
        both = may_open(tessa, trust.oak) and tessa.may(Permission.CONSENT_SEE, trust.oak)
        assert both is (may_open(tessa, trust.oak) and tessa.may(Permission.HOLD_SET, trust.oak))
        tessa.roles.filter(role=role).exclude(role=Role.STAFF).delete()


def test_a_teacher_who_keeps_the_permissions_as_well_does_not_open_it(trust, signed_in):
    grant_role(user=trust.tessa, role=Role.CONSENT_ADMIN, school=trust.oak, by=None)
    assert trust.amira
    assert "A colleague opens this list" in plain(signed_in(trust.tessa).get(LIST))


def test_answers_read_at_one_school_close_nothing_at_another(trust, signed_in):
    grant_role(user=trust.tessa, role=Role.CONSENT_ADMIN, school=trust.elm, by=None)
    assert trust.amira
    assert lists(signed_in(trust.tessa).get(LIST).content.decode())["Facebook"] == ["Amira Khan"]


def test_those_who_go_along_find_it_from_their_posts(trust, signed_in):
    assert 'href="/children/shown/"' in signed_in(trust.tessa).get("/posts/").content.decode()


def test_a_class_that_is_none_is_not_found(trust, signed_in):
    assert trust.amira
    assert signed_in(trust.tessa).get("/children/shown/?class=zzz").status_code == 404


def test_a_full_name_lets_the_first_name_be_used(trust, signed_in):
    trust.says(trust.rose, "yes", [trust.platform("facebook")], kind="full_name")
    page = signed_in(trust.tessa).get(f"{LIST}&kind=first_name").content.decode()
    assert lists(page)["Facebook"] == ["Rose Green"]


def test_a_hold_set_this_moment_is_on_no_list(trust, signed_in):
    set_hold(child=trust.amira, kind="care", by=trust.dot)
    assert "Amira" not in signed_in(trust.tessa).get(LIST).content.decode()


# ── answers per day ──────────────────────────────────────────────────────────────────────────────
def test_todays_answers_are_counted_under_today(trust, signed_in):
    assert trust.tom
    trust.says(trust.rose, "no", [trust.platform("facebook"), trust.platform("x")])
    answer = signed_in(trust.connie).get("/children/days/")
    assert dict(answer.context["numbers"])[timezone.localdate()] == 3
    assert "3 answers written down" in answer.content.decode()


def test_a_day_without_answers_is_there_with_none(trust, signed_in):
    assert not ConsentDecision.objects.exists()
    answer = signed_in(trust.connie).get("/children/days/")
    assert [number for _, number in answer.context["numbers"]] == [0] * 21


def test_answers_of_another_school_are_not_counted(trust, signed_in):
    trust.says(trust.leo, "no", [trust.platform("facebook")])
    answer = signed_in(trust.connie).get("/children/days/")
    assert sum(number for _, number in answer.context["numbers"]) == 0
