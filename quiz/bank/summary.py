"""What is in a bank, counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from quiz.bank.store import Bank


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a whole bank; the dictionaries map slugs to counts in the bank's own order."""

    title: str
    questions: int
    key_points: int
    mistakes: int
    terms: int
    items: int
    kinds: dict[str, int]
    levels: dict[str, int]
    topics: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def summarise(bank: Bank) -> Summary:
    questions = bank.questions()
    kinds = {str(row[0]): int(row[1]) for row in bank.rows("SELECT kind, count(*) FROM item GROUP BY kind")}
    return Summary(
        title=bank.spec.title,
        questions=len(questions),
        key_points=sum(len(question.key_points) for question in questions),
        mistakes=sum(len(question.mistakes) for question in questions),
        terms=len(bank.spec.glossary),
        items=sum(kinds.values()),
        kinds=kinds,
        levels={level.slug: sum(q.level == level.slug for q in questions) for level in bank.spec.levels},
        topics={topic.slug: sum(topic.slug in q.topics for q in questions) for topic in bank.spec.topics},
    )
