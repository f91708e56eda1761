"""V001: a veto names an item that the question yields, or it vetoes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from quiz.items.derive import names, unknown_vetoes
from quiz.source.lint.source import Source
from quiz.source.question import Finding, Question

CODES: Final[Mapping[str, str]] = {"V001": "A veto names an item that the question yields."}


def check(source: Source) -> Iterator[Finding]:
    for question in source.questions:
        for veto in unknown_vetoes(question):
            yield Finding(question.path, veto.line, "V001", _message(question, veto.item))


def _message(question: Question, name: str) -> str:
    near = get_close_matches(name, names(question), n=1, cutoff=0.4)
    hint = f"did you mean `{near[0]}`?" if near else "take it out of `without`"
    return f"this question yields no item `{name}`; {hint}"
