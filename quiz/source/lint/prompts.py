"""D001: no two questions ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source.lint.source import Source
from quiz.source.markdown import plain
from quiz.source.question import Finding

CODES: Final[Mapping[str, str]] = {"D001": "No two questions ask nearly the same."}
TOO_CLOSE: Final = 90.0
"""Percent, by rapidfuzz's token_sort_ratio: the same words in another order count as the same."""


def check(source: Source) -> Iterator[Finding]:
    from rapidfuzz import fuzz, process

    questions = sorted(source.questions, key=lambda question: question.number)
    prompts = [plain(question.prompt).lower() for question in questions]
    for index, question in enumerate(questions):
        close = process.extract(
            prompts[index], prompts[:index], scorer=fuzz.token_sort_ratio, score_cutoff=TOO_CLOSE, limit=1
        )
        for _, _, other in close:
            yield Finding(
                question.path, 1, "D001", f"asks nearly what question {questions[other].number} asks"
            )
