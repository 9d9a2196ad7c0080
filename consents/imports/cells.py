"""Cells and rows before they mean anything: blanks, totals, ticks, and the formula guard."""

from __future__ import annotations

from consents.imports import values
from consents.imports.headings import Column

_MARKS = values.TICKS | values.UNTICKED


def unescaped(text: str) -> str:
    """Takes away the apostrophe that keeps a spreadsheet from running a cell (see `mending`)."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t\r" else text


def is_no_row(cells: list[str], header: list[str]) -> bool:
    """Blank, a total, or the header once more. `header`: its filled cells."""
    filled = filled_cells(cells)
    if not filled or filled == header:
        return True
    first = filled[0].casefold().lstrip()
    return len(filled) <= 3 and first.startswith(("total", "count", "grand total", "number of"))


def filled_cells(cells: list[str]) -> list[str]:
    """The cells that hold anything."""
    return [cell for cell in cells if cell and not cell.isspace()]


def holds_ticks(column: Column, below: list[list[str]]) -> bool:
    """Only marks, 1 and 0, TRUE and FALSE: a column that cannot tell a no from never asked."""
    found = False
    for row in below:
        text = row[column.index].strip().casefold() if column.index < len(row) else ""
        if text and text not in _MARKS:
            return False
        found = found or bool(text)
    return found
