"""A document as numbered lines that know whether they stand in a code block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quiz.errors import UserError

_FENCE: Final = re.compile(r"^\s*(?:(?P<ticks>`{3,})[^`]*|(?P<waves>~{3,}).*)$")
_HEADING: Final = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*$")
_RULE: Final = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE: Final = re.compile(r"^ {0,3}(?:=+|-{3,})[ \t]*$")
# A line of ordinary words, which dashes or equals signs below it make a heading.
_TITLE: Final = re.compile(r"^(?!\d+[.)]\s)[^\s>|`~<#*+-].{0,98}[^\s.,:;|]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's depth, from 1 to 6, and its text without the marks."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` is its place in the document, 1-based. Fences belong to their code block."""

    number: int
    text: str
    in_code: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_rule(self) -> bool:
        return not self.in_code and _RULE.match(self.text) is not None

    @property
    def is_gap(self) -> bool:
        """Nothing to read: blank, or a rule between two parts."""
        return self.blank or self.is_rule

    @property
    def heading(self) -> Heading | None:
        if self.in_code or "#" not in self.text:
            return None
        match = _HEADING.match(self.text)
        return Heading(len(match["marks"]), match["text"] or "") if match else None


def read_lines(text: str) -> list[Line]:
    """The lines of a document. Raises UserError, without a path, where a code block never ends."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    numbered = [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]
    return list(_with_marks_for_underlines(list(_with_code(numbered))))


def _with_code(lines: Sequence[Line]) -> Iterator[Line]:
    opened: tuple[Line, str] | None = None
    for line in lines:
        match = _FENCE.match(line.text)
        mark = (match["ticks"] or match["waves"]) if match else ""
        yield replace(line, in_code=opened is not None or bool(mark))
        if opened is None:
            opened = (line, mark) if mark else None
        elif mark.startswith(opened[1]) and line.text.strip() == mark:
            opened = None
    if opened is not None:
        remedy = f"Close it with a line of {opened[1]} and import again."
        raise UserError("the code block that starts here never ends.", remedy, line=opened[0].number)


def _with_marks_for_underlines(lines: Sequence[Line]) -> Iterator[Line]:
    """Headings that are underlined with = or - get # marks; their underlines become rules."""
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        below = lines[index + 1] if index + 1 < len(lines) else None
        if below and (before is None or before.blank) and _is_underlined(line, below):
            yield replace(line, text=("# " if "=" in below.text else "## ") + line.text)
        elif before and "=" in line.text and _is_underlined(before, line):
            yield replace(line, text="---")
        else:
            yield line


def _is_underlined(line: Line, below: Line) -> bool:
    """Dashes of another length than the text are meant as a rule, though Markdown reads a heading."""
    plain = not line.in_code and not below.in_code
    if not plain or not _UNDERLINE.match(below.text) or not _TITLE.match(line.text):
        return False
    return "=" in below.text or abs(len(line.text.strip()) - len(below.text.strip())) <= 2


def without_gaps_around(lines: Sequence[Line]) -> list[Line]:
    """The lines without blank lines and rules at either end."""
    start, end = 0, len(lines)
    while start < end and lines[start].is_gap:
        start += 1
    while end > start and lines[end - 1].is_gap:
        end -= 1
    return list(lines[start:end])
