"""Recall: a typed answer in the learner's own words, graded by key points."""

from __future__ import annotations

from random import Random

from quiz.grading.grade import Grade
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading
from quiz.practice.outcome import Outcome

KIND = Kind.RECALL
LINES = True
INVITATION = "Type your answer. An empty line ends it; Enter alone shows the answer."


def options(item: Item, random: Random) -> tuple[str, ...]:  # noqa: ARG001 - all kinds have this shape
    return ()


def complaint(typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    return ""


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    grade: Grade = grading(item, typed)
    return Outcome(typed, grade.score, grade.rating if grade.certain else None, grade)
