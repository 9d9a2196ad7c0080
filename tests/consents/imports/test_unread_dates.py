"""A date that cannot be read holds back a yes where it matters, and never a no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from consents import rules
from consents.imports import actions
from consents.models import Child, ConsentDecision, Import, ImportRow
from policy.models import Platform
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
Answers = Callable[[str], dict[str, str]]
UPN, UPN2 = "T999400126001", "G999400126002"
HEAD = ["UPN", "Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
LEE = [UPN, "0007", "Lee", "Amy", "05/06/2015", "7A", "Jo Lee", "Y"]
WRONG = "12/13/2015"
Outcome = ImportRow.Outcome
FIRST_NAME_IS_NOT = (
    "The number is this pupil’s, the first name is not, and the birthday is not read."
)


def _file(*, born: str = "05/06/2015", upn: str = UPN, **said: str) -> str:
    """Amy Lee's row: `_file(born=WRONG, Facebook="No")`."""
    cells = {"DOB": born, "UPN": upn, "Surname": said.pop("Surname", "Lee")}
    cells["Forename"] = said.pop("Forename", "Amy")
    row = [cells.get(head, cell) for head, cell in zip(HEAD, LEE, strict=True)]
    return as_csv([[*HEAD, *(k.replace("_", " ") for k in said)], [*row, *said.values()]])


def _row(source: Import) -> ImportRow:
    return source.rows.get()


def _may(key: str) -> bool:
    amy, platform = Child.objects.get(), Platform.objects.get(key=key)
    return rules.permissions([amy.pk], [platform.pk]).permits(amy.pk, platform.pk, "photo")


def test_a_withdrawal_counts_at_once_although_the_birthday_cannot_be_read(office: Office) -> None:
    office.brings_in(_file(Facebook="Yes"))
    assert _may("facebook")
    office.brings_in(_file(born=WRONG, Facebook="No"))
    assert not _may("facebook")


def test_a_column_with_the_month_first_is_named_with_what_to_do(office: Office) -> None:
    office.brings_in(_file())
    source = office.sends(_file(Facebook="Yes", Consent_Date="11/22/2026"))
    [said] = [notice for notice in source.summary["notices"] if "the whole column" in notice]
    assert said.startswith(
        "“Consent Date”: the whole column has the month first, so 1 date in it could not be read."
    )
    assert "write the days like 25/03/2015 or 2015-03-25" in said


def test_the_row_says_that_its_yes_waits_for_the_date(office: Office) -> None:
    office.brings_in(_file())
    source = office.sends(_file(Facebook="Yes", Consent_Date="11/22/2026"))
    assert (
        "The file says yes for Facebook; the day it was said cannot be read. It stays as it is "
        "until a person records the yes."
    ) in _row(source).remarks


def test_the_birthday_we_know_stays_and_the_row_says_so(office: Office) -> None:
    office.brings_in(_file())
    source = office.brings_in(_file(born=WRONG))
    assert Child.objects.get().born_on == date(2015, 6, 5)
    [remark] = _row(source).remarks
    assert remark.startswith("DOB: “12/13/2015”: this date has the month first.")
    assert remark.endswith("The record stays as it is.")


def test_a_pupil_known_by_the_schools_own_number_is_known_without_a_birthday(
    office: Office, answers: Answers
) -> None:
    office.brings_in(_file(upn=""))
    office.brings_in(_file(upn="", born=WRONG, Facebook="No"))
    assert answers("Amy") == {"facebook": "no"}


def test_an_unclear_answer_ends_a_yes_although_the_birthday_cannot_be_read(office: Office) -> None:
    office.brings_in(_file(Facebook="Yes"))
    office.brings_in(_file(born=WRONG, Facebook="group only"))
    assert not _may("facebook")


def test_a_yes_counts_where_the_record_has_the_birthday(office: Office) -> None:
    office.brings_in(_file())
    office.brings_in(_file(born=WRONG, Facebook="Yes"))
    assert _may("facebook")


def test_a_yes_waits_where_nobody_knows_the_birthday(office: Office) -> None:
    office.brings_in(_file(born=""))
    source = office.brings_in(_file(born=WRONG, Facebook="Yes"))
    assert _row(source).outcome == Outcome.PERSON
    assert "the date of birth cannot be read, and the record has none" in _row(source).remarks[0]
    assert not ConsentDecision.objects.exists()


def test_a_yes_that_waited_goes_in_once_its_date_is_mended(office: Office) -> None:
    office.brings_in(_file(born=""))
    office.brings_in(_file(born=WRONG, Facebook="Yes"))
    office.brings_in(_file(Facebook="Yes"))
    assert _may("facebook")


@pytest.mark.parametrize("heading", ["Consent Date", "Date of Leaving"])
def test_beside_a_day_that_could_have_ended_it_a_yes_waits_and_a_no_does_not(
    office: Office, answers: Answers, heading: str
) -> None:
    office.brings_in(_file())
    day = {heading.replace(" ", "_"): WRONG}
    source = office.brings_in(_file(Facebook="Yes", X="No", **day))
    assert answers("Amy") == {"x": "no"}
    assert _row(source).outcome == Outcome.PERSON


def test_a_no_without_a_readable_day_counts_from_the_upload(office: Office) -> None:
    office.brings_in(_file())
    source = office.brings_in(_file(Facebook="No", Consent_Date=WRONG))
    assert ConsentDecision.objects.get().given_at == source.uploaded_at


def test_a_day_of_leaving_that_cannot_be_read_brings_nobody_back(office: Office) -> None:
    office.brings_in(_file())
    Child.objects.update(left_on=timezone.localdate())
    office.brings_in(_file(Date_of_Leaving=WRONG))
    assert Child.objects.get().has_left()


def test_somebody_new_goes_back_to_be_mended(office: Office) -> None:
    source = office.brings_in(_file(born=WRONG, Facebook="No"))
    assert _row(source).outcome == Outcome.PROBLEM
    assert not Child.objects.exists()


def test_a_number_alone_does_not_say_who_it_is(office: Office) -> None:
    office.brings_in(_file())
    source = office.sends(_file(born=WRONG, Surname="Ray", Forename="Bo", Facebook="No"))
    assert _row(source).outcome == Outcome.PERSON
    assert _row(source).remarks[0] == FIRST_NAME_IS_NOT


@pytest.mark.parametrize("upn", [UPN, ""], ids=["by UPN", "by the school’s own number"])
def test_a_siblings_row_with_an_unreadable_birthday_does_not_take_over_a_pupil(
    office: Office, upn: str
) -> None:
    office.brings_in(_file(upn=upn))
    source = office.brings_in(_file(upn=upn, born="31/02/2017", Forename="Ben", Facebook="Yes"))
    assert _row(source).outcome == Outcome.PERSON
    assert _row(source).remarks[0] == FIRST_NAME_IS_NOT
    assert Child.objects.get().first_name == "Amy"
    assert not _may("facebook")


def test_without_a_number_a_person_says_who_it_is_and_the_no_goes_in(
    office: Office, answers: Answers
) -> None:
    office.brings_in(_file())
    source = office.sends(_file(born=WRONG, upn="", Facebook="No").replace("0007", ""))
    row, amy = _row(source), Child.objects.get()
    assert (row.outcome, row.candidates) == (Outcome.PERSON, [amy.pk])
    actions.resolve(source=source, said={row.number: str(amy.pk)}, by=office.by)
    office.confirms(office.works(source))
    assert answers("Amy") == {"facebook": "no"}


def test_one_of_two_rows_of_a_pupil_with_a_wrong_birthday_does_not_hold_back_the_no(
    office: Office, answers: Answers
) -> None:
    office.brings_in(_file())
    head = [*HEAD, "Facebook"]
    rows = [[*LEE, "No"], [*LEE[:4], WRONG, "7A", "Al Lee", "Y", "No"]]
    office.brings_in(as_csv([head, *rows]), rows_per_contact=True)
    assert answers("Amy") == {"facebook": "no"}
    assert Child.objects.get().born_on == date(2015, 6, 5)


def test_without_a_birthday_a_number_alone_makes_nobody_of_a_sibling(office: Office) -> None:
    """Amy's number beside her brother's name, and no birthday to tell the two apart."""
    office.brings_in(_file())
    source = office.brings_in(_file(born="", Forename="Ben", Facebook="Yes"))
    assert _row(source).outcome == Outcome.PERSON
    assert Child.objects.get().first_name == "Amy"
    assert not _may("facebook")
