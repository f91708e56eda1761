"""An Excel workbook of one sheet whose bytes depend on nothing but its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from quiz.exams.formats.archive import unzipped, zipped

_EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl takes no time zones
_PROPERTIES: Final = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook(rows: Mapping[int, Sequence[object]], widths: Sequence[int]) -> bytes:
    """The workbook with these cells by row, counted from 1; `widths` of the columns in characters."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator, book.properties.created = "ecsquiz", _EPOCH
    sheet = book.active
    for row, cells in rows.items():
        for column, value in enumerate(cells, 1):
            if value != "":
                cell = sheet.cell(row, column)
                cell.value = value
                # A text that begins with an equals sign is a text, not a formula.
                cell.data_type = "s" if isinstance(value, str) else "n"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    buffer = BytesIO()
    book.save(buffer)
    files = unzipped(buffer.getvalue())
    # Saving writes the time of day.
    stamp = rb"\g<1>" + _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    files[_PROPERTIES] = _MODIFIED.sub(stamp, files[_PROPERTIES])
    return zipped(files)
