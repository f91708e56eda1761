"""What a shape makes of a document: questions, and the lines that belong to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.source.importing.levels import closes_document, names_level
from quiz.source.importing.lines import Line


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as the document has it.

    `lines` are those that its prompt takes up, `context` is what it says beyond its first paragraph,
    `depth` is the depth of its heading, or 0 if it is no heading.
    """

    prompt: str
    number: int | None
    lines: tuple[Line, ...]
    body: tuple[Line, ...]
    context: tuple[Line, ...] = ()
    depth: int = 0

    @property
    def answered(self) -> bool:
        return not all(line.is_gap for line in self.body)

    @property
    def line(self) -> int:
        """The number of the line where it starts."""
        return self.lines[0].number


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that the shape knows and has no place for."""

    line: Line
    reason: str


Part = Draft | Line | Skipped
"""Parts come in the order of the document; a Line stands outside of every question."""


@dataclass(frozen=True, slots=True)
class Start:
    """The place where a question starts: the index of its first line and of the one after its prompt.

    `answer` is text of the answer that stands on the lines before `body`.
    """

    first: int
    body: int
    prompt: str
    number: int | None = None
    depth: int = 0
    context: tuple[Line, ...] = ()
    answer: tuple[Line, ...] = ()


def cut(lines: Sequence[Line], starts: Sequence[Start]) -> list[Part]:
    """Cut the document before each start. Headings that open a new group leave the question before them."""
    if not starts:
        return list(lines)
    parts: list[Part] = list(lines[: starts[0].first])
    ends = [*(start.first for start in starts[1:]), len(lines)]
    for start, end in zip(starts, ends, strict=True):
        body = [*start.answer, *lines[start.body : end]]
        length = _own_length(body, start.depth, is_last=start is starts[-1])
        taken = tuple(lines[start.first : start.body])
        own = tuple(body[:length])
        parts.append(Draft(start.prompt, start.number, taken, own, start.context, start.depth))
        parts += body[length:]
    return parts


def _own_length(body: Sequence[Line], depth: int, *, is_last: bool) -> int:
    """How many of the lines after a prompt belong to its answer.

    A heading above the question's own depth ends the answer if the next question follows at once, if it
    names a level, or if it closes the document. Otherwise it is a part of the answer, however deep.
    """
    end = index = len(body)
    while index > 0:
        line = body[index - 1]
        if line.heading and (depth == 0 or line.heading.depth <= depth):
            end = index - 1
        elif not line.is_gap:
            break
        index -= 1
    for index, line in enumerate(body[:end]):
        heading = line.heading
        if heading is None or heading.depth > (depth or 2):
            continue
        closes = is_last and closes_document(heading.text)
        if closes or names_level(heading.text):
            return index
    return end
