"""K001: a question has three to seven key points. K002: each bold term occurs in the answer's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source.lint.source import Source
from quiz.source.question import Finding, Question

CODES: Final[Mapping[str, str]] = {
    "K001": "A question has three to seven key points.",
    "K002": "Every bold term of a key point occurs in the answer.",
}
FEWEST, MOST = 3, 7


def check(source: Source) -> Iterator[Finding]:
    forms = {form.lower(): term.forms for term in source.spec.glossary for form in term.forms}
    for question in source.questions:
        count = len(question.key_points)
        if count and not FEWEST <= count <= MOST:
            line = question.key_points[0].line
            yield Finding(question.path, line, "K001", f"{count} key points: write {FEWEST} to {MOST}")
        yield from _unanswered(question, forms)


def _unanswered(question: Question, forms: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    answer = _squeezed(
        " ".join([question.short_answer, *(section.markdown for section in question.sections)])
    )
    for point in question.key_points:
        for term in point.terms:
            if not any(_squeezed(form) in answer for form in forms.get(term.lower(), (term,))):
                message = f"the key point's term `{term}` does not occur in the answer"
                yield Finding(question.path, point.line, "K002", message)


def _squeezed(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9:./-]+", text.lower()))
