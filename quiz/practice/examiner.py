"""Grading free-text answers by the key points of the bank."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quiz.bank.store import Bank
from quiz.grading.grade import Grade, Rubric
from quiz.items.item import Item

if TYPE_CHECKING:
    from quiz.grading.grader import Grader


class Examiner:
    """Call it with an item and an answer. The grader is made at the first call, not at the first prompt."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def __call__(self, item: Item, answer: str) -> Grade:
        return self._grader.grade(self.rubric(item), answer)

    def rubric(self, item: Item) -> Rubric:
        """The question's rubric; for an item that asks something else, its own answer."""
        question = self._bank.question(item.question)
        if item.stem == question.prompt:
            return Rubric.of(question)
        return Rubric(item.stem, "\n".join(item.answers))

    @cached_property
    def _grader(self) -> Grader:
        from quiz.grading.grader import Grader
        from quiz.grading.vocabulary import Vocabulary

        return Grader(Vocabulary.of_questions(self._bank.questions(), self._bank.spec.glossary))
