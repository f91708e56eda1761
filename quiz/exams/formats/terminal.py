"""Papers for `ecsquiz exam take`: one JSON file a variant, without the key."""

from __future__ import annotations

from typing import Final

from quiz.exams.paper import Exam
from quiz.exams.sitting.sheet import as_json, sheet_of
from quiz.items.item import Kind

NAME: Final = "terminal"
LABEL: Final = "papers without a key for ecsquiz exam take"
CARRIES: Final = frozenset(Kind)


def render(exam: Exam) -> dict[str, bytes]:
    """`take-A.json`, `take-B.json` and so on."""
    return {f"take-{paper.label}.json": as_json(sheet_of(exam, paper)).encode() for paper in exam.papers}
