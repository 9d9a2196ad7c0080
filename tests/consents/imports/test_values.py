"""Every value a school writes, and what it means. Whatever is not listed is unclear."""

from __future__ import annotations

from datetime import date

import pytest

from consents.imports import dates, upn, values

YES = "Y|Yes|TRUE|T|1|tick|✓|Granted|Given|Accepted|Approved|Consent|yes |YES|Yes."
NO = "N|No|FALSE|F|0|Refused|Declined|Denied|Withheld|Not given"
WITHDRAWN = "Withdrawn|Revoked|Removed"
NOT_ASKED = "| |-|?|n/a|N/A|Unknown|Pending|Requested|Awaiting|No response|NULL|#N/A"
UNCLEAR = (
    "Yes - not Facebook|No names|Group only|Ask first|See note|Mum yes dad no|x|purple|Yes?|YN|2|"
    "not sure|Ja|Yes, but|No (see form)"
)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        (text, means)
        for texts, means in [
            (YES, "yes"),
            (NO, "no"),
            (WITHDRAWN, "withdrawn"),
            (NOT_ASKED, ""),
            (UNCLEAR, "unclear"),
        ]
        for text in texts.split("|")
    ],
)
def test_an_answer_means_what_the_table_says(text: str, means: str) -> None:
    assert values.answer(text) == means


def test_a_cross_means_yes_only_where_a_person_said_so() -> None:
    assert values.answer("x") == "unclear"
    assert values.answer("x", cross_is_yes=True) == "yes"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("03/09/2014", date(2014, 9, 3)),
        ("3.9.2014", date(2014, 9, 3)),
        ("03-09-14", date(2014, 9, 3)),
        ("1-Sep-26", date(2026, 9, 1)),
        ("1 September 2026", date(2026, 9, 1)),
        ("2014-09-03", date(2014, 9, 3)),
        ("2014-09-03T00:00:00", date(2014, 9, 3)),
        ("03/09/2014 00:00", date(2014, 9, 3)),
        ("41885", date(2014, 9, 3)),
        ("29/02/2016", date(2016, 2, 29)),
        ("14/02/99", date(1999, 2, 14)),
        ("", None),
        ("-", None),
    ],
)
def test_a_day_is_read_day_first(text: str, means: date | None) -> None:
    assert dates.day(text, this_year=2026) == means


@pytest.mark.parametrize(
    "text", ["31/02/2015", "03/25/2015", "next week", "2015", "1/2", "29/02/2015", "12345678"]
)
def test_what_is_no_day_is_never_guessed(text: str) -> None:
    with pytest.raises(dates.NotADate):
        dates.day(text, this_year=2026)


def test_a_day_that_can_be_read_two_ways_is_refused_once_the_column_is_american() -> None:
    column = ["03/25/2015", "04/05/2015"]
    assert dates.order_of(column) is dates.Order.MONTH
    with pytest.raises(dates.NotADate, match="two ways"):
        dates.day("04/05/2015", order=dates.Order.MONTH, this_year=2026)
    assert dates.day("04/04/2015", order=dates.Order.MONTH, this_year=2026) == date(2015, 4, 4)


def test_one_american_date_does_not_make_a_column_of_birthdays_first_american() -> None:
    column = [*["25/03/2015"] * 10, "12/13/2018", "04/05/2015"]
    order = dates.order_of(column, outweighs=True)
    assert order is dates.Order.MOSTLY
    assert dates.day("04/05/2015", order=order, this_year=2026) == date(2015, 5, 4)
    with pytest.raises(dates.NotADate, match="month first"):
        dates.day("12/13/2018", order=order, this_year=2026)


@pytest.mark.parametrize(("ours", "outweighs"), [(9, True), (1, True), (10, False)])
def test_in_a_column_of_both_orders_a_day_that_can_be_read_two_ways_is_refused(
    ours: int, outweighs: bool
) -> None:
    order = dates.order_of([*["25/03/2015"] * ours, "12/13/2018"], outweighs=outweighs)
    assert order is dates.Order.MIXED
    with pytest.raises(dates.NotADate, match="two ways"):
        dates.day("04/05/2015", order=order, this_year=2026)


def test_a_column_that_proves_nothing_leaves_the_other_day_in_doubt() -> None:
    order = dates.order_of(["04/05/2015"])
    assert order is dates.Order.GUESSED
    assert dates.day("04/05/2015", order=order, this_year=2026) == date(2015, 5, 4)
    assert dates.the_other("04/05/2015", order=order, this_year=2026) == date(2015, 4, 5)


def test_a_column_that_proves_the_day_first_leaves_no_doubt() -> None:
    order = dates.order_of(["04/05/2015", "25/03/2015"])
    assert dates.the_other("04/05/2015", order=order, this_year=2026) is None


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("7", "7"),
        ("Y7", "7"),
        ("Yr 7", "7"),
        ("Year 7", "7"),
        ("Year  7", "7"),
        ("R", "Reception"),
        ("Rec", "Reception"),
        ("FS2", "Reception"),
        ("N1", "Nursery"),
        ("N2", "Nursery"),
        ("12", "12"),
        ("13", "13"),
        ("14", "14"),
        ("NC Year 10", "10"),
        ("", ""),
        ("Year 15", None),
        ("Class 7", None),
        ("77", None),
    ],
)
def test_year_groups(text: str, means: str | None) -> None:
    assert values.year_group(text) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("T", True),
        ("Yes", True),
        ("1", True),
        ("N", False),
        ("0", False),
        ("", None),
        ("perhaps", None),
    ],
)
def test_a_flag_is_yes_no_or_not_known(text: str, means: bool | None) -> None:
    assert values.flag(text) is means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Y", True),
        ("Full care order", True),
        ("Oakshire Council", True),
        ("T", True),
        ("N", False),
        ("No", False),
        ("", None),
        ("-", None),
    ],
)
def test_any_word_about_care_but_a_no_means_care(text: str, means: bool | None) -> None:
    assert values.in_care(text) is means


@pytest.mark.parametrize(
    ("text", "first", "surname"),
    [
        ("SMITH, John", "John", "SMITH"),
        ("John Smith", "John", "Smith"),
        ("Zoë", "Zoë", ""),
        ("Mary Jane Watson", "Mary Jane", "Watson"),
        ("Mrs Fatima Ali", "Fatima", "Ali"),
        ("van der Berg, Łukasz", "Łukasz", "van der Berg"),
    ],
)
def test_a_full_name_is_split(text: str, first: str, surname: str) -> None:
    assert values.split_name(text)[:2] == (first, surname)


def test_names_keep_their_letters_in_one_form() -> None:
    assert values.name("  Zoe\u0308   O’Brien ") == "Zoë O’Brien"


@pytest.mark.parametrize("text", ["Zo\ufffd", "=cmd()", "A\x00b", "123", "\x1b[31m"])
def test_a_spoiled_name_is_told(text: str) -> None:
    assert values.spoiled(text)


@pytest.mark.parametrize("text", ["O'Brien", "Łukasz", "Seán", "Smith-Jones", "María José", "X Æ"])
def test_names_of_every_kind_are_fine(text: str) -> None:
    assert not values.spoiled(text)
    assert not values.looks_misread(text)


@pytest.mark.parametrize("text", ["ZoÃ«", "SeÃ¡n", "Oâ€™Brien".replace("â€™", "Â’")])
def test_misread_letters_are_noticed(text: str) -> None:
    assert values.looks_misread(text)


@pytest.mark.parametrize(
    "number",
    [
        "T999400126001",
        "G999400126002",
        "W999400126003",
        "K999400126004",
        "E999400125017",
        "B801200005001",
    ],
)
def test_a_good_upn_is_free_of_doubt(number: str) -> None:
    assert upn.doubt(number) == ""


@pytest.mark.parametrize(
    ("number", "because"),
    [
        ("R99940012601A", "temporary"),
        ("U99940012602B", "temporary"),
        ("A999400126001", "check letter"),
        ("8.012E+12", "spoiled"),
        ("123", "not a Unique"),
        ("I999400126001", "check letter"),
        ("T99940012600O", "not a Unique"),
    ],
)
def test_a_doubtful_upn_says_why(number: str, because: str) -> None:
    assert because in upn.doubt(number)


def test_a_worked_check_letter_is_p() -> None:
    """A supplier's page works an example as 267 and Q; the sum is 266, and 266 mod 23 is 13: P."""
    assert upn.LETTERS[266 % 23] == "P"
