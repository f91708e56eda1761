"""PDF: a paper and an answer sheet a variant, and one key with explanations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quiz.exams.formats import phrases
from quiz.exams.formats.pages import A4
from quiz.exams.paper import Exam, Paper, PaperItem, option_letter
from quiz.exams.typesetting import blocks, runs, typeset
from quiz.items.item import Kind

CARRIES: Final = frozenset(Kind)
LABEL: Final = "papers, answer sheets with bubbles and a key to print, on A4"

_LONG = 1800
"""Characters from which an item may be longer than a page."""
_FILLING: Final = "Fill the bubbles wholly, with a dark pen. To change an answer, cross the bubble out."
_TICKED: Final = (Kind.CHOICE, Kind.MATCHING, Kind.ORDERING)

Data = dict[str, Any]


def render(exam: Exam, page: str = A4) -> dict[str, bytes]:
    """`paper-A.pdf`, `answer-sheet-A.pdf`, `paper-B.pdf` ..., and `key.pdf`."""
    documents: dict[str, Data] = {}
    for paper in exam.papers:
        common = _common(exam, page, paper.id)
        documents[f"paper-{paper.label}.pdf"] = common | _paper(exam, paper)
        documents[f"answer-sheet-{paper.label}.pdf"] = common | _sheet(exam, paper)
    documents["key.pdf"] = _common(exam, page, exam.id) | _key(exam)
    return dict(zip(documents, typeset(documents.values()), strict=True))


def _common(exam: Exam, page: str, name: str) -> Data:
    return {"page": page, "language": exam.language, "title": exam.blueprint.title, "id": name}


def _code(text: str) -> list[str]:
    """The rows of a QR code, in 0 and 1."""
    import segno

    return ["".join(map(str, row)) for row in segno.make_qr(text, error="m").matrix]


# The paper


def _paper(exam: Exam, paper: Paper) -> Data:
    return {
        "document": "paper",
        "heading": f"{exam.blueprint.title}, paper {paper.id}",
        "facts": phrases.facts(exam),
        "code": _code(paper.id),
        "instructions": blocks(phrases.instructions(exam)),
        "sections": [
            {
                "title": part.title,
                "instructions": blocks(part.instructions),
                "items": [_item(placed) for placed in part.items],
            }
            for part in phrases.parts(paper)
        ],
    }


def _item(placed: PaperItem) -> Data:
    item = placed.item
    size = sum(map(len, (item.stem, *placed.prompts, *placed.options)))
    return {
        "number": placed.number,
        "points": phrases.worth(placed).split(", "),
        "stem": blocks(item.stem),
        "prompts": [runs(prompt) for prompt in placed.prompts],
        "options": [
            {"letter": f"{option_letter(index)}.", "runs": runs(option)}
            for index, option in enumerate(placed.options)
        ],
        "long": size > _LONG,
    }


# The answer sheet


def _sheet(exam: Exam, paper: Paper) -> Data:
    return {
        "document": "sheet",
        "heading": f"Answer sheet: {exam.blueprint.title}",
        "code": _code(paper.id),
        "instructions": _FILLING,
        "ticked": [list(_bubbles(placed)) for placed in paper.items if placed.item.kind in _TICKED],
        "written": [
            {"label": str(placed.number), "lines": phrases.writing_lines(placed)}
            for placed in paper.items
            if placed.item.kind not in _TICKED
        ],
    }


def _bubbles(placed: PaperItem) -> Iterator[Data]:
    """A row of letters for the item, or one for each place of an order and for each left side."""
    letters = [option_letter(index) for index in range(len(placed.options))]
    kind = placed.item.kind
    labels = [str(placed.number)]
    if kind is Kind.ORDERING:
        labels = [f"{placed.number}, {_place(place)}" for place in range(1, len(letters) + 1)]
    elif kind is Kind.MATCHING:
        labels = [f"{placed.number}, {place}." for place in range(1, len(placed.prompts) + 1)]
    for label in labels:
        yield {"label": label, "letters": letters}


def _place(place: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{place}{endings.get(place, 'th')}"


# The key


def _key(exam: Exam) -> Data:
    return {
        "document": "key",
        "heading": f"Key: {exam.blueprint.title}",
        "facts": f"Exam {exam.id} · {phrases.facts(exam)} · {len(exam.papers)} variants",
        "origin": phrases.made_from(exam),
        "reading": phrases.HOW_TO_READ_THE_TABLE,
        "answers": [{"header": header, "rows": rows} for header, rows in phrases.answer_tables(exam)],
        "items": [_entry(exam, number, placed) for number, placed in phrases.entries(exam)],
    }


def _entry(exam: Exam, number: int, placed: PaperItem) -> Data:
    # In many variants the table above is the shorter way.
    few = len(exam.papers) <= phrases.COLUMNS
    return {
        "number": number,
        "points": phrases.worth(placed),
        "places": "; ".join(phrases.places(exam, placed.candidate)) if few else "",
        "stem": blocks(placed.item.stem),
        "parts": [
            {"label": part.label, "blocks": blocks(part.markdown)} for part in phrases.solution(placed)
        ],
        "origin": runs(phrases.origin(placed.candidate)),
    }
