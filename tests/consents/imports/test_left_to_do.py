"""What a file that was brought in leaves to do, and what bringing one in would do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from consents.models import Import
from schools.models import User
from tests.approvals.pages import words
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "7A", "Jo Lee", "Y"]
Shown = Callable[[Import], str]


def _file(said: str = "", heading: str = "Facebook", *, born: str = AMY[3]) -> str:
    return as_csv([[*HEAD, heading], [*AMY[:3], born, *AMY[4:], said]])


@pytest.fixture
def browser(office: Office, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(office.by)


@pytest.fixture
def shown(browser: Client) -> Shown:
    return lambda source: words(browser.get(f"/children/imports/{source.pk}/"))


def test_unclear_answers_are_left_to_do(office: Office, shown: Shown) -> None:
    page = shown(office.brings_in(_file("ask mum")))
    assert "What is left to do 1 answer went in unclear: an unclear answer permits nothing" in page


def test_they_lead_to_their_list(office: Office, browser: Client) -> None:
    source = office.brings_in(_file("ask mum"))
    address = f"/children/?school={office.school.slug}&amp;list=unclear&amp;kind=every"
    assert address in browser.get(f"/children/imports/{source.pk}/").content.decode()
    assert "Amy Lee" in words(browser.get(address.replace("&amp;", "&")))


def test_hints_are_left_to_do(office: Office, shown: Shown) -> None:
    page = shown(office.brings_in(_file("Yes", "Photographs")))
    assert "What is left to do 1 hint was kept of what somebody said in general" in page


def test_dates_that_cannot_be_read_are_left_to_do(office: Office, shown: Shown) -> None:
    office.brings_in(_file())
    page = shown(office.brings_in(_file("No", born="12/13/2015")))
    assert "What is left to do 1 row went in with a date that cannot be read" in page


def test_nothing_is_left_where_all_is_clear(office: Office, shown: Shown) -> None:
    assert "What is left to do Nothing." in shown(office.brings_in(_file("Yes")))


def test_a_file_that_brings_hints_alone_says_so(office: Office, shown: Shown) -> None:
    office.brings_in(_file())
    page = shown(office.sends(_file("Yes", "Photographs")))
    assert "No row changes a record; 1 hint is kept when you bring it in." in page


def test_a_file_that_brings_nothing_says_so(office: Office, shown: Shown) -> None:
    office.brings_in(_file())
    page = shown(office.sends(_file()))
    assert "Bring it in No row changes a record. All of it" in page
