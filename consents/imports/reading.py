"""From bytes to rows of text: CSV in the letters schools really use, XLSX, and the DfE's transfer
file. No meaning yet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from consents.imports import transfer_file
from consents.imports.errors import Unreadable, no_table

MOST_BYTES = 25 * 2**20
MOST_ROWS = 60_000
MOST_COLUMNS = 400
MOST_UNPACKED = 400 * 2**20
MOST_CELL = 10_000
DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows (cp1252)",
    "mac_roman": "Mac (Roman)",
}
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
# What people send by mistake, by how it begins. A photo of an iPhone says so after four bytes.
_OTHERS = {
    b"\xff\xd8\xff": "a photo",
    b"\x89PNG": "a photo",
    b"GIF8": "a photo",
    b"RIFF": "a photo or a film",
    b"%PDF": "a PDF",
    b"{\\rtf": "a letter",
}
_NULLS = "\x00"
_NO_LETTERS = (
    "The letters in this file cannot be read. Save it from Excel as “CSV UTF-8” or as a workbook "
    "(.xlsx) and send it again."
)


@dataclass(frozen=True)
class Sheet:
    """Rows of text, as the file has them. `guessed`: its letters may have been read wrongly."""

    rows: list[list[str]]
    kind: str
    encoding: str = ""
    guessed: bool = False
    name: str = ""


def read(content: bytes, *, encoding: str = "") -> list[Sheet]:
    """Every way this file can be read: the sheets of a workbook, or a text with each separator.

    The content decides, never the file's name. Raises `Unreadable`.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("This file is larger than 25 MB. Send one school at a time.")
    if not content.strip():
        raise Unreadable("This file is empty.")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("This is an old Excel file (.xls). Save it as .xlsx or CSV and send that.")
    if what := _something_else(content):
        raise no_table(what)
    if transfer_file.looks_like_one(content):
        return [Sheet(transfer_file.rows(content), transfer_file.KIND)]
    text, used, guessed = _decode(content, encoding)
    sheets = [Sheet(rows, "csv", used, guessed) for rows in _by_delimiter(text)]
    if not sheets:
        raise Unreadable("This file holds no rows.")
    return sheets


def _something_else(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        return "a photo or a film"
    return next((what for begin, what in _OTHERS.items() if content.startswith(begin)), "")


def _decode(content: bytes, encoding: str) -> tuple[str, str, bool]:
    """UTF-8 if it is that, else Windows letters, marked as a guess. Nothing is ever replaced."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        order = ["utf-16"]
    else:
        order = [encoding] if encoding in ENCODINGS else ["utf-8-sig", "cp1252"]
    for name in order:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _NULLS in text:
            break
        return text, name, name == "cp1252" and not encoding and not content.isascii()
    raise Unreadable(_NO_LETTERS)


def _by_delimiter(text: str) -> Iterator[list[list[str]]]:
    for delimiter in DELIMITERS:
        if delimiter in text or delimiter == ",":
            yield _parsed(text, delimiter)


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable(
                "A quotation mark opens in this file and is never closed. Save it again as CSV."
            ) from error
    try:
        return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable("This is not a CSV file. Save it again as CSV or .xlsx.") from error


def _rows(cells: Iterator[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in cells:
        if len(rows) >= MOST_ROWS:
            raise Unreadable(f"This file has more than {MOST_ROWS:,} rows. Send it in parts.")
        if len(row) > MOST_COLUMNS or any(len(cell) > MOST_CELL for cell in row):
            raise Unreadable("This file has too many columns, or a cell as long as a book.")
        rows.append(row)
    return rows


def _workbook(content: bytes) -> list[Sheet]:
    _must_be_small_inside(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable("This is not an Excel workbook. Save it as .xlsx or CSV.") from error
    sheets = []
    for sheet in book.worksheets[:10]:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        try:
            rows = _rows([_text(v) for v in row] for row in sheet.iter_rows(values_only=True))
        except (KeyError, ValueError, TypeError, SyntaxError) as error:
            raise Unreadable("This workbook is damaged. Save it again as .xlsx.") from error
        sheets.append(Sheet(rows, "xlsx", name=sheet.title))
    book.close()
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("This workbook holds no rows.")
    return sheets


def _must_be_small_inside(content: bytes) -> None:
    """A few kilobytes can unpack to gigabytes; look before opening."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            inside = packed.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("This workbook is damaged. Save it again as .xlsx.") from error
    names = {entry.filename for entry in inside}
    if "word/document.xml" in names:
        raise no_table("a Word document")
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is not an Excel workbook. Save it as .xlsx or CSV.")
    if sum(entry.file_size for entry in inside) > MOST_UNPACKED or len(inside) > 5_000:
        raise Unreadable("This workbook is too large inside. Send one school at a time, as CSV.")


def _text(value: object) -> str:
    """A cell as a person reads it; dates the one unmistakable way."""
    if value is None:
        return ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    return value.date().isoformat()


# In order: a bool is an int, and a datetime is a date.
_WRITERS: tuple[tuple[type, Callable[..., str]], ...] = (
    (str, str),
    (bool, lambda value: "TRUE" if value else "FALSE"),
    (float, _number),
    (datetime, _moment),
    (date, date.isoformat),
    (time, time.isoformat),
)
