"""What python-docx has no words for: lists of our own, fields, and rows that stay whole."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph


def number_with(paragraph: Paragraph, numbered: int, indent: int | None = None) -> None:
    """Make the paragraph an entry of the list `numbered`, `indent` is in twentieths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    found = properties.get_or_add_numPr()
    found.get_or_add_ilvl().val = 0
    found.get_or_add_numId().val = numbered
    if indent is not None:
        paragraph.paragraph_format.left_indent = indent * 635  # twentieths of a point, in EMU
        paragraph.paragraph_format.first_line_indent = -indent * 635


def list_definition(number: int, form: str, text: str, indent: int) -> Any:
    """A list definition of one level, indented by twentieths of a point."""
    definition = OxmlElement("w:abstractNum")
    definition.set(qn("w:abstractNumId"), str(number))
    kind = OxmlElement("w:multiLevelType")
    kind.set(qn("w:val"), "singleLevel")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text), ("w:lvlJc", "left")):
        part = OxmlElement(tag)
        part.set(qn("w:val"), value)
        level.append(part)
    properties, place = OxmlElement("w:pPr"), OxmlElement("w:ind")
    place.set(qn("w:left"), str(indent))
    place.set(qn("w:hanging"), "400")
    properties.append(place)
    level.append(properties)
    definition.append(kind)
    definition.append(level)
    return definition


def add_field(paragraph: Paragraph, name: str) -> None:
    """A field that Word works out, such as the page's number."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        run.font.size = Pt(9)
        if kind == "":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
            run._r.append(part)
        elif kind != "shown":
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
            run._r.append(part)


def never_split(row: Any) -> None:
    """Keep a table's row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_as_header(row: Any) -> None:
    """Show a table's row at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
