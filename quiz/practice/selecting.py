"""Which of a learner's schedules are meant: the part of a query that finds what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, not_
from sqlmodel import col, select

from quiz.items.item import Kind
from quiz.practice.tables import ItemRow, ScheduleRow, SuspensionRow


@dataclass(frozen=True, slots=True)
class Scope:
    """Which items are meant. None means all."""

    questions: frozenset[int] | None = None
    kinds: frozenset[Kind] | None = None


EVERYTHING: Final = Scope()


def scheduled(ids: tuple[int, int], scope: Scope, *columns: Any) -> Select[Any]:
    """`columns` of a learner's schedules in a bank, without items that are gone or set aside.

    `ids` are those of the learner and of the bank.
    """
    learner, bank = ids
    aside = select(SuspensionRow.item_id).where(SuspensionRow.learner_id == learner)
    query: Select[Any] = (
        select(*columns)
        .select_from(ScheduleRow)
        .where(ScheduleRow.learner_id == learner, ScheduleRow.bank_id == bank)
    )
    return query.where(_meant(scope, bank), col(ScheduleRow.item_id).not_in(aside))


def _meant(scope: Scope, bank: int) -> ColumnElement[bool]:
    items = select(ItemRow.id).where(ItemRow.bank_id == bank)
    if scope == EVERYTHING:
        # As an exception and not as a join: so one index of the schedules alone answers.
        return col(ScheduleRow.item_id).not_in(items.where(ItemRow.gone))
    items = items.where(not_(col(ItemRow.gone)))
    if scope.questions is not None:
        items = items.where(col(ItemRow.question).in_(scope.questions))
    if scope.kinds is not None:
        items = items.where(col(ItemRow.kind).in_([kind.value for kind in scope.kinds]))
    return col(ScheduleRow.item_id).in_(items)
