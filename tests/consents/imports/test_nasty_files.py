"""Nasty files, each with what must become of it: what is said, who goes in, how many a yes;
and no no leaves a permission."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

import pytest

from consents import rules
from consents.models import Child, ConsentDecision, Import
from tests.consents.imports.conftest import Office, as_csv, as_xlsx

pytestmark = pytest.mark.django_db
UPN, UPN2 = "T999400126001", "G999400126002"
HEAD = ["UPN", "Adno", "Surname", "Forename", "DOB", "Contact 1 Name", "PR", "Facebook"]
AMY = [UPN, "0007", "Lee", "Amy", "05/06/2015", "Jo Lee", "Y", "Yes"]
REFUSED, DONE = Import.State.REFUSED, Import.State.DONE


@dataclass(frozen=True)
class Nasty:
    """A file and its expected end. `outcomes` leaves zeros out; `says` is said somewhere; `before`
    is a file that was brought in first."""

    content: bytes
    says: str = ""
    outcomes: dict[str, int] = field(default_factory=dict)
    pupils: int = 0
    yeses: int = 0
    state: str = DONE
    noes: int = 0
    before: bytes = b""


def _amy(**changed: str) -> list[str]:
    return [changed.get(heading.split()[0], cell) for heading, cell in zip(HEAD, AMY, strict=True)]


def _csv(*rows: list[str], head: list[str] = HEAD, encoding: str = "utf-8-sig") -> bytes:
    return as_csv([head, *rows]).encode(encoding)


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (500 * 2**20))
    return out.getvalue()


NASTY: dict[str, Nasty] = {
    "Windows letters, unmarked": Nasty(
        _csv(_amy(Surname="O’Brien", Forename="Zoë"), encoding="cp1252"),
        "names with accents and signs on this page are right",
        {"new": 1},
        pupils=1,
        yeses=1,
    ),
    "UTF-16 with tabs, as Excel's “Unicode text”": Nasty(
        as_csv([HEAD, _amy(Forename="Łucja")], "\t").encode("utf-16"), "", {"new": 1}, 1, 1
    ),
    "letters read twice": Nasty(
        _csv(_amy(Forename="ZoÃ«")), "letters were misread", {"new": 1}, pupils=1, yeses=1
    ),
    "a letter that was lost": Nasty(
        _csv(_amy(Forename="Zo\ufffd")), "a letter of this name was lost", {"problem": 1}
    ),
    "a formula for a name": Nasty(
        _csv(_amy(Surname='=HYPERLINK("http://a.example")')), "formula, not a name", {"problem": 1}
    ),
    "a piece of a page for a name": Nasty(
        _csv(_amy(Surname="<script>alert(1)</script>")), "a piece of a page", {"problem": 1}
    ),
    "a number the spreadsheet spoiled": Nasty(
        _csv(_amy(UPN="8.01200005E+11")), "spreadsheet has spoiled", {"new": 1}, pupils=1, yeses=1
    ),
    "a check letter that does not fit": Nasty(
        _csv(_amy(UPN="A999400126001")), "check letter does not fit", {"new": 1}, 1, 1
    ),
    "one UPN on two rows": Nasty(
        _csv(AMY, _amy(Adno="0008", Forename="Bo")), "same number", {"problem": 2}
    ),
    "twins": Nasty(
        _csv(AMY, _amy(UPN=UPN2, Adno="0008", Forename="Bo")), "", {"new": 2}, pupils=2, yeses=2
    ),
    "two of one name and birthday, nothing to tell them apart": Nasty(
        _csv(_amy(UPN="", Adno=""), _amy(UPN="", Adno="")), "Add a UPN or number", {"problem": 2}
    ),
    "title, blank, repeated heading and total rows": Nasty(
        b"Oak Primary School\r\n\r\n" + _csv(AMY, [], HEAD, ["Total: 1", "", ""], encoding="utf-8"),
        "3 rows are empty, totals or repeated headings",
        {"new": 1},
        pupils=1,
        yeses=1,
    ),
    "the month first": Nasty(
        _csv(_amy(DOB="06/25/2015"), _amy(UPN=UPN2, Adno="0008", DOB="03/04/2015")),
        "can be read two ways",
        {"problem": 2},
    ),
    "one date with the month first among days first": Nasty(
        _csv(
            *(_amy(UPN="", Adno=f"1{n}", Forename=f"Bo{n}", DOB="25/03/2015") for n in range(10)),
            _amy(UPN=UPN2, Adno="0008", DOB="12/13/2015"),
            _amy(UPN="W999400126003", Adno="0009", DOB="03/04/2015"),
        ),
        "“DOB”: 1 date has the month first; the others were read day first.",
        {"new": 11, "problem": 1},
        pupils=11,
        yeses=11,
    ),
    "as many dates with the month first as with the day first": Nasty(
        _csv(
            _amy(DOB="25/03/2015"),
            _amy(UPN=UPN2, Adno="0008", DOB="12/13/2015"),
            _amy(UPN="W999400126003", Adno="0009", DOB="03/04/2015"),
        ),
        "“DOB”: 1 date has the month first; so whatever can be read two ways was not read.",
        {"new": 1, "problem": 2},
        pupils=1,
        yeses=1,
    ),
    "a no beside a birthday with the month first, of a pupil we know": Nasty(
        _csv(_amy(DOB="12/13/2015", Facebook="No")),
        "1 row has a date that cannot be read, and the pupil is known without it",
        {"changed": 1},
        pupils=1,
        yeses=1,
        noes=1,
        before=_csv(AMY),
    ),
    "a no beside a birthday that can be read two ways, of a pupil we know": Nasty(
        _csv(_amy(Facebook="No"), _amy(UPN=UPN2, Adno="0008", DOB="12/13/2015")),
        "can be read two ways",
        {"changed": 1, "problem": 1},
        pupils=1,
        yeses=1,
        noes=1,
        before=_csv(AMY),
    ),
    "a no beside a day of consent that is none": Nasty(
        _csv([*_amy(Facebook="No"), "31/02/2026"], head=[*HEAD, "Consent Date"]),
        "A no counts from the day the file was sent",
        {"changed": 1},
        pupils=1,
        yeses=1,
        noes=1,
        before=_csv(AMY),
    ),
    "a yes beside a day of consent that is none": Nasty(
        _csv([*AMY, "31/02/2026"], head=[*HEAD, "Consent Date"]),
        "the day it was said cannot be read",
        {"person": 1},
        pupils=1,
        before=_csv(_amy(Facebook="")),
    ),
    "a birthday that cannot be": Nasty(_csv(_amy(DOB="01/01/1950")), "years old", {"problem": 1}),
    "a quotation mark that never closes": Nasty(
        _csv(AMY) + b'"Lee,Amy', "never closed", state=REFUSED
    ),
    "line breaks and commas inside of cells": Nasty(
        _csv(_amy(Forename="Amy\nJane", Surname="Lee, Ray")), "", {"new": 1}, pupils=1, yeses=1
    ),
    "a photo called .csv": Nasty(
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x81", "it is a photo", state=REFUSED
    ),
    "a text full of noughts": Nasty(_csv(AMY) + b"\x00\x00", "letters", state=REFUSED),
    "a workbook that unpacks to gigabytes": Nasty(_bomb(), "too large inside", state=REFUSED),
    "XML that wants a file of the server": Nasty(
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<CTfile>&x;</CTfile>",
        "instructions to the computer",
        state=REFUSED,
    ),
    "headings and nobody below": Nasty(_csv(), "no pupils in this file", state=REFUSED),
    "no headings at all": Nasty(
        as_csv([AMY, AMY]).encode(), "could not find the names of the columns", state=REFUSED
    ),
    "a workbook called .csv": Nasty(as_xlsx([HEAD, AMY]), "", {"new": 1}, pupils=1, yeses=1),
    "photos: yes, and no platform": Nasty(
        _csv(AMY, head=[*HEAD[:-1], "Photograph Student"]), "permits none", {"new": 1}, pupils=1
    ),
    "mum yes dad no": Nasty(_csv(_amy(Facebook="mum yes dad no")), "1 unclear", {"new": 1}, 1),
    "a note beside the answer": Nasty(
        _csv([*AMY, "not in swimwear"], head=[*HEAD, "Consent Notes"]),
        "unclear until a person reads it",
        {"new": 1},
        pupils=1,
    ),
    "a yes to the processing of data": Nasty(
        _csv(AMY, head=[*HEAD[:-1], "Data Processing Consent Granted"]),
        "not a permission to publish",
        {"new": 1},
        pupils=1,
    ),
    "a yes from somebody without responsibility": Nasty(
        _csv(_amy(PR="N")), "may not decide", {"new": 1}, pupils=1, yeses=1
    ),
    "an answer from tomorrow": Nasty(
        _csv([*AMY, "01/01/2099"], head=[*HEAD, "Consent Date"]), "not come yet", {"problem": 1}
    ),
    "a row of another school": Nasty(
        _csv([*AMY, "Elm Academy"], head=[*HEAD, "School"]), "this row is for Elm", {"problem": 1}
    ),
}


def _said(source: Import) -> str:
    """Everything a person is told about this file."""
    rows = [(row.problems, row.remarks) for row in source.rows.all()]
    stops = [stop["words"] for stop in source.summary.get("stops", [])]
    notes = [column["note"] for column in source.columns]
    return str([source.problem, rows, stops, notes, source.summary.get("notices")])


def _is_permitted(said: ConsentDecision) -> bool:
    assert said.child_id
    found = rules.permissions([said.child_id], [said.platform_id], [said.kind])
    return found.permits(said.child_id, said.platform_id, said.kind)


def test_there_are_twenty_and_more() -> None:
    assert len(NASTY) >= 20


@pytest.mark.parametrize("kind", NASTY)
def test_a_nasty_file_has_its_expected_end(office: Office, kind: str) -> None:
    nasty = NASTY[kind]
    if nasty.before:
        office.brings_in(nasty.before)
    source = office.sends(nasty.content)
    assert nasty.says in _said(source)
    assert Child.objects.exists() == bool(nasty.before)
    if source.state == Import.State.READY:
        source = office.confirms(source)
    assert source.state == nasty.state
    found = source.summary.get("outcomes", {})
    assert {key: count for key, count in found.items() if count} == nasty.outcomes
    assert Child.objects.count() == nasty.pupils
    assert ConsentDecision.objects.filter(answer="yes").count() == nasty.yeses
    noes = ConsentDecision.objects.filter(answer__in=["no", "withdrawn"])
    assert noes.count() == nasty.noes
    assert not any(_is_permitted(no) for no in noes)
