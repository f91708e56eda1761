"""The shapes that we know, and the choice between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.errors import UserError
from quiz.source.importing.drafts import Draft, Part
from quiz.source.importing.lines import Line
from quiz.source.importing.shapes import cards, details, headings, pairs


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to write questions down. `find` splits a document into questions and the lines between."""

    name: str
    example: str
    find: Callable[[Sequence[Line]], list[Part]]


LABELLED: Final = Shape("labelled headings", headings.LABELLED_EXAMPLE, headings.labelled)
NUMBERED: Final = Shape("numbered headings", headings.NUMBERED_EXAMPLE, headings.numbered)
DETAILS: Final = Shape("<details> blocks", details.EXAMPLE, details.find)
PAIRS: Final = Shape("Q and A in bold", pairs.EXAMPLE, pairs.find)
CARDS: Final = Shape("Q: and A: cards", cards.EXAMPLE, cards.find)
ASKED: Final = Shape("headings that ask", headings.ASKED_EXAMPLE, headings.asked)
SHAPES: Final = (LABELLED, PAIRS, DETAILS, CARDS, NUMBERED, ASKED)


def choose_shape(lines: Sequence[Line]) -> tuple[Shape, list[Part]]:
    """The shape that finds most questions, and the document in parts. Raises UserError if none finds any.

    Headings that only ask count where nothing else is found, and numbered headings below labelled ones
    are steps of answers, whatever their number.
    """
    found = {shape.name: (shape, shape.find(lines)) for shape in SHAPES[:-1]}
    depth = _depth(found[LABELLED.name][1])
    if depth and _depth(found[NUMBERED.name][1]) > depth:
        del found[NUMBERED.name]
    shape, parts = max(found.values(), key=lambda pair: _questions(pair[1]))
    if not _questions(parts):
        shape, parts = ASKED, ASKED.find(lines)
    if not _questions(parts) and any(isinstance(part, Draft) for part in parts):
        raise UserError(f"there are questions ({shape.example}), but none has an answer.", "Add the answers.")
    if not _questions(parts):
        examples = "; ".join(shape.example for shape in SHAPES)
        raise UserError("no question was found in this document.", f"Questions may look like: {examples}.")
    return shape, parts


def _questions(parts: Sequence[Part]) -> int:
    """How many questions with answers there are."""
    return sum(isinstance(part, Draft) and part.answered for part in parts)


def _depth(parts: Sequence[Part]) -> int:
    return min((part.depth for part in parts if isinstance(part, Draft)), default=0)
