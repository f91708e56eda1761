"""JSON: the papers with their key as data, for programs that show or convert them.

All texts come twice, as Markdown and as safe HTML. What marking needs is in `exam.json`, which every export
writes.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any, Final

from quiz.exams.formats import html_text, solution
from quiz.exams.formats.markdown import away_from_the_bank
from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection, option_letter
from quiz.exams.record import MADE_BY
from quiz.items.item import Kind

LABEL: Final = "papers and key as data for programs"
CARRIES: Final = frozenset(Kind)
FILE_NAME: Final = "papers.json"
VERSION: Final = 1


def render(exam: Exam) -> dict[str, bytes]:
    """One file for all variants."""
    blueprint = exam.blueprint
    content = {
        "made_by": MADE_BY,
        "version": VERSION,
        "exam": exam.id,
        "title": blueprint.title,
        "language": exam.language,
        "instructions": _block(blueprint.instructions),
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "points": exam.points,
        "papers": [_paper(paper) for paper in exam.papers],
    }
    return {FILE_NAME: f"{json.dumps(content, indent=2, ensure_ascii=False)}\n".encode()}


def _paper(paper: Paper) -> dict[str, Any]:
    return {"id": paper.id, "label": paper.label, "sections": [_section(part) for part in paper.sections]}


def _section(section: PaperSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "instructions": _block(section.instructions),
        "items": [_item(placed) for placed in section.items],
    }


def _item(placed: PaperItem) -> dict[str, Any]:
    item, question = placed.item, placed.candidate.question
    written = item.kind in (Kind.RECALL, Kind.COMMAND)
    return {
        "number": placed.number,
        "id": item.id,
        "kind": item.kind.value,
        "question": question.number,
        "level": question.level,
        "topics": list(question.topics),
        "points": placed.points,
        "wrong": placed.wrong,
        "stem": _block(item.stem),
        "prompts": [_inline(prompt) for prompt in placed.prompts],
        "options": [
            {"letter": option_letter(index), **_inline(option)} for index, option in enumerate(placed.options)
        ],
        "key": list(placed.letters),
        "answers": [_answer(item.kind, answer) for answer in placed.answers],
        "explanation": _block(item.explanation),
        "marking": solution.for_the_marker(placed.candidate) if written else "",
    }


def _answer(kind: Kind, answer: str) -> dict[str, str]:
    if kind is Kind.COMMAND:
        return {"markdown": f"`{answer}`", "html": f"<code>{escape(answer)}</code>"}
    return _block(answer) if kind is Kind.RECALL else _inline(answer)


def _block(markdown: str) -> dict[str, str]:
    return {"markdown": away_from_the_bank(markdown), "html": html_text.block(markdown)}


def _inline(markdown: str) -> dict[str, str]:
    return {"markdown": away_from_the_bank(markdown), "html": html_text.inline(markdown)}
