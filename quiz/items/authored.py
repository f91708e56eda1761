"""Authored: the items that the question's author wrote by hand, of whatever kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quiz.items.difficulty import estimate
from quiz.items.instruction import with_instruction
from quiz.items.item import Item, Kind
from quiz.items.wording import slug
from quiz.source.question import Question

PREFIX: Final = "own"
"""Begins the key of an authored item, so that it never meets that of a derived one."""

SECTION: Final = "Items"
"""Where an authored item belongs that names no other section."""


def derive(question: Question) -> Iterator[Item]:
    """One item for each that the author wrote. Its name is its identity; all else may be reworded."""
    for written in question.items:
        kind = Kind(written.kind)
        stem = with_instruction(written.stem, written.answers) if kind is Kind.CLOZE else written.stem
        yield Item(
            question=question.number,
            kind=kind,
            key=f"{PREFIX}-{slug(written.name)}",
            stem=stem,
            answers=written.answers,
            distractors=written.distractors,
            prompts=written.prompts,
            explanation=written.explanation,
            section=written.section or SECTION,
            difficulty=estimate(kind, written.answers, written.distractors),
        )
