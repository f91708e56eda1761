"""The learner's progress, in tables of its own, apart from the bank's.

An item's identity stands in one row of `item`; schedules and reviews point at that row. When an item's
key changes, only that row changes, and the history follows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Dialect, Index, Integer
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from quiz.practice.schedule import from_microseconds, microseconds


class Moment(TypeDecorator[datetime]):
    """A UTC moment as microseconds since 1970.

    Exact on every database, free of time zones, and SQL can calculate with it.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_microseconds(value)


# SQLite numbers rows by itself only where the key is declared as plain INTEGER.
_BIG_KEY = BigInteger().with_variant(Integer, "sqlite")


class ProgressTable(SQLModel, registry=registry()):
    """Base of the progress tables, with a registry apart from that of the bank."""


class LearnerRow(ProgressTable, table=True):
    """A person who practises."""

    __tablename__ = "learner"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class BankRow(ProgressTable, table=True):
    """A bank that somebody has practised, and the fingerprint of its content at the last session."""

    __tablename__ = "bank"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    fingerprint: str


class ItemRow(ProgressTable, table=True):
    """An item that somebody has reviewed, with its wording at that time.

    `gone` is set while the bank has no such item: its history is kept, but it is never asked.
    """

    __tablename__ = "item"
    __table_args__ = (
        Index("item_by_key", "bank_id", "key", unique=True),
        Index("item_by_question", "bank_id", "gone", "question"),
    )
    id: int | None = Field(default=None, primary_key=True)
    bank_id: int = Field(foreign_key="bank.id")
    key: str
    question: int
    kind: str
    stem: str
    answer: str
    gone: bool = False


class ScheduleRow(ProgressTable, table=True):
    """One learner's FSRS state for one item; see `schedule.Schedule`.

    `bank_id` repeats the item's, so that one index answers what is due without reading anything else.
    """

    __tablename__ = "schedule"
    __table_args__ = (
        Index("schedule_by_due", "learner_id", "bank_id", "due", "last_review", "stability", "item_id"),
    )
    learner_id: int = Field(primary_key=True, foreign_key="learner.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    bank_id: int = Field(foreign_key="bank.id")
    state: int
    step: int | None = None
    stability: float
    difficulty: float
    due: datetime = Field(sa_type=Moment)
    last_review: datetime = Field(sa_type=Moment)


class ReviewRow(ProgressTable, table=True):
    """One answer.

    `suggested` is the grader's rating, None where it could not tell and the learner judged alone;
    `rating` is the one that the scheduler was given. `score` is 0 to 1. `before` is the schedule
    before this review, None for a new item: undoing puts it back.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("review_by_item", "learner_id", "item_id", "at"),
        Index("review_by_moment", "learner_id", "at"),
    )
    id: int | None = Field(default=None, sa_column=Column(_BIG_KEY, primary_key=True))
    learner_id: int = Field(foreign_key="learner.id")
    item_id: int = Field(foreign_key="item.id")
    at: datetime = Field(sa_type=Moment)
    rating: int
    suggested: int | None = None
    judged_by_learner: bool
    score: float
    answer: str
    seconds: float
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class SuspensionRow(ProgressTable, table=True):
    """An item that a learner has set aside: it is not asked until they take it back."""

    __tablename__ = "suspension"
    learner_id: int = Field(primary_key=True, foreign_key="learner.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    at: datetime = Field(sa_type=Moment)


class FlagRow(ProgressTable, table=True):
    """What a learner remarked on an item, for its author or for themselves."""

    __tablename__ = "flag"
    __table_args__ = (Index("flag_by_item", "learner_id", "item_id", "at"),)
    id: int | None = Field(default=None, sa_column=Column(_BIG_KEY, primary_key=True))
    learner_id: int = Field(foreign_key="learner.id")
    item_id: int = Field(foreign_key="item.id")
    at: datetime = Field(sa_type=Moment)
    note: str


class SettingRow(ProgressTable, table=True):
    """How a learner wants to be scheduled, one named value a row; see `settings`."""

    __tablename__ = "setting"
    learner_id: int = Field(primary_key=True, foreign_key="learner.id")
    name: str = Field(primary_key=True)
    value: Any = Field(sa_column=Column(JSON, nullable=False))
