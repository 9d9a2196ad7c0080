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
