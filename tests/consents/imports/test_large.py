"""A whole trust's worth of rows, and three hundred broken ones among good ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consents.imports import actions, mending
from consents.imports.running import run_imports
from consents.models import Child, ConsentDecision, Guardianship, Import, ImportRow
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = [
    "UPN",
    "Adno",
    "Surname",
    "Forename",
    "DOB",
    "Year",
    "Reg",
    "School",
    "Contact 1 Forename",
    "Contact 1 Surname",
    "Contact 1 PR",
    "Facebook",
    "Instagram",
    "Consent Date",
]
Row = list[str]


def good(number: int) -> Row:
    """A row with nothing wrong."""
    return [
        "",
        f"{number:06}",
        f"O’Neill{number}",
        "Zoë",
        "25/06/2015",
        "7",
        "7A",
        "Oak",
        "Siân",
        f"O’Neill{number}",
        "Y",
        "Yes",
        "No",
        "01/09/2026",
    ]


def _with(column: str, text: str) -> Callable[[Row], Row]:
    def change(row: Row) -> Row:
        row[HEAD.index(column)] = text
        return row

    return change


def _nameless(row: Row) -> Row:
    return _with("Surname", "")(_with("Forename", "")(row))


# Every way in which one row by itself can be broken, with a word of what is said about it.
BREAKS: list[tuple[Callable[[Row], Row], str]] = [
    (_with("DOB", "31/02/2015"), "not a date"),
    (_with("DOB", "06/25/2015"), "month first"),
    (_with("DOB", "01/01/1950"), "years old"),
    (_with("DOB", "01/01/2026"), "years old"),
    (_with("DOB", "last summer"), "not a date"),
    (_with("Forename", "Zo\ufffd"), "letter of this name was lost"),
    (_with("Surname", "=HYPERLINK(1)"), "formula"),
    (_with("Surname", "+44 7700 900123"), "not a name"),
    (_with("Forename", "Z" * 81), "longer than 80"),
    (_with("Forename", "Z\x07oe"), "cannot be printed"),
    (_with("Reg", "7A of the old building"), "longer than 20"),
    (_with("Adno", "9" * 41), "longer than 40"),
    (_with("School", "Elm"), "this row is for Elm"),
    (_with("Consent Date", "01/09/2099"), "not come yet"),
    (_with("Consent Date", "soon"), "not a date"),
    (_with("Contact 1 Surname", "=1+1"), "formula"),
    (_nameless, "no name"),
    (_with("UPN", "T999400126001"), "same number"),
    (_with("Adno", "000500"), "same number"),
    (lambda row: ["", "", "Same", "Sam", *row[4:]], "same name and birthday"),
]
BROKEN = 300


@pytest.fixture
def mixed() -> str:
    """1,000 rows, 300 of them broken in every way there is."""
    rows = [good(n) for n in range(1_000, 1_700)]
    for n in range(BROKEN):
        change, _ = BREAKS[n % len(BREAKS)]
        rows.insert(n * 3, change(good(5_000 + n)))
    return as_csv([HEAD, *rows])


def test_good_rows_go_in_and_three_hundred_broken_ones_come_back(
    office: Office, mixed: str
) -> None:
    source = office.brings_in(mixed)
    assert source.summary["outcomes"]["problem"] == BROKEN
    assert source.summary["outcomes"]["new"] == 700
    assert Child.objects.count() == 700
    said = {
        (row.number - 2) // 3 % len(BREAKS): mending.sentence(row)
        for row in source.rows.filter(outcome="problem")
    }
    for place, (_, words) in enumerate(BREAKS):
        assert words in said[place]


def test_the_file_to_mend_holds_the_same_columns_and_what_is_wrong(
    office: Office, mixed: str
) -> None:
    source = office.brings_in(mixed)
    [head, *rows] = csv.reader(io.StringIO("".join(mending.mend_file(source)).lstrip("\ufeff")))
    assert head == [*HEAD, "What to mend"]
    assert len(rows) == BROKEN
    assert "not a date" in rows[0][-1]


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed_and_comes_back_unharmed(
    office: Office, mixed: str
) -> None:
    source = office.brings_in(mixed)
    cells = [c for row in csv.reader(mending.mend_file(source)) for c in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and len(cell) > 1]
    assert "'=HYPERLINK(1)" in cells
    again = office.sends("".join(mending.mend_file(source)).lstrip("\ufeff"))
    assert any("formula" in mending.sentence(row) for row in again.rows.all())


def test_the_mended_file_goes_in(office: Office) -> None:
    source = office.brings_in(as_csv([HEAD, good(1), _with("DOB", "31/02/2015")(good(2))]))
    text = "".join(mending.mend_file(source)).replace("31/02/2015", "28/02/2015")
    mended = office.brings_in(text.lstrip("\ufeff"))
    assert mended.summary["outcomes"]["new"] == 1
    assert mended.summary["stops"] == []
    assert Child.objects.count() == 2


@pytest.mark.slow
def test_twenty_thousand_pupils_go_in_and_again_nothing_is_written(office: Office) -> None:
    text = as_csv([HEAD, *(good(n) for n in range(20_000))])
    source = office.brings_in(text)
    assert source.summary["outcomes"]["new"] == 20_000
    assert (Child.objects.count(), Guardianship.objects.count()) == (20_000, 20_000)
    assert ConsentDecision.objects.count() == 40_000
    again = office.brings_in(text)
    assert again.summary["outcomes"]["unchanged"] == 20_000
    assert ConsentDecision.objects.count() == 40_000


def _queries(office: Office, text: str) -> int:
    source = office.sends(text)
    actions.confirm(source=source, accepted=["school", "absent", "letters"], by=office.by)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        run_imports()
    assert Import.objects.get(pk=source.pk).state == Import.State.DONE
    return len(caught)


def test_ten_rows_and_nine_hundred_need_the_same_number_of_queries(office: Office) -> None:
    few = as_csv([HEAD, *(good(n) for n in range(10))])
    many = as_csv([HEAD, *(good(n) for n in range(1_000, 1_900))])
    assert _queries(office, few) == _queries(office, many)


def test_every_row_is_listed(office: Office, mixed: str) -> None:
    source = office.sends(mixed)
    assert ImportRow.objects.filter(source=source).count() == 1_000
