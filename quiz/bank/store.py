"""One compiled bank, opened for reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Select, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, create_engine, select

from quiz.bank import payload
from quiz.bank.tables import ItemRow, QuestionRow, QuestionTopicRow
from quiz.errors import UserError
from quiz.items.item import Item, Kind
from quiz.source.question import BankSpec, Question


class Bank:
    """A compiled bank. Open it with `Bank.open`; it is a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
        self._connection = self._engine.connect()

    @classmethod
    def open(cls, path: Path) -> Bank:
        """Raises UserError where there is no bank, or the file is none."""
        if not path.is_file():
            raise UserError("there is no bank here.", "Build it with: ecsquiz bank build", path)
        bank = None
        try:
            bank = cls(path)
            bank.fact("recipe")
        except DatabaseError as error:
            if bank is not None:
                bank.close()
            raise UserError(
                "this is not a compiled bank.", "Build it with: ecsquiz bank build", path
            ) from error
        return bank

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def fact(self, key: str) -> str:
        """A named fact of the bank, or an empty text."""
        found = self.rows("SELECT value FROM meta WHERE key = :key", key=key)
        return str(found[0][0]) if found else ""

    def rows(self, query: str, /, **values: Any) -> Sequence[Any]:
        """The rows of a plain SQL query over the bank's tables."""
        return self._connection.execute(text(query), values).all()

    @cached_property
    def spec(self) -> BankSpec:
        return payload.load_spec(self.fact("spec"))

    @property
    def slug(self) -> str:
        """The name under which progress in the bank is kept: its title, so that the file may move."""
        return re.sub(r"[^a-z0-9]+", "-", self.spec.title.lower()).strip("-") or "bank"

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all content that the bank was built from."""
        return self.fact("sources")

    @cached_property
    def recipe(self) -> str:
        """Hash of the code that compiled it."""
        return self.fact("recipe")

    @cached_property
    def version(self) -> str:
        """Changes whenever a question or the code that derives items does."""
        return f"{self.fingerprint}{self.recipe}"

    def numbers(self, *, level: str | None = None, topic: str | None = None) -> list[int]:
        """The numbers of the questions, in order."""
        query = self._filtered(select(QuestionRow.number), level, topic)
        return list(self._connection.execute(query.order_by(col(QuestionRow.number))).scalars())

    def question(self, number: int) -> Question:
        """Raises UserError where the bank has no such question."""
        query = select(QuestionRow.payload).where(QuestionRow.number == number)
        stored = self._connection.execute(query).scalar_one_or_none()
        if stored is None:
            raise UserError(f"there is no question {number} in this bank.", "See them all with: ecsquiz list")
        return payload.load_question(stored)

    def questions(self, *, level: str | None = None, topic: str | None = None) -> list[Question]:
        """The questions, by number. Raises UserError for an unknown level or topic."""
        query = self._filtered(select(QuestionRow.payload), level, topic).order_by(col(QuestionRow.number))
        return [payload.load_question(stored) for stored in self._connection.execute(query).scalars()]

    def items(
        self,
        *,
        level: str | None = None,
        topic: str | None = None,
        kind: Kind | None = None,
        question: int | None = None,
    ) -> list[Item]:
        """The items, by question and then in the order in which they were derived."""
        joined = select(ItemRow.payload).join(QuestionRow, col(ItemRow.question) == col(QuestionRow.number))
        query = self._filtered(joined, level, topic)
        if kind is not None:
            query = query.where(col(ItemRow.kind) == kind.value)
        if question is not None:
            query = query.where(col(ItemRow.question) == question)
        query = query.order_by(col(ItemRow.question), col(ItemRow.position))
        return [payload.load_item(stored) for stored in self._connection.execute(query).scalars()]

    def item(self, item_id: str) -> Item | None:
        """The item with this id, such as `101/choice/mistake-2`."""
        stored = self._connection.execute(
            select(ItemRow.payload).where(ItemRow.id == item_id)
        ).scalar_one_or_none()
        return payload.load_item(stored) if stored else None

    def _filtered(self, query: Any, level: str | None, topic: str | None) -> Select[Any]:
        if level is not None:
            known("level", level, [known_level.slug for known_level in self.spec.levels])
            query = query.where(col(QuestionRow.level) == level)
        if topic is not None:
            known("topic", topic, [known_topic.slug for known_topic in self.spec.topics])
            filed = select(QuestionTopicRow.number).where(QuestionTopicRow.topic == topic)
            query = query.where(col(QuestionRow.number).in_(filed))
        filtered: Select[Any] = query
        return filtered


def known(what: str, name: str, names: Sequence[str]) -> None:
    """Raises UserError with the nearest names where `name` is not one of `names`."""
    if name in names:
        return
    near = get_close_matches(name, names, n=3, cutoff=0.5) or sorted(names)
    raise UserError(f"there is no {what} `{name}`.", f"Try {', '.join(near)}." if near else "")
