"""A Word document as it takes shape: real headings, lists that Word numbers, page fields, fixed dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from quiz.exams.formats import prose
from quiz.exams.formats.pages import A4, LETTER
from quiz.exams.formats.word_parts import (
    add_field,
    list_definition,
    never_split,
    number_with,
    repeat_as_header,
)

ITEMS: Final = 90
"""Numbers of our list definitions, beyond those of the template that python-docx brings."""
LETTERS: Final = 91
NUMBERS: Final = 92
BULLETS: Final = 93

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Instead of the time of writing, so that the same exam gives the same bytes."""
_SIZES: Final = {A4: (Mm(210), Mm(297)), LETTER: (Mm(215.9), Mm(279.4))}
_MARGIN: Final = Mm(20)
_APART: Final = Pt(12)
"""Below an item."""
_CODE_FONT: Final = "DejaVu Sans Mono"

Place = Any
"""A document or a cell: both take paragraphs."""


class WordDocument:
    """Takes blocks in reading order. `page` is a4 or us-letter; `signed` leaves room for a name on each."""

    def __init__(self, title: str, name: str, language: str, page: str, *, signed: bool = False) -> None:
        self._document = Document()
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = title, "ecsquiz", language
        properties.identifier = name
        properties.comments = ""
        properties.created = properties.modified = _EPOCH
        self._style(language)
        self._page(title, name, page, "Name: ____________________" if signed else "")
        self._lists()

    def title(self, text: str) -> None:
        self._document.add_heading(text, 0)

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(text, level)

    def paragraph(self, text: str = "", *, faint: bool = False, keep: bool = False) -> None:
        """Plain text. `keep` holds it together with what follows."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(text)
        if faint:
            run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x66, 0x66, 0x66)

    def order(self, count: int) -> None:
        """Places for the letters of an order."""
        paragraph = self._document.add_paragraph(f"Right order: {'  '.join(['____'] * count)}")
        paragraph.paragraph_format.left_indent = Mm(9)
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = _APART

    def markdown(
        self, text: str, *, keep: bool = False, numbered: int | None = None, after: str = ""
    ) -> None:
        """The blocks of a text; the first is an entry of the list `numbered`, if there is one.

        `after` is said at the end of the first block, small.
        """
        added = self._blocks(self._document, prose.blocks(text))
        for paragraph in added:
            paragraph.paragraph_format.keep_with_next = keep
        if numbered is not None and added:
            number_with(added[0], numbered)
            for paragraph in added[1:]:
                paragraph.paragraph_format.left_indent = Mm(9)
        if after and added:
            run = added[0].add_run(f"  ({after})")
            run.font.size = Pt(9)

    def new_list(self, definition: int) -> int:
        """A list of its own, which begins to count again."""
        numbering = self._document.part.numbering_part.element
        number = numbering.add_num(definition)
        if definition != BULLETS:
            number.add_lvlOverride(0).add_startOverride(1)
        return int(number.numId)

    def entries(self, texts: Sequence[str], numbered: int, *, last_keeps: bool = False) -> None:
        """Entries of a list, each in one line of Markdown."""
        for index, text in enumerate(texts):
            paragraph = self._document.add_paragraph()
            _write(paragraph, prose.inline(text))
            number_with(paragraph, numbered)
            last = index == len(texts) - 1
            paragraph.paragraph_format.space_after = _APART if last else Pt(1)
            paragraph.paragraph_format.keep_with_next = last_keeps or not last

    def pairs(self, left: Sequence[str], right: Sequence[str]) -> None:
        """A table of two columns: numbered left sides with room for a letter, lettered right sides."""
        numbers, letters = self.new_list(NUMBERS), self.new_list(LETTERS)
        rows = max(len(left), len(right))
        table = self._document.add_table(rows=rows, cols=3)
        table.style = "Table Grid"
        table.autofit = False
        widths = (Mm(62), Mm(14), Mm(94))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for index, row in enumerate(table.rows):
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
            if index < len(left):
                self._entry(row.cells[0], left[index], numbers)
            if index < len(right):
                self._entry(row.cells[2], right[index], letters)
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = index < rows - 1
            never_split(row)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Plain cells below a header that is repeated on each page."""
        table = self._document.add_table(rows=1, cols=len(header))
        table.style = "Table Grid"
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        repeat_as_header(table.rows[0])
        for texts in rows:
            row = table.add_row()
            never_split(row)
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text)
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        self._document.add_paragraph()

    def lines(self, count: int) -> None:
        """Ruled lines to write on."""
        for index in range(count):
            paragraph = self._document.add_paragraph("\t")
            form = paragraph.paragraph_format
            form.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT, 3)  # 3: a line up to the stop
            form.space_before, form.space_after = Pt(8), Pt(0)
            form.keep_with_next = index < count - 1
        self.paragraph()

    def save(self) -> bytes:
        """The file, whose entries carry a fixed date."""
        written = BytesIO()
        self._document.save(written)
        again = BytesIO()
        with ZipFile(written) as source, ZipFile(again, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = ZipInfo(name, _EPOCH.timetuple()[:6])
                entry.compress_type = ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return again.getvalue()

    def _style(self, language: str) -> None:
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(4)
        marks = normal.element.get_or_add_rPr()
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), {"en": "en-GB"}.get(language, language))
        marks.append(spoken)

    def _page(self, title: str, name: str, page: str, right: str) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = _SIZES[page]
        section.left_margin = section.right_margin = _MARGIN
        section.top_margin = section.bottom_margin = _MARGIN
        across = section.page_width - 2 * _MARGIN
        for part, left in ((section.header, title), (section.footer, name)):
            paragraph = part.paragraphs[0]
            paragraph.style = self._document.styles["Normal"]
            paragraph.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run(f"{left}\t").font.size = Pt(9)
        section.header.paragraphs[0].add_run(right).font.size = Pt(9)
        footer = section.footer.paragraphs[0]
        for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            footer.add_run(text).font.size = Pt(9)
            add_field(footer, field)

    def _lists(self) -> None:
        numbering = self._document.part.numbering_part.element
        first_number = numbering.find(qn("w:num"))
        place = list(numbering).index(first_number)
        for definition, form, text, indent in (
            (ITEMS, "decimal", "%1.", 510),
            (LETTERS, "upperLetter", "%1.", 900),
            (NUMBERS, "decimal", "%1.", 400),
            (BULLETS, "bullet", "•", 900),
        ):
            numbering.insert(place, list_definition(definition, form, text, indent))
            place += 1

    def _entry(self, cell: _Cell, text: str, numbered: int) -> None:
        paragraph = cell.paragraphs[0]
        _write(paragraph, prose.inline(text))
        number_with(paragraph, numbered, indent=400)
        paragraph.paragraph_format.space_after = Pt(1)

    def _blocks(self, place: Place, blocks: Iterable[prose.Block]) -> list[Paragraph]:
        """Paragraphs as they were added."""
        added: list[Paragraph] = []
        for block in blocks:
            match block:
                case prose.Paragraph(runs):
                    added.append(_write(place.add_paragraph(), runs))
                case prose.Heading(runs):
                    added.append(_write(place.add_paragraph(), runs, bold=True))
                case prose.Code(text):
                    paragraph = place.add_paragraph()
                    _as_code(paragraph.add_run(text))
                    added.append(paragraph)
                case prose.Listing(ordered, entries):
                    numbered = self.new_list(NUMBERS if ordered else BULLETS)
                    for entry in entries:
                        parts = self._blocks(place, entry)
                        if parts:
                            number_with(parts[0], numbered)
                            parts[-1].paragraph_format.space_after = Pt(1)
                        added += parts
                case prose.Quote(parts):
                    for paragraph in self._blocks(place, parts):
                        paragraph.paragraph_format.left_indent = Mm(8)
                        added.append(paragraph)
                case prose.Table(header, rows):
                    self.table(
                        [prose.text(cell) for cell in header], [[prose.text(c) for c in r] for r in rows]
                    )
        return added


def _write(paragraph: Paragraph, runs: prose.Runs, *, bold: bool = False) -> Paragraph:
    for part in runs:
        run = paragraph.add_run(part.text)
        run.bold, run.italic = part.bold or bold or None, part.italic or None
        if part.code:
            _as_code(run)
    return paragraph


def _as_code(run: Run) -> None:
    run.font.name, run.font.size = _CODE_FONT, Pt(9)
    run.font.no_proof = True
