"""The learner's sheet as a document for the typesetter."""

from __future__ import annotations

from typing import Any

from quiz.exams.marking.key import Key, KeyPaper
from quiz.exams.marking.report.feedback import (
    MOST_SOURCES,
    Answered,
    answered,
    heading_of,
    to_read,
    topics_of,
    verdict,
)
from quiz.exams.marking.report.page import percent
from quiz.exams.marking.results import Result
from quiz.exams.typesetting import blocks, runs
from quiz.items.item import Kind


def feedback_document(result: Result, key: Key, paper: KeyPaper, page: str = "a4") -> dict[str, Any]:
    """What `feedback.typ` is told."""
    who = result.name or result.learner
    entries = list(answered(result, paper))
    return {
        "document": "feedback",
        "page": page,
        "language": "en",
        "id": result.paper,
        "title": key.title,
        "heading": f"{who}: {key.title}",
        "learner": who,
        "verdict": verdict(result),
        "open": bool(result.doubts()),
        "topics": [[topic.name, f"{topic.items}", percent(topic.share)] for topic in topics_of(result, key)],
        "reading": [
            {
                "runs": runs(f"Question {of.item.question}: {of.prompt}"),
                "sources": list(of.sources[:MOST_SOURCES]),
            }
            for of in to_read(entries)
        ],
        "items": [_item(entry) for entry in entries],
    }


def _item(entry: Answered) -> dict[str, Any]:
    points = "\n".join(f"- **{point.verdict.capitalize()}**: {point.text}" for point in entry.mark.covered)
    why = "Model answer" if entry.place.of.item.kind is Kind.RECALL else "Why"
    parts = {"You said": entry.said, "Key points": points, "Remarks": "\n\n".join(entry.mark.remarks)}
    parts |= {"Right": entry.right, why: entry.why}
    return {
        "number": entry.place.number,
        "state": entry.mark.state.value,
        "points": heading_of(entry),
        "stem": blocks(entry.place.of.item.stem),
        "parts": [{"label": label, "blocks": blocks(text)} for label, text in parts.items() if text],
    }
