"""Personal details are seen in a text, and ordinary school news is left alone."""

from __future__ import annotations

import pytest

from consents.imports.upn import check_letter
from posts.words.details import Published, Sort, class_beside, details

BODY = "820432124001"
UPN = check_letter(BODY) + BODY
WRONG = "B" + BODY if not UPN.startswith("B") else "C" + BODY


def sorts(text: str) -> list[Sort]:
    return [detail.sort for detail in details(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 0114 496 0123 for tickets",
        "Text 07700 900123 to book",
        "07700900123",
        "(0114) 4960123",
        "+44 114 496 0123",
        "+44 (0)114 496 0123",
        "0044 114 496 0123",
        "Call +48 22 123 45 67",
        "tel: 020 7946 0958.",
        "07700-900-123",
        "０７７００ ９００１２３",
        "0114\u200b 496 0123",
    ],
)
def test_r_018_a_phone_number_is_seen_however_it_is_written(text: str) -> None:
    assert sorts(text) == [Sort.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "Our readers finished 1,250 books this term",
        "They raised £1,234.56 for the hospice",
        "ISBN 9780141365466",
        "The score was 12-10 after 3 sets, 21-19 in the last",
        "In 2026-2027 we open 08:30-15:30",
        "0.12345678901 is nearly an eighth",
        "3.14159265358979 recited by heart",
        "Voyager is 25,000,000,000 km away",
        "£0800000000",
    ],
)
def test_numbers_of_a_school_day_are_no_phone_numbers(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize(
    "text",
    ["mail sue.reed@gmail.com", "Write to SUE@EXAMPLE.ORG!", "sue @ example.org", "a+b@c-d.co.uk"],
)
def test_r_018_an_email_address_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.EMAIL]


def test_an_account_name_is_no_email_address() -> None:
    assert sorts("Thank you @oakprimary and @sheffieldlibraries") == []


@pytest.mark.parametrize("text", ["S10 2TN", "Meet at SW1A 1AA", "S102TN"])
def test_r_018_a_postcode_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.POSTCODE]


@pytest.mark.parametrize(
    "text", ["Y4 won 3 of 5", "The B52s", "A4 paper", "SW London", "#S102TN", "KS2 SATs week"]
)
def test_short_codes_of_a_school_are_no_postcodes(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize(
    "text", ["14 Elm Grove", "the party is at 3a Station Road", "12, High Street"]
)
def test_r_018_a_street_address_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.ADDRESS]


@pytest.mark.parametrize(
    "text",
    ["Year 4 walked up Elm Grove", "2 coaches left for Park Lane", "4 of us found our own way"],
)
def test_a_street_without_a_number_is_no_address(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "born on 4 May 2017",
        "DOB: 04/05/2017",
        "D.O.B. 4.5.17",
        "date of birth 2017-05-04",
        "Her birthday is on 4 May",
        "She turns nine on 4th May",
        "4 May is her birthday",
    ],
)
def test_r_018_a_date_of_birth_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.BIRTHDAY]


@pytest.mark.parametrize(
    "text",
    [
        "Shakespeare was born on 23 April 1564",
        "The fair is on 4 May 2026",
        "Florence Nightingale, born 12 May 1820",
        "Happy birthday to our school, 50 years old",
    ],
)
def test_other_dates_are_no_dates_of_birth(text: str) -> None:
    assert sorts(text) == []


def test_r_018_a_upn_is_known_by_its_check_letter() -> None:
    assert sorts(f"Number {UPN}") == [Sort.UPN]
    assert sorts(f"Number {WRONG}") == []


@pytest.mark.parametrize("text", ["a red car, AB12 CDE", "AB12CDE"])
def test_r_018_a_number_plate_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.PLATE]


@pytest.mark.parametrize(
    "text",
    [
        "https://drive.google.com/drive/folders/1a2b",
        "docs.google.com/document/d/1x/edit",
        "https://oaktrust-my.sharepoint.com/:f:/g/abc",
        "https://1drv.ms/u/s!abc",
        "https://www.dropbox.com/scl/fo/abc?rlkey=1",
        "Join https://chat.whatsapp.com/AbCdEf",
        "wa.me/447700900123",
        "https://photos.app.goo.gl/abc",
    ],
)
def test_r_036_a_link_to_a_private_file_or_group_is_seen(text: str) -> None:
    assert sorts(text) == [Sort.LINK]


@pytest.mark.parametrize(
    "text",
    [
        "Book at https://docs.google.com/forms/d/e/1",
        "Read https://oakprimary.sch.uk/news",
        "We drove home. Google it",
    ],
)
def test_a_public_page_is_no_private_link(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She swims every Tuesday at 4 at Ponds Forge",
        "He trains on Tuesdays at 4pm in the park",
        "Each Saturday at the leisure centre from 9.30",
        "She is collected every day after school from the library",
    ],
)
def test_r_018_a_week_of_somebody_is_seen(text: str) -> None:
    assert Sort.ROUTINE in sorts(text)


@pytest.mark.parametrize(
    "text",
    ["On Tuesday we went to the park", "Every Tuesday is fish pie", "Tuesday’s assembly was at 9"],
)
def test_one_day_is_no_week(text: str) -> None:
    assert sorts(text) == []


def test_the_words_found_are_those_of_the_text() -> None:
    [detail] = details("Ring 0114\u200b 496 0123 now")
    assert detail.text == "0114\u200b 496 0123"


def test_what_the_school_publishes_is_its_own() -> None:
    oak = Published.of(
        phone="0114 496 0123",
        email="office@oak.sch.uk",
        address="Oak Primary, 14 Elm Grove, Sheffield S10 2TN",
    )
    text = (
        "Ring +44 (0)114 496 0123 or write to office@oak.sch.uk or admin@oak.sch.uk. We are at "
        "14 Elm Grove, S10 2TN."
    )
    assert [d.text for d in details(text) if not oak.has(d)] == []


def test_a_teacher_s_own_address_at_the_school_is_not_the_school_s() -> None:
    oak = Published.of(phone="", email="office@oak.sch.uk", address="")
    [detail] = details("Write to t.marlow@oak.sch.uk")
    assert not oak.has(detail)


def test_a_school_that_publishes_nothing_has_no_number_of_its_own() -> None:
    [detail] = details("Ring 0114 496 0123")
    assert not Published.of(phone="", email="", address="").has(detail)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Well done Tom Rees of 4B", "4B"),
        ("Tom Rees (4b) won", "4B"),
        ("Year 4 are proud of Tom Rees", "Year 4"),
        ("Well done Tom Rees. Year 4 sang.", ""),
        ("Tom Rees won", ""),
    ],
)
def test_r_018_a_class_beside_a_full_name_is_seen(text: str, label: str) -> None:
    at = text.index("Tom Rees")
    assert class_beside(text, at, at + 8, "4B") == label


def test_the_full_stop_after_a_link_is_not_part_of_it() -> None:
    [detail] = details("See https://drive.google.com/x.")
    assert detail.text == "https://drive.google.com/x"
