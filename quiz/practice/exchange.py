"""A learner's history out of the database and into it: what export, import, merge and reset are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert
from sqlmodel import Session, col, select

from quiz.grading.grade import Rating
from quiz.items.item import Kind
from quiz.practice.combining import replayed, schedule_of, standing
from quiz.practice.copies import written_whole
from quiz.practice.database import Database
from quiz.practice.history import (
    BankHistory,
    Flag,
    ItemHistory,
    LearnerHistory,
    PastReview,
    Standing,
    to_json,
)
from quiz.practice.registering import bank_id, learner_id, made
from quiz.practice.schedule import Schedule, from_microseconds, microseconds
from quiz.practice.tables import (
    BankRow,
    FlagRow,
    ItemRow,
    LearnerRow,
    ReviewRow,
    ScheduleRow,
    SettingRow,
    SuspensionRow,
)
from quiz.practice.tuning import Tuning

_STATE = tuple(Schedule.__dataclass_fields__)
_OF_LEARNER: tuple[Any, ...] = (ReviewRow, ScheduleRow, SuspensionRow, FlagRow)
_BATCH = 500


def learners(database: Database) -> list[str]:
    """The names of all learners, in order."""
    if not database.ready:
        return []
    with database.read() as connection:
        return list(connection.execute(select(LearnerRow.name).order_by(LearnerRow.name)).scalars())


def history_of(database: Database, learner: str) -> LearnerHistory:
    """All that the learner did; nothing, for one who is not known."""
    if not database.ready:
        return LearnerHistory(learner)
    with database.read() as connection:
        return _read(connection, learner)


def change_history(
    database: Database, learner: str, change: Callable[[LearnerHistory], LearnerHistory]
) -> tuple[LearnerHistory, LearnerHistory]:
    """Make of the learner's history what `change` says, in one transaction; gives it before and after.

    Items whose history stays are not touched.
    """
    with database.write() as session:
        key = learner_id(session, learner)
        before = _read(session.connection(), learner)
        after = change(before)
        if after.settings != before.settings:
            session.execute(delete(SettingRow).where(col(SettingRow.learner_id) == key))
            kept = Tuning.from_dict(after.settings).as_dict()
            session.add_all(SettingRow(learner_id=key, name=name, value=kept[name]) for name in kept)
        _forget(session, key, _difference(before, after))
        for bank in _difference(after, before):
            _write_bank(session, key, bank, Tuning.from_dict(after.settings))
    return before, after


def _difference(one: LearnerHistory, other: LearnerHistory) -> list[BankHistory]:
    """What `one` holds and `other` does not hold in the same way."""
    known = {(bank.slug, item.key): item for bank in other.banks for item in bank.items}
    return [
        BankHistory(bank.slug, items)
        for bank in one.banks
        if (items := tuple(item for item in bank.items if known.get((bank.slug, item.key)) != item))
    ]


def without(history: LearnerHistory, slug: str | None, questions: frozenset[int] | None) -> LearnerHistory:
    """The history less that in the bank with the given slug, or in its `questions`; None means all."""

    def stays(bank: BankHistory, item: ItemHistory) -> bool:
        meant = slug in (None, bank.slug) and (questions is None or item.question in questions)
        return not meant

    banks = (
        BankHistory(bank.slug, tuple(item for item in bank.items if stays(bank, item)))
        for bank in history.banks
    )
    return replace(history, banks=tuple(bank for bank in banks if bank.items))


def save_copy(database: Database, learner: str, folder: Path, at: datetime) -> Path:
    """Write the learner's history to a new file in `folder`, named after `at`."""
    safe = "".join(letter if letter.isalnum() else "-" for letter in learner)
    path = folder / f"progress-{safe}-before-{at:%Y%m%d-%H%M%S-%f}.json"
    with written_whole(path) as place:
        place.write_text(to_json(history_of(database, learner)), encoding="utf-8")
    return path


def _read(connection: Connection, learner: str) -> LearnerHistory:
    key = connection.execute(select(LearnerRow.id).where(LearnerRow.name == learner)).scalar_one_or_none()
    if key is None:
        return LearnerHistory(learner)
    reviews: dict[int, list[PastReview]] = defaultdict(list)
    flags: dict[int, list[Flag]] = defaultdict(list)
    for row in _rows(connection, ReviewRow, key, "at", "id"):
        reviews[row.item_id].append(_review(row))
    for row in _rows(connection, FlagRow, key, "at", "id"):
        flags[row.item_id].append(Flag(microseconds(row.at), row.note))
    schedules = {row.item_id: _standing(row) for row in _rows(connection, ScheduleRow, key)}
    suspended = {row.item_id: microseconds(row.at) for row in _rows(connection, SuspensionRow, key)}
    touched = reviews.keys() | flags.keys() | schedules.keys() | suspended.keys()
    banks: dict[str, list[ItemHistory]] = defaultdict(list)
    items = select(ItemRow.__table__, BankRow.slug).join(BankRow, col(BankRow.id) == col(ItemRow.bank_id))  # type: ignore[attr-defined]
    for row in connection.execute(items.order_by(BankRow.slug, ItemRow.key)):
        if row.id in touched:
            item = ItemHistory(
                key=row.key,
                question=row.question,
                kind=Kind(row.kind),
                stem=row.stem,
                answer=row.answer,
                reviews=tuple(reviews[row.id]),
                schedule=schedules.get(row.id),
                suspended=suspended.get(row.id),
                flags=tuple(flags[row.id]),
            )
            banks[row.slug].append(item)
    settings = {row.name: row.value for row in _rows(connection, SettingRow, key)}
    found = tuple(BankHistory(slug, tuple(kept)) for slug, kept in banks.items())
    return LearnerHistory(learner, settings, found)


def _rows(connection: Connection, table: Any, learner: int, *order: str) -> Iterable[Any]:
    columns = table.__table__.c
    query = select(table.__table__).where(columns.learner_id == learner)
    return connection.execute(query.order_by(*(columns[name] for name in order)))


def _review(row: Any) -> PastReview:
    return PastReview(
        at=microseconds(row.at),
        rating=Rating(row.rating),
        suggested=None if row.suggested is None else Rating(row.suggested),
        score=row.score,
        answer=row.answer,
        seconds=row.seconds,
    )


def _standing(row: Any) -> Standing:
    return standing(Schedule(**{name: getattr(row, name) for name in _STATE}))


def _forget(session: Session, learner: int, banks: Iterable[BankHistory]) -> None:
    for bank in banks:
        of_bank = select(ItemRow.key, ItemRow.id).join(BankRow, col(BankRow.id) == col(ItemRow.bank_id))
        ids = {row.key: row.id for row in session.execute(of_bank.where(BankRow.slug == bank.slug))}
        wanted = [ids[item.key] for item in bank.items]
        for start in range(0, len(wanted), _BATCH):
            for table in _OF_LEARNER:
                batch = table.item_id.in_(wanted[start : start + _BATCH])
                session.execute(delete(table).where(table.learner_id == learner, batch))


def _write_bank(session: Session, learner: int, bank: BankHistory, tuning: Tuning) -> None:
    key = bank_id(session, bank.slug, "")
    # The next session compares the bank's items with all that is known here, and re-attaches.
    session.get_one(BankRow, key).fingerprint = ""
    known = session.exec(select(ItemRow.key, ItemRow.id).where(ItemRow.bank_id == key)).all()
    ids = {name: made(number) for name, number in known}
    for item in bank.items:
        if item.key not in ids:
            row = ItemRow(
                bank_id=key,
                key=item.key,
                question=item.question,
                kind=item.kind.value,
                stem=item.stem,
                answer=item.answer,
            )
            session.add(row)
            session.flush()
            ids[item.key] = made(row.id)
        _write_item(session, (learner, key, ids[item.key]), item, tuning)


def _write_item(session: Session, place: tuple[int, int, int], item: ItemHistory, tuning: Tuning) -> None:
    """`place` holds the ids of the learner, the bank and the item."""
    learner, bank, key = place
    if item.reviews:
        states = replayed(item.reviews, tuning)
        befores = [None, *states[:-1]]
        rows = [
            {"learner_id": learner, "item_id": key, **_columns(review, before)}
            for review, before in zip(item.reviews, befores, strict=True)
        ]
        session.execute(insert(ReviewRow), rows)
        last = schedule_of(item.schedule) if item.schedule else states[-1]
        session.add(ScheduleRow(learner_id=learner, item_id=key, bank_id=bank, **asdict(last)))
    if item.suspended is not None:
        session.add(SuspensionRow(learner_id=learner, item_id=key, at=from_microseconds(item.suspended)))
    session.add_all(
        FlagRow(learner_id=learner, item_id=key, at=from_microseconds(flag.at), note=flag.note)
        for flag in item.flags
    )


def _columns(review: PastReview, before: Schedule | None) -> dict[str, Any]:
    return {
        "at": from_microseconds(review.at),
        "rating": review.rating.value,
        "suggested": review.suggested.value if review.suggested else None,
        "judged_by_learner": review.suggested is None,
        "score": review.score,
        "answer": review.answer,
        "seconds": review.seconds,
        "before": before.as_dict() if before else None,
    }
