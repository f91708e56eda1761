"""Which of a learner's schedules are meant: the part of a query that finds what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, exists, not_
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
    # Asked of each schedule, and not made into a list: many may be set aside, and few schedules are read.
    aside = exists().where(
        SuspensionRow.learner_id == learner,  # type: ignore[arg-type]
        col(SuspensionRow.item_id) == col(ScheduleRow.item_id),
    )
    aside = aside.correlate(ScheduleRow)
    query: Select[Any] = (
        select(*columns)
        .select_from(ScheduleRow)
        .where(ScheduleRow.learner_id == learner, ScheduleRow.bank_id == bank)
    )
    return query.where(_meant(scope, bank), ~aside)


def _meant(scope: Scope, bank: int) -> ColumnElement[bool]:
    items = select(ItemRow.id).where(ItemRow.bank_id == bank)
    if scope == EVERYTHING:
        # As an exception and not as a join: so one index of the schedules alone answers.
        return col(ScheduleRow.item_id).not_in(items.where(ItemRow.gone))
    wanted = [not_(col(ItemRow.gone))]
    if scope.kinds is not None:
        wanted.append(col(ItemRow.kind).in_([kind.value for kind in scope.kinds]))
    if scope.questions is None:  # most items are meant: better asked of each than listed
        return exists().where(col(ItemRow.id) == col(ScheduleRow.item_id), *wanted).correlate(ScheduleRow)
    return col(ScheduleRow.item_id).in_(items.where(col(ItemRow.question).in_(scope.questions), *wanted))
