"""What the bank knows of right and wrong: key points for free answers, the glossary for terms."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from quiz.bank.store import Bank
from quiz.grading.grade import Grade, Rubric
from quiz.items.item import Item, Kind

if TYPE_CHECKING:
    from quiz.grading.grader import Grader
    from quiz.source.question import Term


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

    def term(self, text: str) -> Term | None:
        """The term of the glossary that may be written so, in any case; also within code marks."""
        return self._terms.get(_folded(text))

    def is_term_word(self, word: str) -> bool:
        """Whether a term of the glossary has this word, in lower case."""
        return word in self._term_words

    def operations(self) -> frozenset[str]:
        """The AWS CLI's services and operations that the bank asks for, such as `ecs list-tasks`."""
        return self._operations

    @cached_property
    def _operations(self) -> frozenset[str]:
        from quiz.grading.commands.parsing import parse

        commands = self._bank.items(kind=Kind.COMMAND)
        return frozenset(parse(model).name for item in commands for model in item.answers)

    @cached_property
    def _terms(self) -> dict[str, Term]:
        terms = self._bank.spec.glossary
        others = {_folded(form): term for term in terms for form in term.aliases}
        return others | {_folded(term.name): term for term in terms}

    @cached_property
    def _term_words(self) -> frozenset[str]:
        return frozenset(word for form in self._terms for word in re.findall(r"[^\W\d_]+", form))

    @cached_property
    def _grader(self) -> Grader:
        from quiz.grading.grader import Grader
        from quiz.grading.vocabulary import Vocabulary

        # A session goes from question to question, and seldom back: its memory stays as it was.
        vocabulary = Vocabulary.of_questions(self._bank.questions(), self._bank.spec.glossary)
        return Grader(vocabulary, remembered=8)


def _folded(text: str) -> str:
    return " ".join(text.replace("`", "").lower().split()).rstrip(".")
