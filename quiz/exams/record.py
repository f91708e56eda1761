"""The record of an exam, `exam.json`: all that marking needs, without the bank."""

from __future__ import annotations

import json
from typing import Any, Final

from quiz.exams.paper import Exam, Paper, PaperItem
from quiz.exams.pool import Candidate

FILE_NAME: Final = "exam.json"
VERSION: Final = 2
MADE_BY: Final = "ecsquiz exam"


def render(exam: Exam) -> dict[str, bytes]:
    """The record as a file, by its name."""
    text = json.dumps(as_record(exam), indent=2, ensure_ascii=False)
    return {FILE_NAME: f"{text}\n".encode()}


def as_record(exam: Exam) -> dict[str, Any]:
    """Items are listed once, in the order of the first variant; variants refer to them by id."""
    return {
        "made_by": MADE_BY,
        "version": VERSION,
        "id": exam.id,
        "language": exam.language,
        "seed": exam.blueprint.seed,
        "bank": {"title": exam.bank_title, "fingerprint": exam.fingerprint, "repository": exam.repository},
        "blueprint": exam.blueprint.as_dict(),
        "points": exam.points,
        "items": [_item(candidate) for candidate in exam.candidates],
        "variants": [_variant(paper) for paper in exam.papers],
    }


def _item(candidate: Candidate) -> dict[str, Any]:
    item, question = candidate.item, candidate.question
    return {
        "id": item.id,
        "question": question.number,
        "prompt": question.prompt,
        "path": question.path,
        "section": item.section,
        "level": question.level,
        "topics": list(question.topics),
        "kind": item.kind.value,
        "points": candidate.points,
        "stem": item.stem,
        "answers": list(item.answers),
        "distractors": list(item.distractors),
        "prompts": list(item.prompts),
        "explanation": item.explanation,
        "difficulty": item.difficulty,
        "key_points": [
            {"text": point.text, "terms": list(point.terms), "weight": point.weight}
            for point in question.key_points
        ],
        "mistakes": [{"wrong": mistake.wrong, "right": mistake.right} for mistake in question.mistakes],
        "sources": list(question.sources),
    }


def _variant(paper: Paper) -> dict[str, Any]:
    """`section` is the index of the item's section, from 0; `letters` is the key, as in `PaperItem`."""
    return {
        "label": paper.label,
        "id": paper.id,
        "sections": [
            {"title": section.title, "instructions": section.instructions} for section in paper.sections
        ],
        "items": [
            _placed(placed, index) for index, section in enumerate(paper.sections) for placed in section.items
        ],
    }


def _placed(placed: PaperItem, section: int) -> dict[str, Any]:
    return {
        "number": placed.number,
        "section": section,
        "item": placed.item.id,
        "options": list(placed.options),
        "prompts": list(placed.prompts),
        "letters": list(placed.letters),
        "points": placed.points,
        "wrong": placed.wrong,
    }
