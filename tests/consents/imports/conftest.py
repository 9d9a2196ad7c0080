"""Files as the office would send them, and a worker that works when told to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from consents.imports import actions
from consents.imports.running import run_imports
from consents.models import Child, ConsentDecision, Import, ImportRow
from schools.models import School, User
from tests.cast import Trusty

SAMPLE = (Path(__file__).parent / "files" / "sample.csv").read_text()
Cells = Sequence[Sequence[str]]


def as_csv(rows: Cells, delimiter: str = ",") -> str:
    """Rows as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def as_xlsx(rows: Cells) -> bytes:
    """Rows as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parsed(text: str) -> list[list[str]]:
    """Text as rows."""
    return list(csv.reader(io.StringIO(text)))


@dataclass
class Office:
    """Connie at her desk: she sends files for Oak and brings them in."""

    trust: Trusty
    by: User
    school: School

    def sends(self, content: str | bytes, *, name: str = "export.csv", **options: Any) -> Import:
        """Send a file and have it read; nothing is brought in."""
        data = content.encode("utf-8-sig") if isinstance(content, str) else content
        source = actions.send_file(
            school=self.school, file=ContentFile(data), name=name, by=self.by
        )
        if options:
            Import.objects.filter(pk=source.pk).update(options=options)
        return self.works(source)

    def works(self, source: Import) -> Import:
        """Let the worker do what waits."""
        while run_imports():
            pass
        return Import.objects.get(pk=source.pk)

    def confirms(self, source: Import) -> Import:
        """Look, and bring it in."""
        stops = [stop["key"] for stop in source.summary["stops"]]
        actions.confirm(source=source, accepted=stops, by=self.by)
        return self.works(source)

    def brings_in(self, content: str | bytes, **options: Any) -> Import:
        """The whole way."""
        return self.confirms(self.sends(content, **options))

    def rows(self, source: Import) -> dict[int, ImportRow]:
        """Row number → what became of it."""
        return {row.number: row for row in source.rows.all()}


@pytest.fixture
def office(trust: Trusty) -> Office:
    """Connie, for Oak."""
    return Office(trust, trust.connie, trust.oak)


@pytest.fixture
def answers() -> Callable[[str], dict[str, str]]:
    """`answers("Zoë")`: platform key → the latest photo answer of that child."""

    def found(first_name: str) -> dict[str, str]:
        child = Child.objects.get(first_name=first_name)
        rows = ConsentDecision.objects.filter(child=child, kind="photo").order_by("given_at", "pk")
        return dict(rows.values_list("platform__key", "answer"))

    return found
