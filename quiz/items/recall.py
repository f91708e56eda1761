"""Recall: the question itself, answered in the learner's own words."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.items.item import Item, Kind
from quiz.source.question import Question

KIND = Kind.RECALL


def derive(question: Question) -> Iterator[Item]:
    """One item a question. Its answer is the reference that free text is graded against."""
    if question.reference:
        yield Item(
            question=question.number,
            kind=KIND,
            key="answer",
            stem=question.prompt,
            answers=(question.reference,),
            section="Short answer" if question.short_answer else "",
            difficulty=_difficulty(question),
        )


def _difficulty(question: Question) -> float:
    """More key points to remember, harder: 0.4 with none, 0.75 with seven."""
    return round(min(0.75, 0.4 + 0.05 * len(question.key_points)), 2)
