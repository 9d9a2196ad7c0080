"""The same three pupils as each of the schools' systems exports them, built afresh for each test.

Zoë's mother says yes to Facebook, and no to Instagram where the system can say no; photos in
general are a yes. Mohammed was never asked. Amara is in care.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | bool | int | date | None
Rows = list[list[Cell]]
ZOE, MO, AMARA = "T999400126001", "G999400126002", "K999400126004"
BORN = {ZOE: date(2014, 9, 3), MO: date(2015, 2, 11), AMARA: date(2015, 6, 5)}


@dataclass(frozen=True)
class System:
    """A file of one system. `can_say_no`: its consents are more than ticks."""

    rows: Rows
    can_say_no: bool
    rows_per_contact: bool = False
    encoding: str = "utf-8-sig"
    delimiter: str = ","


def _sims() -> System:
    """A report with its title on top, one row a contact, ticks, years written “Year  7”."""
    head: list[Cell] = [
        *("UPN", "Adno", "Legal Surname", "Legal Forename", "Preferred Forename", "DOB"),
        *("Year", "Reg", "In LEA Care", "Enrolment Status", "Priority", "Contact Title"),
        *("Contact Forename", "Contact Surname", "Contact Relationship"),
        *("Parental Responsibility", "Court Order", "Primary Email", "Photograph Student"),
        *("Facebook", "Instagram", "Biometric", "Consent Date"),
    ]

    def pupil(
        upn: str, adno: str, last: str, first: str, reg: str, care: bool, contact: list[Cell]
    ) -> list[Cell]:
        fixed: list[Cell] = [upn, adno, last, first, "", BORN[upn], "Year  7", reg, care, "C"]
        return [*fixed, *contact]

    ticked: list[Cell] = [True, True, False, True, date(2026, 9, 1)]
    nothing: list[Cell] = [False, False, False, False, None]
    sian: list[Cell] = [1, "Mrs", "Siân", "O’Brien", "Mother", True, False, "sian@home.example"]
    pat: list[Cell] = [2, "Mr", "Pat", "O’Brien", "Father", True, False, ""]
    fatima: list[Cell] = [1, "Mrs", "Fatima", "Ali", "Mother", True, False, ""]
    omar: list[Cell] = [2, "Mr", "Omar", "Ali", "Uncle", False, False, ""]
    carer: list[Cell] = [1, "Ms", "Jo", "Brown", "Foster Mother", False, False, ""]
    return System(
        [
            ["Oak Primary School"],
            ["Pupils, contacts and consents", None, None],
            [],
            head,
            pupil(ZOE, "001275", "O’Brien", "Zoë", "7ES", False, [*sian, *ticked]),
            pupil(ZOE, "001275", "O’Brien", "Zoë", "7ES", False, [*pat, *ticked]),
            pupil(MO, "001276", "ALI", "Mohammed", "7AB", False, [*fatima, *nothing]),
            pupil(MO, "001276", "ALI", "Mohammed", "7AB", False, [*omar, *nothing]),
            pupil(AMARA, "001278", "Smith-Jones", "Amara", "7AB", True, [*carer, *nothing]),
        ],
        can_say_no=False,
        rows_per_contact=True,
    )


def _arbor() -> System:
    """Words for answers, months in words, a column for every contact."""
    head: list[Cell] = [
        *("Arbor Student ID", "UPN", "Legal First Name", "Legal Last Name"),
        *("Preferred First Name", "Preferred Last Name", "Date of birth", "Year group"),
        *("Registration form", "Looked After", "Guardian 1 First name", "Guardian 1 Last name"),
        *("Guardian 1 Relationship", "Guardian 1 Parental Responsibility", "Guardian 1 Email"),
        *("Guardian 2 First name", "Guardian 2 Last name", "Guardian 2 Parental Responsibility"),
        *("Photo Consent", "Facebook", "Instagram", "Walk Home Alone", "Consent Date"),
    ]
    asked: list[Cell] = ["Accepted", "Accepted", "Declined", "Accepted", "01 Sep 2026"]
    pending: list[Cell] = ["Requested", "Requested", "Requested", "Accepted", None]
    return System(
        [
            head,
            [
                *(1275, ZOE, "Zoë", "O’Brien", "Zoë", "O’Brien", "03 Sep 2014", "Year 7", "7ES"),
                *("No", "Siân", "O’Brien", "Mother", "Yes", "sian@home.example"),
                *("Pat", "O’Brien", "Yes", *asked),
            ],
            [
                *(1276, MO, "Mohammed", "ALI", "", "", "11 Feb 2015", "Year 7", "7AB"),
                *("No", "Fatima", "Ali", "Mother", "Yes", "", "Omar", "Ali", "No", *pending),
            ],
            [
                *(1278, AMARA, "Amara", "Smith-Jones", "", "", "05 Jun 2015", "Year 7", "7AB"),
                *("Yes", "Jo", "Brown", "Foster Mother", "No", "", "", "", "", *pending),
            ],
        ],
        can_say_no=True,
    )


def _bromcom() -> System:
    """Semicolons, “Chosen” names, and a consent that is none: to the processing of data."""
    head: list[Cell] = [
        *("Person ID", "UPN", "Legal Surname", "Legal Forename", "Chosen Forename"),
        *("Date of Birth", "National Curriculum Year", "Tutor Group", "In Care"),
        *("Contact 1 Priority", "Contact 1 Forename", "Contact 1 Surname"),
        *("Contact 1 Relationship", "Contact 1 Parental Responsibility"),
        *("Contact 1 Primary Email", "Contact 2 Forename", "Contact 2 Surname", "Contact 2 PR"),
        *("Data Processing Consent Granted", "Photographs", "Facebook", "Instagram"),
        "Consent Date",
    ]
    return System(
        [
            head,
            [
                *("1275", ZOE, "O’Brien", "Zoë", "", BORN[ZOE], 7, "7ES", "N", 1, "Siân"),
                *("O’Brien", "Mother", "Y", "sian@home.example", "Pat", "O’Brien", "Y"),
                *(True, "Yes", "Yes", "No", date(2026, 9, 1)),
            ],
            [
                *("1276", MO, "ALI", "Mohammed", "Mo", BORN[MO], 7, "7AB", "N", 1, "Fatima"),
                *("Ali", "Mother", "Y", "", "Omar", "Ali", "N", True, None, None, None, None),
            ],
            [
                *("1278", AMARA, "Smith-Jones", "Amara", "", BORN[AMARA], 7, "7AB", "Y", 1, "Jo"),
                *("Brown", "Foster Mother", "N", "", "", "", "", True, None, None, None, None),
            ],
        ],
        can_say_no=True,
        delimiter=";",
    )


def _scholarpack() -> System:
    """Windows letters, one row a contact, “Contact Order” and “Responsibility”."""
    head: list[Cell] = [
        *("Pupil ID", "UPN", "Surname", "Forename", "Known As", "DOB", "NC Year", "Class"),
        *("LAC", "Contact Order", "Contact Name", "Relationship", "Responsibility"),
        *("Home Email", "Photo Permission", "Video", "Facebook", "Instagram", "Trips"),
        "Consent Date",
    ]
    zoe: list[Cell] = ["1275", ZOE, "O’Brien", "Zoë", "", BORN[ZOE], "7", "7ES", "No"]
    mo: list[Cell] = ["1276", MO, "ALI", "Mohammed", "Mo", BORN[MO], "7", "7AB", "No"]
    said: list[Cell] = ["Granted", "", "Granted", "Refused", "Granted", date(2026, 9, 1)]
    none: list[Cell] = ["", "", "", "", "Granted", None]
    return System(
        [
            head,
            [*zoe, 1, "Siân O’Brien", "Mother", "Y", "sian@home.example", *said],
            [*zoe, 2, "Pat O’Brien", "Father", "Y", "", *said],
            [*mo, 1, "Fatima Ali", "Mother", "Y", "", *none],
            [*mo, 2, "Omar Ali", "Uncle", "N", "", *none],
            [
                *("1278", AMARA, "Smith-Jones", "Amara", "", BORN[AMARA], "7", "7AB", "Yes"),
                *(1, "Jo Brown", "Foster Mother", "N", "", *none),
            ],
        ],
        can_say_no=True,
        rows_per_contact=True,
        encoding="cp1252",
    )


SYSTEMS = {
    "SIMS": _sims(),
    "Arbor": _arbor(),
    "Bromcom": _bromcom(),
    "ScholarPack": _scholarpack(),
}


def written(cell: Cell) -> str:
    """A cell as a CSV file of the system holds it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "True" if cell else "False"
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
