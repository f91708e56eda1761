"""The body of a question to sections of our format: `## ` for a section, `### 1. ` for a step.

A document may write a section as a heading of any depth or as a bold line with an emoji, and a step as
`### **1. Look**`, `### 1️⃣ Look` or `**1) Look**`. Lines other than headings are kept as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from quiz.source import markdown
from quiz.source.importing import wording
from quiz.source.importing.drafts import Draft
from quiz.source.importing.lines import Line, without_gaps_around
from quiz.source.importing.report import Note
from quiz.source.reader import (
    COMMON_MISTAKES,
    FOLLOW_UPS,
    ITEMS,
    KEY_POINTS,
    SHORT_ANSWER,
    read_question,
)

ANSWER: Final = "Answer"
CONTEXT: Final = "Context"
_DEEPEST: Final = 6
_SHORT_ANSWERS: Final = frozenset(
    [
        "short answer",
        "in short",
        "in brief",
        "in a nutshell",
        "in summary",
        "summary",
        "tl;dr",
        "tldr",
        "tl dr",
    ]
)
_LISTS: Final = {
    "key points": KEY_POINTS,
    "common mistakes": COMMON_MISTAKES,
    "follow-ups": FOLLOW_UPS,
    "follow-up questions": FOLLOW_UPS,
}


@dataclass(slots=True)
class Part:
    """A section on its way: its title, the line of its heading, and the lines below it.

    A section that the document has no heading for has the line 0.
    """

    title: str
    line: int
    lines: list[Line] = field(default_factory=list)


class _Kind(Enum):
    SECTION = "a title with an emoji"
    BOLD_SECTION = "a bold line with an emoji"
    STEP = "a numbered heading"
    BOLD_STEP = "a numbered line in bold"
    HEADING = "any other heading"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading in the body, in whatever form. `depth` is 0 for a line in bold."""

    line: Line
    kind: _Kind
    depth: int
    title: str


def sections_of(draft: Draft) -> tuple[list[Part], list[Note]]:
    """The sections of a question, the short answer first, and what was changed on the way."""
    body = without_gaps_around(draft.body)
    marks = list(_marks(body, draft.depth))
    titles = {mark.line.number: (mark.title, depth) for mark, depth in _with_new_depths(marks)}
    parts = [Part("", 0)]
    for line in body:
        title, depth = titles.get(line.number, ("", 0))
        if depth == 0:
            parts[-1].lines.append(line)
        elif depth == 2:
            parts.append(Part(title, line.number))
        else:
            parts[-1].lines.append(replace(line, text=f"{'#' * depth} {title}"))
    notes = [_stray(line) for line in body if line.heading and line.heading.depth <= draft.depth]
    for part in parts:
        part.lines = without_gaps_around(part.lines)
    return _arranged(parts, draft, notes), notes


def _stray(line: Line) -> Note:
    return Note("stray heading", line.number, f"taken as a part of the answer above it: {line.text.strip()}")


# Headings


def _marks(body: Sequence[Line], depth: int) -> Iterator[_Mark]:
    """The headings of a body. One that is not below the question's own depth counts as one that is."""
    after_gap = True
    for index, line in enumerate(body):
        heading = line.heading
        below = body[index + 1].text if index + 1 < len(body) else ""
        if heading:
            deeper = max(heading.depth, depth + 1)
            if found := wording.step(heading.text):
                yield _Mark(line, _Kind.STEP, deeper, f"{found[0]}. {found[1]}")
            else:
                kind = _Kind.SECTION if wording.is_decorated(heading.text) else _Kind.HEADING
                yield _Mark(line, kind, deeper, wording.plain_title(heading.text))
        elif after_gap and not line.in_code and not wording.bold_section(below):
            if title := wording.bold_section(line.text):
                yield _Mark(line, _Kind.BOLD_SECTION, 0, wording.plain_title(title))
            elif found := wording.bold_step(line.text):
                yield _Mark(line, _Kind.BOLD_STEP, 0, f"{found[0]}. {found[1]}")
        after_gap = line.is_gap or heading is not None


def _with_new_depths(marks: Sequence[_Mark]) -> Iterator[tuple[_Mark, int]]:
    """Each heading with its depth in our format: 2 for sections, 3 for steps, more for what is below."""
    base = _depth_of_sections(marks)
    step_depth = _DEEPEST
    for mark in marks:
        if mark.kind is _Kind.BOLD_SECTION:
            new = 2
        elif mark.kind is _Kind.BOLD_STEP:
            new = 3
        else:
            least = 3 if mark.kind is _Kind.STEP else 4 if mark.depth > step_depth else 2
            new = max(2 + mark.depth - base, least)
        if mark.kind is _Kind.STEP:
            step_depth = mark.depth
        elif new == 2:
            step_depth = _DEEPEST
        yield mark, min(new, _DEEPEST)


def _depth_of_sections(marks: Sequence[_Mark]) -> int:
    """The depth in the document that becomes `## `.

    That of the headings with an emoji if there are any; else one above the other headings if the
    sections are bold lines or the other headings are all steps; else that of the shallowest heading.
    """
    decorated = [mark.depth for mark in marks if mark.kind is _Kind.SECTION]
    if decorated:
        return min(decorated)
    plain = [mark for mark in marks if mark.depth]
    shallowest = min((mark.depth for mark in plain), default=0)
    in_bold = any(mark.kind is _Kind.BOLD_SECTION for mark in marks)
    only_steps = all(mark.kind is _Kind.STEP for mark in plain if mark.depth == shallowest)
    return shallowest - 1 if in_bold or only_steps else shallowest


# Titles and order


def _arranged(parts: list[Part], draft: Draft, notes: list[Note]) -> list[Part]:
    """The parts with titles that our format knows, each title once, the short answer first."""
    if parts[0].lines:
        parts[0].title = SHORT_ANSWER if len(parts) == 1 and _is_paragraph(parts[0]) else ANSWER
        message = f"text without a heading was put under `{parts[0].title}`"
        notes.append(Note("added heading", parts[0].lines[0].number, message))
    else:
        del parts[0]
    for part in parts:
        _use_our_name_for_a_list(part, notes)
        _leave_our_items_alone(part, notes)
    short = _short_answer(parts)
    if short:
        if parts[0] is not short:
            message = f"`{short.title}` became the short answer, at the top of the file"
            notes.append(Note("moved", short.line, message))
        elif short.title != SHORT_ANSWER:
            message = f"section `{short.title}` is called `{SHORT_ANSWER}`"
            notes.append(Note("renamed", short.line, message))
        short.title = SHORT_ANSWER
        parts = [short, *(part for part in parts if part is not short)]
    if draft.context:
        parts.insert(1 if short else 0, Part(CONTEXT, 0, [_below_section(line) for line in draft.context]))
        message = f"what the question says after its first paragraph was put under `{CONTEXT}`"
        notes.append(Note("added heading", draft.context[0].number, message))
    _number_repeated_titles(parts, notes)
    return parts


def _below_section(line: Line) -> Line:
    """The line; a heading so deep that it starts no section of its own."""
    if line.heading is None:
        return line
    return replace(line, text=f"{'#' * max(line.heading.depth, 3)} {line.heading.text}")


def _is_paragraph(part: Part) -> bool:
    return not any(line.blank or line.in_code or line.heading for line in part.lines)


def _short_answer(parts: Sequence[Part]) -> Part | None:
    """The section that sums the answer up: the one called so, or the first that means the same."""
    named = [part for part in parts if part.lines and part.title.lower().rstrip(":. ") in _SHORT_ANSWERS]
    exact = [part for part in named if part.title.lower() == SHORT_ANSWER.lower()]
    return next(iter(exact + named), None)


def _use_our_name_for_a_list(part: Part, notes: list[Note]) -> None:
    """Key points and the like are graded, so the name is for lists that can be."""
    ours = _LISTS.get(part.title.lower().rstrip(":. "))
    if ours is None:
        return
    title = (
        ours if _is_our_list(ours, part) else f"{part.title} (imported)" if part.title == ours else part.title
    )
    if title != part.title:
        notes.append(Note("renamed", part.line, f"section `{part.title}` is called `{title}`"))
        part.title = title


def _is_our_list(name: str, part: Part) -> bool:
    """Whether the section holds nothing but a list, and the reader has nothing against its items."""
    text = "\n".join(line.text for line in part.lines)
    only_lists = all("list" in token.type for token in markdown.parse(text) if token.level == 0)
    file = f"---\nnumber: 1\nlevel: any\n---\n# Any?\n\n## {name}\n{text}\n"
    return only_lists and not read_question(file, "").findings


def _leave_our_items_alone(part: Part, notes: list[Note]) -> None:
    """A section `Items` is one of the answer, unless the document has items in our form."""
    text = "\n".join(line.text for line in part.lines)
    file = f"---\nnumber: 1\nlevel: any\n---\n# Any?\n\n## {part.title}\n{text}\n"
    if part.title == ITEMS and read_question(file, "").findings:
        part.title = f"{ITEMS} (imported)"
        notes.append(Note("renamed", part.line, f"section `{ITEMS}` is called `{part.title}`"))


def _number_repeated_titles(parts: Sequence[Part], notes: list[Note]) -> None:
    taken: set[str] = set()
    for part in parts:
        title, count = part.title, 1
        while title in taken:
            count += 1
            title = f"{part.title} ({count})"
        if title != part.title:
            notes.append(Note("renamed", part.line, f"a second section `{part.title}` is called `{title}`"))
            part.title = title
        taken.add(title)
