"""PDF on paper of the size Letter."""

from __future__ import annotations

from typing import Final

from quiz.exams.formats import pdf
from quiz.exams.formats.pages import LETTER
from quiz.exams.paper import Exam

LABEL: Final = "papers, answer sheets with bubbles and a key to print, on US Letter"
CARRIES: Final = pdf.CARRIES


def render(exam: Exam) -> dict[str, bytes]:
    """The same files as those of `pdf`."""
    return pdf.render(exam, LETTER)
