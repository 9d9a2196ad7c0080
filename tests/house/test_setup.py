"""`manage.py setup`: from an empty database to somebody who can sign in."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import Event
from policy.models import PolicyVersion
from policy.rulebook import Rulebook
from schools import mail
from schools.models import School, StaffRole, Trust, User
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db

GIVEN = {
    "trust": "Three Trees",
    "preset": "sovereign",
    "school": ["Oak Primary School", "Willow School:special"],
    "name": "Cara Lindqvist",
    "email": "Cara@demo.example",
}


def setup(**more) -> str:
    said = StringIO()
    call_command("setup", no_input=True, stdout=said, **more)
    return said.getvalue()


def test_it_makes_all_that_an_installation_needs():
    setup(**GIVEN)
    assert Trust.load().name == "Three Trees"
    assert PolicyVersion.objects.get(in_force=True).key == "sovereign"
    kinds = School.objects.values_list("short_name", "kind")
    assert set(kinds) == {("Oak", "primary"), ("Willow", "special")}
    assert StaffRole.objects.get().line() == "Chief Information Officer, whole trust"


def test_the_first_person_gets_in_by_the_mailed_link():
    setup(**GIVEN)
    mail.send_due()
    [path] = re.findall(r"https?://[^/]+(/password/\S+)", outbox.outbox[-1].body)
    assert "Your new password" in words(Client().get(path, follow=True))


def test_without_mail_it_can_show_the_link():
    said = setup(**GIVEN, show_link=True)
    [path] = re.findall(r"https?://[^/]+(/password/\S+)", said)
    assert "Your new password" in words(Client().get(path, follow=True))


def test_running_it_again_changes_nothing():
    setup(**GIVEN)
    before = Event.objects.count()
    assert setup(**GIVEN).count("(as before)") == 6
    assert setup().count("(as before)") == 4, "what is kept need not be said again"
    assert Event.objects.count() == before
    assert (School.objects.count(), User.objects.count(), StaffRole.objects.count()) == (2, 1, 1)


def test_it_adds_a_school_later():
    setup(**GIVEN)
    setup(school=["Elm Academy:secondary"])
    assert School.objects.filter(short_name="Elm").exists()


def test_again_it_does_not_promise_another_mail():
    setup(**GIVEN)
    again = setup()
    assert "An invitation goes" not in again
    assert "has not chosen a password yet" in again


def test_it_says_what_is_missing():
    with pytest.raises(CommandError, match="Give --email"):
        setup(**{name: value for name, value in GIVEN.items() if name != "email"})
    assert not School.objects.exists()


def test_it_says_what_to_do_next():
    said = setup(**GIVEN)
    for word in ("Staff", "Channels", "pupils", "An invitation goes to cara@demo.example"):
        assert word in said


def test_an_unknown_kind_of_school_is_refused_in_words():
    with pytest.raises(CommandError, match="is no kind of school"):
        setup(**GIVEN | {"school": ["Oak:nursery"]})


# ── whom reports of misuse go to ─────────────────────────────────────────────────────────
CHAMPION = GIVEN | {"preset": "champion"}


def test_r_143_set_up_does_not_end_without_a_route_where_the_policy_names_none():
    with pytest.raises(CommandError, match="names nobody for reports of misuse"):
        setup(**CHAMPION)
    assert not PolicyVersion.objects.exists()
    assert not School.objects.exists()


def test_r_143_the_route_that_was_chosen_counts():
    said = setup(**CHAMPION, misuse="head+manager,chro")
    assert "go to: Head of School and Manager, then Chief HR Officer" in said
    assert Rulebook.in_force().terms.routes.misuse == (("head", "manager"), ("chro",))
    assert Event.objects.filter(verb="policy.route_chosen").exists()


def test_r_143_what_was_chosen_is_not_asked_again():
    setup(**CHAMPION, misuse="manager,chro")
    before = Event.objects.count()
    setup()
    assert setup(misuse="manager,chro").count("Reports of misuse go to") == 1
    assert Event.objects.count() == before


def test_r_143_a_policy_that_names_them_is_asked_for_nothing():
    setup(**GIVEN)
    assert Rulebook.in_force().terms.routes.misuse[0] == ("executive_head", "head", "ceo")
    with pytest.raises(CommandError, match="The policy itself says"):
        setup(misuse="manager")


def test_a_role_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match="“cook” is no role: staff, head"):
        setup(**CHAMPION, misuse="cook")


def test_it_says_what_is_missing_for_the_policy_to_work():
    said = setup(**GIVEN).split("Still missing:")[1]
    assert "Nobody is Data Protection Officer" in said
    assert "Oak: nobody confirms posts yet. Add somebody as Head of School or" in said
    assert "Willow: nobody is there for" in said
