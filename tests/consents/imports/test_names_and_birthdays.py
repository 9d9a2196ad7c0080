"""What is missing or odd in a name or a birthday: what goes back, what is said, what goes in."""

from __future__ import annotations

import pytest

from consents.models import Child, Import
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg"]
DIAZ = ["0007", "Diaz", "Ana", "05/06/2015", "7A"]


def file(*rows: list[str], head: list[str] = HEAD) -> str:
    return as_csv([head, *rows])


def but(**cells: str) -> list[str]:
    """Ana's row with some cells otherwise: `but(Forename="")`."""
    return [cells.get(title, cell) for title, cell in zip(HEAD, DIAZ, strict=True)]


def said(source: Import) -> str:
    return " ".join(source.summary["notices"])


def test_a_row_without_a_first_name_goes_back_to_be_mended(office: Office) -> None:
    source = office.sends(file(but(Forename="")))
    assert source.rows.get().problems == [
        ["Forename", "there is no first name. For a pupil with one name only, write it here"]
    ]


def test_an_empty_first_name_never_renames_a_pupil_we_know(office: Office) -> None:
    office.brings_in(file(DIAZ))
    office.brings_in(file(but(Forename="")))
    assert Child.objects.get().full_name == "Ana Diaz"


def test_the_name_a_pupil_is_known_by_stands_in_for_the_legal_one(office: Office) -> None:
    office.brings_in(file([*but(Forename=""), "Anita"], head=[*HEAD, "Known as"]))
    assert Child.objects.get().full_name == "Anita Diaz"


@pytest.mark.parametrize("dash", ["-", ".", "–"])
def test_a_dash_for_the_first_name_means_that_there_is_one_name_only(
    office: Office, dash: str
) -> None:
    source = office.brings_in(file(but(Forename=dash)))
    assert (Child.objects.get().full_name, said(source)) == ("Diaz", "1 pupil has one name only.")


def test_one_name_where_the_first_name_stands_is_a_whole_name(office: Office) -> None:
    office.brings_in(file(but(Surname="", Forename="Ana")))
    assert Child.objects.get().full_name == "Ana"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Ana<br>", "Ana > 7A"])
@pytest.mark.parametrize("column", ["Forename", "Surname"])
def test_a_piece_of_a_page_is_no_name(office: Office, column: str, name: str) -> None:
    source = office.sends(file(but(**{column: name})))
    assert source.summary["outcomes"]["problem"] == 1
    assert "not a name but a piece of a page" in str(source.rows.get().problems)


@pytest.mark.parametrize("name", ["Ana2", "Ana_Diaz", "Ana?"])
def test_digits_and_signs_in_a_name_go_in_and_are_said(office: Office, name: str) -> None:
    source = office.brings_in(file(but(Forename=name)))
    assert said(source) == "1 row holds a name with digits or signs."
    assert Child.objects.get().first_name == name


@pytest.mark.parametrize("name", ["D’Arcy", "Jean-Luc", "Łukasz", "Ana (Anita)", "O.J."])
def test_a_name_as_names_are_is_not_remarked_on(office: Office, name: str) -> None:
    assert said(office.sends(file(but(Forename=name)))) == ""


def test_pupils_without_a_birthday_are_counted_in_the_dry_run(office: Office) -> None:
    rows = [but(Adno=str(n), DOB="") for n in (1, 2)]
    assert "2 pupils have no date of birth." in said(office.sends(file(DIAZ, *rows)))


def test_a_pupil_we_know_without_a_birthday_is_counted_again(office: Office) -> None:
    office.brings_in(file(but(DOB="")))
    assert "1 pupil has no date of birth." in said(office.sends(file(but(DOB=""))))


def test_a_birthday_we_know_already_is_not_missed_in_the_file(office: Office) -> None:
    office.brings_in(file(DIAZ))
    assert said(office.sends(file(but(DOB="")))) == ""


@pytest.mark.parametrize("below", [[], [[""] * 5], [["Total", "0", "", "", ""]]])
def test_a_file_of_headings_alone_says_that_no_pupils_are_in_it(
    office: Office, below: list[list[str]]
) -> None:
    source = office.sends(file(*below))
    assert source.state == Import.State.REFUSED
    assert source.problem.startswith("There are no pupils in this file")
    assert not source.summary


def test_one_yes_of_nobody_is_told_as_one(office: Office) -> None:
    source = office.sends(file([*DIAZ, "Y"], head=[*HEAD, "Facebook"]))
    assert "1 answer says yes and names nobody who said it" in said(source)


def test_r_073_nicknames_come_in_with_their_own_column(office):
    office.brings_in(file([*but(), "Ani, Nita"], head=[*HEAD, "Nickname"]))
    assert Child.objects.get().nicknames == "Ani, Nita"
