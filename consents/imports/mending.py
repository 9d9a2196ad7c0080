"""The file to mend: the rows that did not go in, as they came, and why each did not.

Beside the rows with something wrong in them these are the rows of which nobody has said which pupil
it is: a UPN written there, or the name as the record has it, says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from consents.imports.fields import TO_MEND
from consents.models import Import, ImportRow
from schools.clock import noun

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def undecided(source: Import) -> QuerySet[ImportRow]:
    """Rows of which nobody has said yet which pupil it is: they stay out."""
    waits = ImportRow.objects.filter(source=source, outcome=ImportRow.Outcome.PERSON)
    return waits.exclude(child__isnull=False, candidates=[])


def left_out(source: Import) -> QuerySet[ImportRow]:
    """The rows of the file to mend. Of an earlier program's undecided rows no cells were kept."""
    rows = ImportRow.objects.filter(source=source, outcome=ImportRow.Outcome.PROBLEM)
    return rows | undecided(source).exclude(cells=[])


def left_to_do(source: Import) -> list[tuple[str, str]]:
    """What a file that was brought in leaves to somebody, beside its rows: a sentence, and the page
    where it is done or nothing. Counted when it was brought in."""
    summary, school = source.summary, source.school.slug
    unclear = f"{reverse('consents:children')}?school={school}&list=unclear&kind=every"
    every = (
        (
            summary.get("answers", {}).get("unclear", 0),
            ("answer went in unclear:", "answers went in unclear:"),
            "an unclear answer permits nothing until somebody asks what was meant.",
            unclear,
        ),
        (
            summary.get("hints", 0),
            ("hint was kept of", "hints were kept of"),
            "what somebody said in general: these parents are to be asked.",
            f"{reverse('consents:import_hints')}?school={school}",
        ),
        (
            summary.get("unread", 0),
            ("row went in with", "rows went in with"),
            "a date that cannot be read: put it right in your school’s system and send the file "
            "again.",
            f"{reverse('consents:import_rows', args=[source.pk])}",
        ),
    )
    return [(f"{noun(count, *of)} {rest}", url) for count, of, rest, url in every if count]


def mend_file(source: Import) -> Iterator[str]:
    """CSV, piece by piece: the file's own columns and one more. Starts with a byte-order mark, so
    that Excel reads the letters rightly."""
    rows = left_out(source)
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
    """ "DOB: “31/02/2015”: this is not a date. Write it like 25/03/2015."; of a row that waits for
    a person, why it does."""
    if row.outcome == ImportRow.Outcome.PERSON:
        return " ".join(row.remarks)
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
