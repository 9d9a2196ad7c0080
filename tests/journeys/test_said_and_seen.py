"""Pages that say who said what, for what, and to whom: with axe, on desktop and phone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.utils import timezone

from consents.agreements import with_asks
from consents.models import Parent
from consents.wording import Document
from policy.models import Purpose
from schools.roles import Role
from tests.cast import Trusty
from tests.consents.agreements.test_for_some_purposes import says
from tests.consents.agreements.writing import published
from tests.consents.parents.at_home import home as made
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """A browser, the size of a phone."""
    return request.getfixturevalue("phone")


def seen(page: Any, name: str) -> None:
    """In the light, and with a folder for pictures in the dark as well."""
    look(page, name)
    if os.environ.get("GOLIVE_SHOTS"):
        page.emulate_media(color_scheme="dark")
        look(page, f"{name}-dark")
        page.emulate_media(color_scheme="light")


def test_the_office_withdraws_and_stops(page: Any, trust: Trusty) -> None:
    trust.parent(trust.amira, "Father")
    trust.parent(trust.amira, "Grandmother", responsible=False)
    sign_in(page, trust.connie)
    page.goto(f"/children/{trust.amira.pk}/")
    press(page.get_by_role("button", name="Father Khan withdraws"))
    page.get_by_text("Nothing is written down yet.").wait_for()
    seen(page, "withdraw-asks")
    page.get_by_label("What is taken back").select_option(label="Everything on Facebook")
    page.locator("[name=way][value=in_person]").check()
    press(page.get_by_role("button", name="Father Khan withdraws"))
    page.get_by_text("as Father Khan said (in person)").wait_for()
    page.get_by_label("What is taken back").select_option(label="Everything on X")
    press(page.get_by_role("button", name="The school stops it"))
    page.get_by_role("heading", name="Stopped by the school").wait_for()
    seen(page, "withdraw-stopped")
    press(page.get_by_role("button", name="Lift the stop on X"))
    page.get_by_text("1 stop is lifted on X.").wait_for()


def test_a_yes_for_some_purposes_is_told(page: Any, trust: Trusty) -> None:
    narrow = published(trust)
    Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts", position=9)
    document = Document.read(narrow.content)
    says(trust, trust.rose, "yes", narrow)
    published(trust, with_asks(document, document.asks, [*document.purposes, "adverts"]))
    sign_in(page, trust.connie)
    page.goto("/children/")
    seen(page, "purposes-coverage")
    page.goto(f"/children/{trust.rose.pk}/")
    page.get_by_text("For some purposes only:").wait_for()
    seen(page, "purposes-child")
    page.goto("/children/shown/?class=4B")
    page.get_by_text("A colleague opens this list").wait_for()
    seen(page, "shown-by-others")


def test_whoever_goes_along_opens_the_list(page: Any, trust: Trusty) -> None:
    assert trust.amira
    sign_in(page, trust.tessa)
    press(page.get_by_role("link", name="Who may be shown").first)
    seen(page, "shown-teacher")
    page.goto("/children/shown/?class=4B")
    page.get_by_text("Amira Khan").first.wait_for()
    seen(page, "shown-teacher-list")


def test_one_parent_with_two_entries(page: Any, trust: Trusty) -> None:
    home = made(trust)
    sade = trust.child("Sade", "Adeyemi", school=trust.elm)
    at_elm = trust.mother(sade)
    Parent.objects.filter(pk=at_elm.pk).update(first_name="Folake", email="folake@home.example")
    nell = trust.person("Nell Both", Role.CONSENT_ADMIN, None)
    sign_in(page, nell)
    page.goto("/children/same-person/")
    seen(page, "same-person")
    press(page.get_by_role("button", name="One person"))
    page.get_by_text("is one person.").first.wait_for()
    seen(page, "same-person-said")
    address = home.address()
    home.sends(address, **{home.line(home.ife): "yes", home.line(sade): "no"})
    home.ife.left_on = timezone.localdate()
    home.ife.save()
    page.goto(address)
    page.get_by_text("Nothing new is asked about Ife").wait_for()
    seen(page, "parent-looks-back")
