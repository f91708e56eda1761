"""S010: every question has a short answer, key points, mistakes, topics, sources and a review date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source.lint.source import Source
from quiz.source.question import Finding, Question

CODES: Final[Mapping[str, str]] = {
    "S010": "A question has a short answer, key points, mistakes, topics, sources and a review date."
}


def check(source: Source) -> Iterator[Finding]:
    for question in source.questions:
        for what in _missing(question):
            yield Finding(question.path, 1, "S010", f"{what} missing")


def _missing(question: Question) -> Iterator[str]:
    if not question.short_answer:
        yield "the section `## Short answer` is"
    if not question.key_points:
        yield "the section `## Key points` is"
    if not question.mistakes:
        yield "the section `## Common mistakes` is"
    if not question.topics:
        yield "`topics` are"
    if not question.sources:
        yield "`sources` are"
    if question.reviewed is None:
        yield "the date `reviewed` is"
