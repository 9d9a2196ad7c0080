"""From bytes to rows: whatever the file is called, and whatever a hostile one holds."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from consents.imports import reading
from consents.imports.errors import Unreadable
from tests.consents.imports.conftest import as_csv, as_xlsx

ROWS = [["UPN", "Surname"], ["T999400126001", "O’Brien"]]


def _only(content: bytes) -> list[list[str]]:
    return reading.read(content)[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_are_found_out(encoding: str) -> None:
    assert _only(as_csv(ROWS).encode(encoding)) == ROWS


def test_only_windows_letters_are_marked_as_a_guess() -> None:
    assert reading.read(as_csv(ROWS).encode("cp1252"))[0].guessed
    assert not reading.read(as_csv(ROWS).encode())[0].guessed
    assert not reading.read(b"UPN,Surname\nT999400126001,Smith\n")[0].guessed


def test_mac_letters_are_read_when_a_person_says_so() -> None:
    content = as_csv([["Forename"], ["Zoë"]]).encode("mac_roman")
    assert reading.read(content, encoding="mac_roman")[0].rows[1] == ["Zoë"]


def test_letters_nobody_knows_are_refused_and_never_replaced() -> None:
    with pytest.raises(Unreadable, match="letters"):
        reading.read(b"Surname\nZo\x81\x8d\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_separator_is_tried(delimiter: str) -> None:
    sheets = reading.read(as_csv(ROWS, delimiter).encode())
    assert ROWS in [sheet.rows for sheet in sheets]


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    assert _only(b'Surname,Notes\r\nAli,"first\nsecond"\r\n')[1] == ["Ali", "first\nsecond"]


def test_a_quotation_mark_that_never_closes_is_told() -> None:
    with pytest.raises(Unreadable, match="never closed"):
        reading.read(b'Surname,Notes\nAli,"first\nBrown,\nKhan,\n')


def test_a_workbook_is_a_workbook_whatever_it_is_called() -> None:
    assert _only(as_xlsx(ROWS)) == ROWS


def test_an_old_workbook_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"\.xlsx or CSV"):
        reading.read(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


@pytest.mark.parametrize("content", [b"", b"   \n", b"PK\x03\x04 not a zip", b"\0\1\2\3" * 50])
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Unreadable):
        reading.read(content)


def test_a_small_workbook_that_unpacks_to_gigabytes_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
        for n in range(5):
            packed.writestr(f"xl/{n}.xml", b"0" * 100 * 2**20)
    with pytest.raises(Unreadable, match="too large inside"):
        reading.read(out.getvalue())


def test_another_zip_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("letter.txt", "hello")
    with pytest.raises(Unreadable, match="not an Excel workbook"):
        reading.read(out.getvalue())


def test_a_workbook_with_entities_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>'
    )
    plain = io.BytesIO(as_xlsx(ROWS))
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = bomb if entry.filename == "xl/workbook.xml" else old.read(entry)
            new.writestr(entry.filename, data)
    with pytest.raises(Unreadable):
        reading.read(out.getvalue())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="more than 3 rows"):
        reading.read(b"a,b\n" * 4)


def test_cells_of_a_workbook_read_as_people_read_them() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([1275, 1275.5, True, None, "=1+1"])
    sheet["F1"] = "text"
    out = io.BytesIO()
    book.save(out)
    assert _only(out.getvalue())[0] == ["1275", "1275.5", "TRUE", "", "", "text"]


def test_a_hidden_sheet_is_not_read() -> None:
    book = Workbook()
    seen = book.active
    assert seen is not None
    seen.append(["UPN", "Surname"])
    hidden = book.create_sheet("Old")
    hidden.append(["UPN", "Surname", "Forename"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.rows for sheet in reading.read(out.getvalue())] == [[["UPN", "Surname"]]]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "a photo"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a photo"),
        (b"\0\0\0\x18ftypheic" + bytes(range(256)), "a photo or a film"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
    ],
)
def test_a_photo_or_a_pdf_under_another_name_is_told_with_what_to_do(
    content: bytes, what: str
) -> None:
    with pytest.raises(Unreadable) as told:
        reading.read(content)
    assert str(told.value).startswith(f"This is not a spreadsheet: it is {what}. In your school")


def test_a_word_document_is_told_to_be_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(Unreadable, match="it is a Word document"):
        reading.read(out.getvalue())
