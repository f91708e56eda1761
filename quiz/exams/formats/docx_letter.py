"""DOCX on paper of the size Letter."""

from __future__ import annotations

from typing import Final

from quiz.exams.formats import docx
from quiz.exams.formats.pages import LETTER
from quiz.exams.paper import Exam

LABEL: Final = "papers with room for answers and a key to edit by hand, on US Letter"
CARRIES: Final = docx.CARRIES


def render(exam: Exam) -> dict[str, bytes]:
    """The same files as those of `docx`."""
    return docx.render(exam, LETTER)
