"""What the rules look at: the whole source of a bank, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quiz.source.question import BankSpec, Question


@dataclass(frozen=True, slots=True)
class Source:
    """All questions of a bank, and the text of each file by its path.

    `labs` are the slugs of the labs that exist, or None where nobody knows.
    """

    spec: BankSpec
    questions: tuple[Question, ...]
    texts: Mapping[str, str]
    labs: frozenset[str] | None = None
    today: date | None = None
