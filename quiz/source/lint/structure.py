"""S001 to S003: level and topics are the bank's, and no number stands twice.

A question that breaks one of these cannot be compiled either, so the build asks here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from quiz.source.lint.source import Source
from quiz.source.question import BankSpec, Finding, Question

CODES: Final[Mapping[str, str]] = {
    "S001": "The level is one of the bank's.",
    "S002": "Every topic is one of the bank's, and stands once.",
    "S003": "No number stands twice.",
}


def check(source: Source) -> Iterator[Finding]:
    """The findings over all questions, in the order of their files."""
    taken: dict[int, str] = {}
    for question in sorted(source.questions, key=lambda question: question.path):
        yield from check_one(question, source.spec, taken)
        taken.setdefault(question.number, question.path)


def check_one(question: Question, spec: BankSpec, taken: Mapping[int, str]) -> Iterator[Finding]:
    """The findings of one question. `taken` maps the numbers in use to the files that hold them."""
    levels = [level.slug for level in spec.levels]
    if question.level not in levels:
        yield Finding(question.path, 1, "S001", _unknown("level", question.level, levels))
    topics = [topic.slug for topic in spec.topics]
    for topic in question.topics:
        if topic not in topics:
            yield Finding(question.path, 1, "S002", _unknown("topic", topic, topics))
    if len(set(question.topics)) != len(question.topics):
        yield Finding(question.path, 1, "S002", "a topic stands twice in `topics`")
    if question.number in taken:
        message = f"number {question.number} is taken by {taken[question.number]}"
        yield Finding(question.path, 1, "S003", message)


def _unknown(what: str, name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"unknown {what} `{name}`" + (
        f"; did you mean `{near[0]}`?" if near else f"; bank.toml has {names}"
    )
