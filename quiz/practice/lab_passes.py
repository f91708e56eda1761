"""A repaired lab counts as practice of the question it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.bank.store import Bank
from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice.database import Database
from quiz.practice.progress import Progress, Review

HINTS_FOR_HARD = 3  # with as many hints, the repair was hard


@dataclass(frozen=True, slots=True)
class LabPass:
    """A lab that was repaired without its solution; `at` in UTC."""

    lab: str
    question: int
    at: datetime
    seconds: float
    hints: int


def record_pass(bank: Bank, database: Database, learner: str, lab_pass: LabPass) -> bool:
    """Review the question's recall item; False where the bank has none.

    Recording the same pass again changes nothing, so it may be tried again after a kill.
    """
    item = bank.item(f"{lab_pass.question}/{Kind.RECALL}/answer")
    if item is None:
        return False
    progress = Progress(database, bank.slug, bank.version, learner)
    progress.follow(bank.items)
    review = Review(
        item=item,
        rating=Rating.HARD if lab_pass.hints >= HINTS_FOR_HARD else Rating.GOOD,
        suggested=None,
        score=1.0,
        answer=f"Repaired lab {lab_pass.lab}.",
        seconds=lab_pass.seconds,
        at=lab_pass.at,
    )
    progress.record(review)
    return True
