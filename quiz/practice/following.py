"""Applying what `reattach` found to the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from quiz.items.item import Item
from quiz.practice.reattach import Move, StoredItem, Wording, orphans, reattach
from quiz.practice.tables import ItemRow


@dataclass(frozen=True, slots=True)
class Reattached:
    """What became of histories whose items changed: moved to another key, or newly without an item."""

    moves: tuple[Move, ...] = ()
    orphans: tuple[StoredItem, ...] = ()


def follow(session: Session, bank: int, present: Sequence[Item]) -> Reattached:
    """Give the stored items of a bank the keys and wordings of its `present` items."""
    rows = session.exec(select(ItemRow).where(ItemRow.bank_id == bank)).all()
    stored = [StoredItem(row.key, row.question, row.kind, Wording(row.stem, row.answer)) for row in rows]
    moves = reattach(stored, present)
    lost = {orphan.key: orphan for orphan in orphans(stored, moves, present)}
    newly = tuple(lost[row.key] for row in rows if row.key in lost and not row.gone)
    for row in rows:
        row.gone = row.key in lost
    _rename(session, rows, moves, set(lost))
    now = {item.id: Wording.of(item) for item in present}
    for row in rows:
        if not row.gone:
            row.stem, row.answer = now[row.key].stem, now[row.key].answer
    return Reattached(tuple(moves), newly)


def _rename(session: Session, rows: Sequence[ItemRow], moves: Sequence[Move], lost: set[str]) -> None:
    """Keys may be exchanged, and an orphan may hold one that is needed: so all step aside first."""
    wanted = {move.old: move.new for move in moves}
    taken = set(wanted.values())
    named = [(row, wanted.get(row.key)) for row in rows]
    for row, new in named:
        if new or (row.key in lost and row.key in taken):
            row.key = f"{row.key}#{row.id}"
    session.flush()
    for row, new in named:
        row.key = new or row.key
    session.flush()
