"""Items that a learner has set aside, and remarks that they made on items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from quiz.errors import UserError
from quiz.items.item import Item
from quiz.practice.progress import Progress
from quiz.practice.tables import FlagRow, ItemRow, SuspensionRow


@dataclass(frozen=True, slots=True)
class Mark:
    """An item with the moment it was marked, and the note of a flag."""

    item: str
    stem: str
    at: datetime
    note: str = ""


def suspend(progress: Progress, item: Item, at: datetime) -> None:
    """Ask the item no more until it is restored. Its history and its schedule stay."""
    with progress.writing(item) as (session, learner, key):
        if session.get(SuspensionRow, (learner, key)) is None:
            session.add(SuspensionRow(learner_id=learner, item_id=key, at=at))


def restore(progress: Progress, item_id: str) -> None:
    """Ask a suspended item again. Raises UserError where it is not suspended."""
    ids = progress.ids()
    if ids is None or item_id not in {mark.item for mark in suspended(progress)}:
        raise UserError(f"`{item_id}` is not set aside.", "See what is: ecsquiz progress suspended")
    with progress.database.write() as session:
        item = select(ItemRow.id).where(ItemRow.bank_id == ids[1], ItemRow.key == item_id)
        session.execute(
            delete(SuspensionRow).where(
                col(SuspensionRow.learner_id) == ids[0], col(SuspensionRow.item_id).in_(item)
            )
        )


def flag(progress: Progress, item: Item, note: str, at: datetime) -> None:
    """Keep a remark on the item."""
    with progress.writing(item) as (session, learner, key):
        session.add(FlagRow(learner_id=learner, item_id=key, at=at, note=note))


def suspended(progress: Progress) -> list[Mark]:
    """What the learner has set aside in this bank, the oldest first."""
    return _marks(progress, SuspensionRow)


def flags(progress: Progress) -> list[Mark]:
    """The learner's remarks in this bank, the oldest first."""
    return _marks(progress, FlagRow, FlagRow.note)


def _marks(progress: Progress, table: Any, *more: Any) -> list[Mark]:
    ids = progress.ids()
    if ids is None:
        return []
    query = (
        select(ItemRow.key, ItemRow.stem, table.at, *more)
        .where(ItemRow.id == table.item_id, ItemRow.bank_id == ids[1], table.learner_id == ids[0])
        .order_by(table.at, ItemRow.key)
    )
    with progress.database.read() as connection:
        return [Mark(*row) for row in connection.execute(query)]
