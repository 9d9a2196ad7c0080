"""Everybody has exactly one category; who is from outside has a last day, and is out after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from audit.models import Event
from schools.errors import NotAllowed
from schools.models import User
from schools.people import add_person, change_person
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def about(**more):
    return {"job_title": "", "category": "employee", "manager": None, "ends_on": None} | more


def photographer(trust, days: int = 3) -> User:
    """Somebody from outside, for a few days."""
    ends = timezone.localdate() + timedelta(days=days)
    user = add_person(
        email="sunniva@demo.example",
        name="Sunniva Dahl",
        role=Role.EXTERNAL,
        school=trust.oak,
        by=trust.cara,
        ends=ends,
    )
    user.set_password(PASSWORD)
    user.save()
    return user


# ── categories ───────────────────────────────────────────────────────────────────────────────────
def test_r_020_the_thirteen_categories_of_the_policy_exist_and_one_for_who_is_from_outside():
    assert len(User.Category.values) == 14
    assert set(User.Category.values) - {User.Category.THIRD_PARTY} == {
        "senior_manager",
        "officer",
        "governor",
        "employee",
        "consultant",
        "contractor",
        "trainee",
        "homeworker",
        "part_time",
        "fixed_term",
        "casual",
        "agency",
        "volunteer",
    }


def test_r_006_nobody_is_without_a_category(trust):
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=trust.tessa.pk).update(category="")


def test_r_006_the_category_is_chosen_when_somebody_is_added(trust, signed_in):
    form = {"name": "Nia New", "email": "nia@demo.example", "role": "staff"}
    form |= {"school": trust.oak.pk, "starts": timezone.localdate().isoformat()}
    signed_in(trust.cara).post("/staff/people/new/", form | {"category": "agency"})
    assert User.objects.get(email="nia@demo.example").category == User.Category.AGENCY


def test_r_020_it_is_changed_on_the_persons_page_and_kept_in_history(trust, signed_in):
    form = {"category": "volunteer", "manager": trust.hana.pk, "job_title": "Reader"}
    signed_in(trust.cara).post(f"/staff/people/{trust.tessa.pk}/", form)
    trust.tessa.refresh_from_db()
    assert (trust.tessa.category, trust.tessa.manager) == ("volunteer", trust.hana)
    [event] = Event.objects.about(trust.tessa).filter(verb="person.changed")
    assert event.facts == {
        "changed": ["category", "job_title", "manager"],
        "category": "volunteer",
    }


def test_nobody_changes_their_own_category(trust):
    with pytest.raises(NotAllowed, match="their own category"):
        change_person(user=trust.cara, by=trust.cara, **about(category="volunteer"))


def test_a_head_of_another_school_changes_nothing(trust):
    with pytest.raises(NotAllowed, match="do not manage"):
        change_person(user=trust.tessa, by=trust.owen, **about())


def test_nobody_manages_themselves(trust):
    with pytest.raises(NotAllowed, match="somebody else as manager"):
        change_person(user=trust.tessa, by=trust.cara, **about(manager=trust.tessa))


def test_saving_what_is_there_already_is_no_event(trust):
    kept = about(job_title="Year 4 teacher")
    assert change_person(user=trust.tessa, by=trust.cara, **kept) == []
    assert not Event.objects.filter(verb="person.changed").exists()


# ── from outside ─────────────────────────────────────────────────────────────────────────────────
def signs_in(user: User) -> bool:
    form = {"username": user.email, "password": PASSWORD}
    return Client().post("/sign-in/", form).status_code == 302


def test_r_021_somebody_from_outside_signs_in_until_the_last_day(trust):
    user = photographer(trust)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert signs_in(user)


def test_r_021_past_the_last_day_the_right_password_lets_nobody_in(trust):
    user = photographer(trust)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert not signs_in(user)


def test_r_021_and_reads_the_same_as_a_wrong_password(trust):
    user = photographer(trust)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        form = {"username": user.email, "password": PASSWORD}
        assert "do not fit together" in words(Client().post("/sign-in/", form))


def test_r_021_an_open_session_ends_with_the_day(trust, signed_in):
    client = signed_in(photographer(trust))
    assert client.get("/notices/").status_code == 200
    User.objects.filter(name="Sunniva Dahl").update(ends_on=date(2020, 1, 1))
    assert client.get("/notices/").status_code == 302


def test_r_021_nor_does_a_forgotten_password_let_them_back(trust, mailoutbox):
    user = photographer(trust)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        Client().post("/password/", {"email": user.email})
    assert mailoutbox == []


def test_r_021_whoever_is_from_outside_must_have_a_last_day(trust, signed_in):
    page = signed_in(trust.cara).post(
        f"/staff/people/{trust.tessa.pk}/", {"category": "third_party"}
    )
    assert "Somebody from outside has a last day. Choose it." in words(page)
    trust.tessa.refresh_from_db()
    assert trust.tessa.category == User.Category.EMPLOYEE


def test_r_021_the_table_holds_nobody_from_outside_without_a_last_day(trust):
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=trust.tessa.pk).update(category="third_party", ends_on=None)
