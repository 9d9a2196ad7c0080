"""The file of rows left out: what is wrong, and of whom nobody has said who it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from consents.imports import actions, mending
from consents.models import Child, Import, ImportRow
from schools.models import User
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Facebook"]
AMY = ["0007", "Lee", "Amy", "05/06/2015", "7A", ""]
NAMELESS = ["", "Lee", "Amy", "05/06/2015", "7A", "No"]  # whom no number tells


def _file(*rows: list[str]) -> str:
    return as_csv([HEAD, *rows])


def _left_out(source: Import) -> list[list[str]]:
    text = "".join(mending.mend_file(source)).lstrip("\ufeff")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.fixture
def undecided(office: Office) -> Import:
    """Amy is known, and a row that may be hers was brought in without saying so."""
    office.brings_in(_file(AMY))
    return office.brings_in(_file(NAMELESS))


def test_a_row_of_which_nobody_said_who_it_is_comes_back_with_the_reason(undecided: Import) -> None:
    assert _left_out(undecided) == [
        [*NAMELESS, "This may be a pupil you already have. Say who it is."]
    ]


def test_with_its_number_written_in_it_goes_in(office: Office, undecided: Import) -> None:
    [head, row] = ["".join(mending.mend_file(undecided)).splitlines()[n] for n in (0, 1)]
    source = office.brings_in(f"{head.lstrip(chr(0xFEFF))}\r\n0007{row}\r\n")
    assert source.summary["answers"] == {"no": 1}
    assert Child.objects.count() == 1


def test_a_row_that_was_settled_is_not_among_them(office: Office, undecided: Import) -> None:
    source = office.sends(_file(NAMELESS))
    actions.resolve(source=source, said={2: str(Child.objects.get().pk)}, by=office.by)
    assert _left_out(office.works(source)) == []


def test_a_known_pupil_with_a_yes_that_waits_went_in_and_is_not_among_them(office: Office) -> None:
    office.brings_in(_file([*AMY[:5], "No"]))
    source = office.brings_in(_file([*AMY[:5], "Yes"]))
    assert source.rows.get().outcome == ImportRow.Outcome.PERSON
    assert _left_out(source) == []


def test_the_page_of_the_file_offers_them(
    undecided: Import, office: Office, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(office.by).get(f"/children/imports/{undecided.pk}/").content.decode()
    assert "Rows left out, as a file" in page
