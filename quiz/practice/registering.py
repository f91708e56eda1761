"""The rows that others point at: learners, banks and items, each made when it is first needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlmodel import Session, select

from quiz.items.item import Item
from quiz.practice.reattach import Wording
from quiz.practice.tables import BankRow, ItemRow, LearnerRow


def learner_id(session: Session, name: str) -> int:
    """The id of the learner with this name, who may be new.

    Two sessions of one learner take turns from here to the end of the transaction; others do not wait.
    """
    query = select(LearnerRow.id).where(LearnerRow.name == name).with_for_update()
    if session.exec(query).one_or_none() is None:
        _add(session, LearnerRow, name=name)
    return made(session.exec(query).one())


def bank_id(session: Session, slug: str, fingerprint: str) -> int:
    """The id of the bank with this slug; `fingerprint` is only kept where it is new."""
    query = select(BankRow.id).where(BankRow.slug == slug)
    if session.exec(query).one_or_none() is None:
        _add(session, BankRow, slug=slug, fingerprint=fingerprint)
    return made(session.exec(query).one())


def item_id(session: Session, bank: int, item: Item) -> int:
    """The id of the item in the bank with the id `bank`; its wording is only kept where it is new."""
    query = select(ItemRow.id).where(ItemRow.bank_id == bank, ItemRow.key == item.id)
    if session.exec(query).one_or_none() is None:
        words = Wording.of(item)
        _add(
            session,
            ItemRow,
            bank_id=bank,
            key=item.id,
            question=item.question,
            kind=item.kind.value,
            stem=words.stem,
            answer=words.answer,
            gone=False,
        )
    return made(session.exec(query).one())


def _add(session: Session, table: Any, **values: Any) -> None:
    """Insert a row, unless there is one already or somebody else inserts it at this moment."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())


def made(key: int | None) -> int:
    """The key of a row that the database has numbered."""
    if key is None:
        raise AssertionError("a row without a number was used before it was saved")
    return key
