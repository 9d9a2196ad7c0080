"""Every row that issue C answers for has a test, a reason why a person does it, or is said to be
open; and the table of requirements claims nothing that is not there."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.house.requirements import (
    DOCUMENT,
    RANGE_OF_C,
    ROWS,
    named_tests,
    rows_of_test,
    rules,
    still_open,
    written,
)


def test_every_row_of_issue_c_is_tested_done_by_a_person_or_said_to_be_open():
    silent = set(still_open()) - set(written()["open"])
    assert not silent, f"no test_r_…, no line in docs/requirements.toml: {sorted(silent)}"


def test_no_row_is_both_a_persons_and_open():
    assert not set(written()["person"]) & set(written()["open"])


def test_whatever_is_written_about_a_row_speaks_of_a_row_that_exists():
    assert {row for table in written().values() for row in table} <= set(ROWS)


def test_every_row_has_a_rule_that_cites_it_or_is_not_of_issue_c():
    cited = rules()
    assert [row for row in RANGE_OF_C if row not in cited] == []


def test_the_table_has_a_line_for_every_row():
    assert re.findall(r"^\| (R-\d{3}) \|", DOCUMENT.read_text(), re.M) == ROWS


def test_every_test_that_the_table_names_exists():
    there = {line for lines in named_tests().values() for line in lines}
    named = set(re.findall(r"[\w/]+\.py: test_\w+", DOCUMENT.read_text()))
    assert named, "no test is named at all"
    assert named <= there, "write it anew, see tests/house/requirements.py"


@pytest.mark.parametrize("name", sorted(set(written()["page"].values())))
def test_every_page_that_the_table_names_exists(name):
    assert reverse(name).startswith("/")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("test_r_073_a_name", {"R-073"}),
        ("test_r_062_and_r_063_candidates", {"R-062", "R-063"}),
        ("test_r_082_to_r_084_targets", {"R-082", "R-083", "R-084"}),
        ("test_a_name", set()),
    ],
)
def test_the_name_of_a_test_says_its_rows(name, rows):
    assert rows_of_test(name) == rows
