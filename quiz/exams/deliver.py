"""The formats that an exam can be written in. To add one, add a file to `formats` and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from quiz.exams import record
from quiz.exams.formats import markdown
from quiz.exams.paper import Exam
from quiz.items.item import Kind


@dataclass(frozen=True, slots=True)
class Format:
    """The kinds of items that a format carries, and the files that it makes of an exam, by name."""

    carries: frozenset[Kind]
    render: Callable[[Exam], dict[str, bytes]]


FORMATS: Final[dict[str, Format]] = {
    markdown.NAME: Format(markdown.CARRIES, markdown.render),
}


def files_of(exam: Exam, chosen: Format) -> dict[str, bytes]:
    """All files of the exam. The record comes last: where it is, the papers are too."""
    return {**chosen.render(exam), **record.render(exam)}
