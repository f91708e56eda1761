"""The rows of a CSV file that people wrote: a bad one is told and costs no other.

That also holds for a quotation mark that is never closed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from quiz.errors import UserError

DELIMITERS: Final = (",", ";", "\t")
"""Those that spreadsheets write."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: the line it begins at, its cells, and what is wrong with it if anything."""

    line: int
    cells: list[str]
    fault: str = ""


def read_lines(path: Path) -> list[str]:
    """The lines with their ends. Bytes that are no UTF-8 are kept, and their rows told. Raises UserError."""
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", path) from error
    return list(StringIO(text, newline=""))


def rows_below(lines: list[str], delimiter: str, width: int) -> Iterator[Row]:
    """The rows below the header, which has `width` cells.

    A row over several lines that does not parse, or has the wrong number of cells, probably has a quotation
    mark too many: only its first line is given up.
    """
    start = 1
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        first, broken = start, False
        try:
            for cells in reader:
                beyond = start + reader.line_num
                if cells and len(cells) != width and beyond > first + 1:
                    broken = True
                    break
                if cells:
                    yield Row(first + 1, cells, _miscounted(cells, width) or _undecodable(cells))
                first = beyond
        except csv.Error:
            broken = True
        if not broken:
            return
        yield _unclosed(lines[first], first, delimiter)
        start = first + 1


def _miscounted(cells: list[str], width: int) -> str:
    if len(cells) == width:
        return ""
    remedy = " Put quotation marks around text with commas in it." if len(cells) > width else ""
    count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    return f"this row has {count} and the header {width}.{remedy}"


def _unclosed(line: str, index: int, delimiter: str) -> Row:
    cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    return Row(index + 1, cells, "a quotation mark in this row is not closed. Double it, or close it.")


def _undecodable(cells: Iterable[str]) -> str:
    if any("\udc80" <= letter <= "\udcff" for cell in cells for letter in cell):
        return "this row is not UTF-8. Save the file as UTF-8."
    return ""
