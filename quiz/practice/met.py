"""What a learner has met in a bank, whether it is due or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, cast
from sqlmodel import col, select

from quiz.practice.progress import Progress
from quiz.practice.schedule import Schedule, microseconds
from quiz.practice.selecting import EVERYTHING, Scope, scheduled
from quiz.practice.tables import ItemRow, ScheduleRow

_STATE = tuple(Schedule.__dataclass_fields__)


def weakest(
    progress: Progress, at: datetime, scope: Scope = EVERYTHING, limit: int = 1
) -> list[tuple[str, Schedule]]:
    """What the learner has met, as key and schedule, lowest retrievability first."""
    if not (ids := progress.ids()):
        return []
    # In place of retrievability, which falls with it: the time since the last review in stabilities.
    elapsed = microseconds(at) - cast(ScheduleRow.last_review, Float)
    state = (getattr(ScheduleRow, name) for name in _STATE)
    query = (
        scheduled(ids, scope, ItemRow.key, *state)
        .join(ItemRow, col(ItemRow.id) == col(ScheduleRow.item_id))
        .order_by((elapsed / col(ScheduleRow.stability)).desc(), col(ScheduleRow.item_id))
        .limit(limit)
    )
    with progress.database.read() as connection:
        return [(str(row.key), _schedule(row)) for row in connection.execute(query)]


def questions_since(progress: Progress, moment: datetime) -> frozenset[int]:
    """The questions of which the learner has answered something since then."""
    if not (ids := progress.ids()):
        return frozenset()
    query = select(ItemRow.question).where(
        ItemRow.id == ScheduleRow.item_id,
        ScheduleRow.learner_id == ids[0],
        ScheduleRow.bank_id == ids[1],
        ScheduleRow.last_review >= moment,
    )
    with progress.database.read() as connection:
        return frozenset(connection.execute(query).scalars())


def _schedule(row: Any) -> Schedule:
    return Schedule(**{name: getattr(row, name) for name in _STATE})
