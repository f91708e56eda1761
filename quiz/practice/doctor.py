"""Is a learner's history sound? What is not, and what can be mended without losing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from quiz.practice.combining import replayed, standing
from quiz.practice.database import Database
from quiz.practice.history import BankHistory, ItemHistory, LearnerHistory
from quiz.practice.schedule import SKEW, microseconds
from quiz.practice.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong. `place` is an item, or empty; `safe` says whether mending loses nothing."""

    learner: str
    place: str
    problem: str
    safe: bool


def complaints(history: LearnerHistory, now: datetime) -> Iterator[Complaint]:
    """What is wrong in the history of one learner. `now` is in UTC."""
    for bank in history.banks:
        for item in bank.items:
            for problem, safe in _problems(item, now):
                yield Complaint(history.learner, f"{bank.slug}: {item.key}", problem, safe)


def mended(history: LearnerHistory, now: datetime) -> LearnerHistory:
    """The history with what is safe to mend: schedules made anew from the reviews, twins taken out."""
    tuning = Tuning.from_dict(history.settings)
    banks = []
    for bank in history.banks:
        items = tuple(
            _mended(item, tuning) if any(safe for _, safe in _problems(item, now)) else item
            for item in bank.items
        )
        banks.append(BankHistory(bank.slug, items))
    return replace(history, banks=tuple(banks))


def damage(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file: torn pages, rows that point nowhere."""
    if database.engine.dialect.name != "sqlite" or not database.ready:
        return []
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    problems = [str(line) for line in found if line != "ok"]
    tables = sorted({str(row[0]) for row in astray})
    return problems + [f"rows of the table {table} point at rows that are not there" for table in tables]


def _problems(item: ItemHistory, now: datetime) -> Iterator[tuple[str, bool]]:
    moments = [review.at for review in item.reviews]
    if len(set(moments)) < len(moments):
        yield "the same review stands there more than once", True
    if any(at > microseconds(now + SKEW) for at in moments):
        anew = f"ecsquiz progress reset --question {item.question}"
        yield f"it was reviewed in the future: the clock was wrong; to begin anew: {anew}", False
    schedule = item.schedule
    if schedule is None:
        if moments:
            yield "its schedule is missing", True
        return
    if not moments:
        yield "it is scheduled, but was never reviewed", False
    elif schedule.last_review not in moments:
        yield "its schedule does not follow from its reviews", True
    if not _possible(item):
        yield "its schedule has impossible numbers", bool(moments)


def _possible(item: ItemHistory) -> bool:
    found = item.schedule
    return found is None or (
        found.state in (1, 2, 3)
        and found.stability > 0
        and 1 <= found.difficulty <= 10
        and found.due >= found.last_review
        and (found.step is None) == (found.state == 2)
    )


def _mended(item: ItemHistory, tuning: Tuning) -> ItemHistory:
    reviews = tuple({review.at: review for review in reversed(item.reviews)}.values())[::-1]
    last = replayed(reviews, tuning)[-1]
    return replace(item, reviews=reviews, schedule=standing(last))
