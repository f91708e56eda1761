"""The rows that others point at: learners, banks and items, each made when it is first needed."""

from __future__ import annotations

from sqlmodel import Session, select

from quiz.items.item import Item
from quiz.practice.reattach import Wording
from quiz.practice.tables import BankRow, ItemRow, LearnerRow


def learner_id(session: Session, name: str) -> int:
    """The id of the learner with this name, who may be new.

    Two sessions of one learner take turns from here to the end of the transaction; others do not wait.
    """
    row = session.exec(select(LearnerRow).where(LearnerRow.name == name).with_for_update()).one_or_none()
    if row is None:
        row = LearnerRow(name=name)
        session.add(row)
        session.flush()
    return made(row.id)


def bank_id(session: Session, slug: str, fingerprint: str) -> int:
    """The id of the bank with this slug; `fingerprint` is only kept where it is new."""
    row = session.exec(select(BankRow).where(BankRow.slug == slug)).one_or_none()
    if row is None:
        row = BankRow(slug=slug, fingerprint=fingerprint)
        session.add(row)
        session.flush()
    return made(row.id)


def item_id(session: Session, bank: int, item: Item) -> int:
    """The id of the item in the bank with the id `bank`; its wording is only kept where it is new."""
    row = session.exec(select(ItemRow).where(ItemRow.bank_id == bank, ItemRow.key == item.id)).one_or_none()
    if row is None:
        words = Wording.of(item)
        row = ItemRow(
            bank_id=bank,
            key=item.id,
            question=item.question,
            kind=item.kind.value,
            stem=words.stem,
            answer=words.answer,
        )
        session.add(row)
        session.flush()
    return made(row.id)


def made(key: int | None) -> int:
    """The key of a row that the database has numbered."""
    if key is None:
        raise AssertionError("a row without a number was used before it was saved")
    return key
