"""The DfE's Common Transfer File (XML): pupils and their contacts, as one more sheet of text.

It becomes rows with headings we know and goes the way of every other file. It holds no permission
to publish: a pupil it brings is not asked yet. Only what stands in `PUPIL` and `CONTACT` is read;
attendance, assessments, special needs and addresses are never looked at. A former UPN or name is
not read either: it may be a protection that it changed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from consents.imports.errors import Unreadable
from consents.imports.fields import MOST_CONTACTS

KIND = "ctf"
ROOT = "CTfile"
MOST_PUPILS = 60_000
MOST_ELEMENTS = 1_500_000
DEEPEST = 24
_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")

# Heading → where it stands below `Pupil`; the first that holds anything counts.
PUPIL: dict[str, tuple[str, ...]] = {
    "UPN": ("UPN",),
    "Legal Surname": ("Surname", "BasicDetails/Surname"),
    "Legal Forename": ("Forename", "BasicDetails/Forename"),
    "Preferred Forename": ("BasicDetails/PreferredForename",),
    "Preferred Surname": ("BasicDetails/PreferredSurname",),
    "Date of Birth": ("DOB", "BasicDetails/DOB"),
    "NC Year": ("BasicDetails/NCyearActual", "NCyearActual"),
    "Enrolment Status": ("BasicDetails/EnrolStatus",),
    "In Care": ("LookedAfter/InCare", "BasicDetails/LookedAfter/InCare"),
    "Care Authority": ("LookedAfter/CareAuthority", "BasicDetails/LookedAfter/CareAuthority"),
}
CONTACT: dict[str, tuple[str, ...]] = {
    "Priority": ("Order",),
    "Title": ("Title",),
    "Forename": ("Forename",),
    "Surname": ("Surname",),
    "Relationship": ("Relationship",),
    "PR": ("Responsibility",),
    "Mobile": ("Phones/Phone/PhoneNo", "Phones/Phone/Number", "Phones/Phone"),
    "Email": ("Email",),
}
# The codes families would not recognise on a page; any other word stays as it is.
RELATIONSHIPS = {
    "PAM": "Mother",
    "PAF": "Father",
    "STM": "Stepmother",
    "STF": "Stepfather",
    "FOM": "Foster mother",
    "FOF": "Foster father",
    "CAR": "Carer",
    "SWR": "Social worker",
    "REL": "Relative",
    "FAM": "Family member",
    "OTH": "Other",
}
SCHOOL = "DfE Number"


def looks_like_one(content: bytes) -> bool:
    """Is this XML or some other marked-up text, whatever the file is called?"""
    return content.lstrip(b" \t\r\n").startswith(_STARTS)


def rows(content: bytes) -> list[list[str]]:
    """The header and one row a pupil. Raises `Unreadable`."""
    head = [SCHOOL, *PUPIL]
    head += [f"Contact {n} {what}" for n in range(1, MOST_CONTACTS + 1) for what in CONTACT]
    try:
        found = _pupils(content)
    except DefusedXmlException as error:
        raise Unreadable(
            "This XML file holds instructions to the computer, which no transfer file needs. "
            "Nothing of it was read. Export it again from your school’s system."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(
            "This XML file is damaged or cut off. Export it again from your school’s system."
        ) from error
    if not found:
        raise Unreadable("This transfer file holds no pupils.")
    return [head, *found]


def _pupils(content: bytes) -> list[list[str]]:
    found: list[list[str]] = []
    schools: list[str] = []
    depth = elements = 0
    events = iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True)
    for event, element in events:
        element.tag = _local(element.tag)
        if event == "start":
            depth, elements = depth + 1, elements + 1
            _must_be_one(element, depth, elements)
            continue
        depth -= 1
        if element.tag in {"SourceSchool", "DestSchool"} and depth == 2:
            schools.append(_school(element))
        elif element.tag == "Pupil" and depth == 2:
            found.append(_row(element, schools))
            element.clear()
            if len(found) > MOST_PUPILS:
                raise Unreadable(f"This file has more than {MOST_PUPILS:,} pupils.")
    return found


def _must_be_one(element: Element, depth: int, elements: int) -> None:
    if depth == 1 and element.tag != ROOT:
        _refuse(element.tag)
    if depth > DEEPEST or elements > MOST_ELEMENTS:
        raise Unreadable("This XML file is too large or too deep to be a transfer file.")


def _refuse(root: str) -> NoReturn:
    if root.casefold() in {"html", "table", "workbook"}:
        raise Unreadable(
            "This file only looks like a spreadsheet: it is a page for a browser or an old Excel "
            "file. Open it in Excel, save it as .xlsx and send that."
        )
    raise Unreadable(
        "This XML file is no Common Transfer File. Send a transfer file, CSV or Excel (.xlsx)."
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _school(element: Element) -> str:
    number = _text(element, ("LEA",)) + _text(element, ("Estab",))
    return number if number.isdecimal() and len(number) == 7 else ""


def _row(pupil: Element, schools: list[str]) -> list[str]:
    # To this school from another one, or from this school: either way it may be ours.
    row = [" or ".join(number for number in schools if number)]
    row += [_text(pupil, places) for places in PUPIL.values()]
    contacts = pupil.findall("Contacts/Contact")[:MOST_CONTACTS]
    for contact in contacts:
        row += [_READ.get(what, _text)(contact, places) for what, places in CONTACT.items()]
    return row


def _text(element: Element, places: tuple[str, ...]) -> str:
    for place in places:
        if text := (element.findtext(place) or "").strip():
            return text
    return ""


def _relationship(contact: Element, places: tuple[str, ...]) -> str:
    code = _text(contact, places)
    return RELATIONSHIPS.get(code.upper(), code)


_READ: dict[str, Callable[[Element, tuple[str, ...]], str]] = {"Relationship": _relationship}
