"""Two parents, one mailbox: the dry run says whose address changes, and whose it is as well."""

from __future__ import annotations

import pytest

from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["UPN", "Surname", "Forename", "DOB", "Reg"] + [
    f"Contact {number} {what}" for number in (1, 2) for what in ("Forename", "Surname", "Email")
]
AMY = ["T999400126001", "Church", "Amy", "05/06/2015", "7A"]
SHARED = (
    "James Church has the same address as Victoria Church’s. Each mail says whom it is for, and "
    "whoever opens the mailbox can answer for both."
)


def _file(victoria: str, james: str) -> str:
    return as_csv([HEAD, [*AMY, "Victoria", "Church", victoria, "James", "Church", james]])


def _apart(office: Office) -> None:
    office.brings_in(_file("victoria@home.example", "james@home.example"))


def test_the_remark_says_whose_address_changes(office: Office) -> None:
    _apart(office)
    source = office.sends(_file("victoria@home.example", "jim@home.example"))
    assert source.rows.get().remarks == ["James Church’s e-mail address changes."]


def test_a_row_says_that_the_address_is_the_other_parents_too(office: Office) -> None:
    _apart(office)
    source = office.sends(_file("victoria@home.example", "Victoria@home.example"))
    assert source.rows.get().remarks == ["James Church’s e-mail address changes.", SHARED]


def test_it_is_said_of_a_new_pupil_as_well(office: Office) -> None:
    source = office.sends(_file("both@home.example", "both@home.example"))
    assert SHARED in source.rows.get().remarks


def test_the_report_counts_such_pupils(office: Office) -> None:
    source = office.sends(_file("both@home.example", "both@home.example"))
    assert any("same e-mail address for 1 pupil:" in said for said in source.summary["notices"])


def test_what_was_shared_before_is_not_told_again(office: Office) -> None:
    office.brings_in(_file("both@home.example", "both@home.example"))
    assert office.sends(_file("both@home.example", "both@home.example")).rows.get().remarks == []


def test_two_addresses_are_no_matter(office: Office) -> None:
    source = office.sends(_file("victoria@home.example", "james@home.example"))
    assert not any("same" in remark for remark in source.rows.get().remarks)
