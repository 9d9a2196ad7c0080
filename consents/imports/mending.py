"""The file to mend: the rows that did not go in, as they came, and what is wrong with each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from consents.imports.fields import TO_MEND
from consents.models import Import, ImportRow

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def mend_file(source: Import) -> Iterator[str]:
    """CSV, piece by piece: the file's own columns and one more. Starts with a byte-order mark, so
    that Excel reads the letters rightly."""
    rows = ImportRow.objects.filter(source=source, outcome=ImportRow.Outcome.PROBLEM)
    width = max((column["index"] + 1 for column in source.columns), default=0)
    titles = [""] * width
    for column in source.columns:
        titles[column["index"]] = column["heading"]
    keep = [i for i, title in enumerate(titles) if title != TO_MEND]
    yield "\ufeff" + line([*(titles[i] for i in keep), TO_MEND])
    for row in rows.iterator(chunk_size=500):
        cells = [row.cells[i] if i < len(row.cells) else "" for i in keep]
        yield line([*cells, sentence(row)])


def sentence(row: ImportRow) -> str:
    """ "DOB: “31/02/2015”: this is not a date. Write it like 25/03/2015." """
    parts = [f"{column}: {words}" if column else words for column, words in row.problems]
    return ". ".join(parts) + "." if parts else ""


def line(cells: Sequence[str]) -> str:
    """One line of CSV that no spreadsheet runs."""
    text = io.StringIO()
    csv.writer(text).writerow(_escaped(cells))
    return text.getvalue()


def _escaped(cells: Iterable[str]) -> Iterator[str]:
    """A cell that a spreadsheet would run as a formula gets an apostrophe, which reading the file
    again takes away. A lone dash is no formula."""
    for cell in cells:
        yield f"'{cell}" if cell.startswith(_RISKY) and len(cell) > 1 else cell
