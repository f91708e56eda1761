"""What one learner has done in one bank: reading it, and adding to it one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from sqlalchemy import Float, Select, cast, func, true
from sqlmodel import Session, col, select

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.items.item import Item
from quiz.practice import schedule as fsrs
from quiz.practice.database import Database
from quiz.practice.following import Reattached, follow
from quiz.practice.registering import bank_id, item_id, learner_id, made
from quiz.practice.schedule import Schedule
from quiz.practice.selecting import EVERYTHING, Scope, scheduled
from quiz.practice.settings import tuning_of
from quiz.practice.tables import BankRow, ItemRow, LearnerRow, ReviewRow, ScheduleRow
from quiz.practice.tuning import Tuning

RANKED = 2000
"""Of the items that are due, this many are ranked by retrievability: those that were due first."""


@dataclass(frozen=True, slots=True)
class Review:
    """One answer, to be kept. `suggested` is None where only the learner could judge; `at` is in UTC."""

    item: Item
    rating: Rating
    suggested: Rating | None
    score: float
    answer: str
    seconds: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says that a review is kept, with the schedule that followed from it. It is what undoes it."""

    review: int
    schedule: Schedule


class Progress:
    """The progress of one learner in the bank with the given slug.

    `fingerprint` changes whenever the bank's items may have changed.
    """

    def __init__(self, database: Database, bank: str, fingerprint: str, learner: str = "me") -> None:
        self.database = database
        self._bank = bank
        self._fingerprint = fingerprint
        self._learner = learner
        self._ids: tuple[int, int] | None = None
        # The rows of the items met so far: while this session goes on with the bank as it was, another
        # may open a rebuilt one and give them other keys.
        self._rows: dict[str, int] = {}

    def due(self, at: datetime, scope: Scope = EVERYTHING, limit: int = 1) -> list[tuple[str, Schedule]]:
        """The items due at `at`, as key and schedule, lowest retrievability first.

        Where more than `RANKED` are due, only those are ranked that have been due longest.
        """
        if not (ids := self.ids()):
            return []
        columns = (ScheduleRow.item_id, ScheduleRow.last_review, ScheduleRow.stability)
        pool = self._due(ids, at, scope, *columns).order_by(col(ScheduleRow.due)).limit(RANKED).subquery()
        # Retrievability falls with the time since the last review counted in stabilities. That ratio
        # orders in its place, so the database need not know the curve.
        elapsed = fsrs.microseconds(at) - cast(pool.c.last_review, Float)
        first = select(pool.c.item_id).order_by((elapsed / pool.c.stability).desc(), pool.c.item_id)
        with self.database.read() as connection:
            wanted = list(connection.execute(first.limit(limit)).scalars())
            state = (getattr(ScheduleRow, name) for name in _STATE)
            query: Select[Any] = select(ItemRow.key, ItemRow.id, *state).where(
                ItemRow.id == ScheduleRow.item_id,
                ScheduleRow.learner_id == ids[0],
                col(ScheduleRow.item_id).in_(wanted),
            )
            found = {row.id: (str(row.key), _state(row)) for row in connection.execute(query)}
        self._rows |= {key: item for item, (key, _) in found.items()}
        return [found[item] for item in wanted]

    def count_due(self, at: datetime, scope: Scope = EVERYTHING) -> int:
        """How many items are due at `at`."""
        return self._count(lambda ids: self._due(ids, at, scope, func.count()))

    def due_between(self, moments: Sequence[datetime]) -> list[int]:
        """How many items fall due in each of the spans between neighbouring `moments`, the end included."""
        return [
            self._count(
                lambda ids, start=start, end=end: self._due(ids, end, EVERYTHING, func.count()).where(  # type: ignore[misc]
                    col(ScheduleRow.due) > start
                )
            )
            for start, end in pairwise(moments)
        ]

    def next_due(self, scope: Scope = EVERYTHING) -> datetime | None:
        """When the next item is due, which may be in the past; None where nothing is scheduled."""
        if not (ids := self.ids()):
            return None
        first = scheduled(ids, scope, ScheduleRow.due).order_by(col(ScheduleRow.due)).limit(1)
        with self.database.read() as connection:
            found: datetime | None = connection.execute(first).scalar_one_or_none()
        return found

    def started(self) -> frozenset[str]:
        """The keys of all items that the learner has a schedule for."""
        if not (ids := self.ids()):
            return frozenset()
        query = select(ItemRow.key).where(
            ItemRow.id == ScheduleRow.item_id, ScheduleRow.learner_id == ids[0], ItemRow.bank_id == ids[1]
        )
        with self.database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def record(self, review: Review) -> Receipt:
        """Keep a review and the schedule that follows from it, in one transaction.

        The schedule follows from the one in the database, which another session may have changed since
        the item was shown. Recording the same review again keeps the one that is there: so it may be
        tried again when a connection broke before the answer of the database came.
        """
        tuning = self.tuning
        with self.database.write() as session:
            learner, bank, item = self._registered(session, review.item)
            schedule = session.get(ScheduleRow, (learner, item))
            if schedule and (kept := _kept(session, learner, item, review)):
                return Receipt(kept, _state(schedule))
            before = _state(schedule) if schedule else None
            after = fsrs.review(before, review.rating, review.at, tuning)
            if before and review.at < before.last_review < review.at + fsrs.SKEW:
                after = _in_order(session, (learner, item), review, tuning)
            row = ReviewRow(
                learner_id=learner,
                item_id=item,
                at=review.at,
                rating=review.rating.value,
                suggested=review.suggested.value if review.suggested else None,
                judged_by_learner=review.suggested is None,
                score=review.score,
                answer=review.answer,
                seconds=review.seconds,
                before=before.as_dict() if before else None,
            )
            schedule = schedule or ScheduleRow(
                learner_id=learner, item_id=item, bank_id=bank, **asdict(after)
            )
            _set_state(schedule, after)
            session.add_all([row, schedule])
            session.flush()
            receipt = Receipt(made(row.id), after)
        self._ids = (learner, bank)
        self._rows[review.item.id] = item
        return receipt

    def waits(self, schedule: Schedule | None, at: datetime) -> dict[Rating, timedelta]:
        """How long until an item comes back, for each rating that may be given at `at`."""
        return fsrs.waits(schedule, at, self.tuning)

    @cached_property
    def tuning(self) -> Tuning:
        """How the learner wants to be scheduled."""
        return tuning_of(self.database, self._learner)

    def undo(self, receipt: Receipt) -> None:
        """Remove a review and put back the schedule from before it.

        Raises UserError where the item has been reviewed again since.
        """
        with self.database.write() as session:
            row = session.get(ReviewRow, receipt.review)
            schedule = session.get(ScheduleRow, (row.learner_id, row.item_id)) if row else None
            if row is None or schedule is None or _state(schedule) != receipt.schedule:
                raise UserError("this item has been reviewed somewhere else since.", "It stays as it is.")
            if row.before is None:
                session.delete(schedule)
            else:
                _set_state(schedule, Schedule.from_dict(row.before))
            session.delete(row)

    def follow(self, items: Callable[[], Sequence[Item]]) -> Reattached:
        """Re-attach histories if the bank has changed since it was last practised, and say which.

        For all its learners at once; `items`, all those of the bank, is only called where it did change.
        """
        if not self.database.ready:
            return Reattached()
        query = select(BankRow.fingerprint).where(BankRow.slug == self._bank)
        with self.database.read() as connection:
            known = connection.execute(query).scalar_one_or_none()
        if known in (None, self._fingerprint):
            return Reattached()
        present = items()
        with self.database.write() as session:
            bank = session.exec(select(BankRow).where(BankRow.slug == self._bank)).one()
            bank.fingerprint = self._fingerprint
            return follow(session, made(bank.id), present)

    @contextmanager
    def writing(self, item: Item) -> Iterator[tuple[Session, int, int]]:
        """One transaction, with the ids of the learner and of the item, each made where it is new."""
        with self.database.write() as session:
            learner, _, key = self._registered(session, item)
            yield session, learner, key
        self._rows[item.id] = key

    def ids(self) -> tuple[int, int] | None:
        """The ids of the learner and of the bank; None before the first review."""
        if self._ids is None and self.database.ready:
            query = (
                select(LearnerRow.id, BankRow.id)
                .join(BankRow, true())
                .where(LearnerRow.name == self._learner, BankRow.slug == self._bank)
            )
            with self.database.read() as connection:
                found = connection.execute(query).one_or_none()
            self._ids = (made(found[0]), made(found[1])) if found else None
        return self._ids

    def _registered(self, session: Session, item: Item) -> tuple[int, int, int]:
        """The ids of the learner, the bank and the item, each made where it is new."""
        learner = learner_id(session, self._learner)
        bank = bank_id(session, self._bank, self._fingerprint)
        if item.id in self._rows:
            return learner, bank, self._rows[item.id]
        row = session.get_one(BankRow, bank)
        if row.fingerprint != self._fingerprint:
            # The bank was rebuilt meanwhile and may lack this item: the next session looks again.
            row.fingerprint = ""
        return learner, bank, item_id(session, bank, item)

    def _count(self, query: Callable[[tuple[int, int]], Select[Any]]) -> int:
        if not (ids := self.ids()):
            return 0
        with self.database.read() as connection:
            return int(connection.execute(query(ids)).scalar_one())

    def _due(self, ids: tuple[int, int], at: datetime, scope: Scope, *columns: Any) -> Select[Any]:
        return scheduled(ids, scope, *columns).where(col(ScheduleRow.due) <= at)


def _kept(session: Session, learner: int, item: int, review: Review) -> int | None:
    """The id of this very review, where it is kept already."""
    same = select(ReviewRow.id).where(
        ReviewRow.learner_id == learner,
        ReviewRow.item_id == item,
        ReviewRow.at == review.at,
        ReviewRow.rating == review.rating.value,
        ReviewRow.answer == review.answer,
    )
    return session.exec(same).first()


def _in_order(session: Session, place: tuple[int, int], review: Review, tuning: Tuning) -> Schedule:
    """The schedule after all reviews of an item, of which another is a little later than this new one.

    Another session, perhaps on another machine, was faster. A clock that was wrong by more must not
    decide when the item comes back.
    """
    query = select(ReviewRow.at, ReviewRow.rating).where(
        ReviewRow.learner_id == place[0], ReviewRow.item_id == place[1]
    )
    known = [(at, Rating(rating)) for at, rating in session.exec(query)]
    ordered = sorted([*known, (review.at, review.rating)])
    return fsrs.replay(((rating, at) for at, rating in ordered), tuning)[-1]


_STATE = tuple(Schedule.__dataclass_fields__)


def _state(row: Any) -> Schedule:
    return Schedule(**{name: getattr(row, name) for name in _STATE})


def _set_state(row: ScheduleRow, schedule: Schedule) -> None:
    for name, value in asdict(schedule).items():
        setattr(row, name, value)
