"""Keeping a learner's history when a rebuilt bank names its items differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quiz.items.item import Item

NEAR = 70
"""How alike two stems, and also their answers, must be, 0 to 100, to be taken for the same item."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What makes an item recognisable: what it asks, and what is right."""

    stem: str
    answer: str

    @classmethod
    def of(cls, item: Item) -> Wording:
        return cls(item.stem, "\n".join(item.answers))


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item that has a history: its key in the bank, and how it was worded when last seen."""

    key: str
    question: int
    kind: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Move:
    """The history of the item `old` belongs to the item `new` from now on."""

    old: str
    new: str


def reattach(stored: Sequence[StoredItem], items: Iterable[Item]) -> list[Move]:
    """Where the histories of `stored` belong among the bank's `items`, where that is a new key.

    Only within one question and kind. An unchanged wording decides before an unchanged key, since a
    key may have passed to another item; then the nearest of the wordings that are left, if near enough.
    Those that find no place are orphans; see `orphans`.
    """
    groups: dict[tuple[int, str], list[StoredItem]] = defaultdict(list)
    for known in stored:
        groups[known.question, known.kind].append(known)
    candidates: dict[tuple[int, str], dict[str, Wording]] = defaultdict(dict)
    for item in items:
        if (item.question, item.kind) in groups:
            candidates[item.question, item.kind][item.id] = Wording.of(item)
    return [move for group, known in groups.items() for move in _moves(known, candidates[group])]


def orphans(stored: Iterable[StoredItem], moves: Iterable[Move], items: Iterable[Item]) -> list[StoredItem]:
    """The stored items that the bank no longer has, under any key."""
    kept = {move.old for move in moves} | {item.id for item in items} - {move.new for move in moves}
    return [known for known in stored if known.key not in kept]


def _moves(stored: Sequence[StoredItem], wordings: dict[str, Wording]) -> list[Move]:
    found: dict[str, str] = {}
    free = dict(wordings)
    for pairs in (_same_wording, _same_key, _nearest):
        left = [known for known in stored if known.key not in found]
        for old, new in pairs(left, free):
            if old not in found and new in free:
                found[old] = new
                del free[new]
    return [Move(old, new) for old, new in found.items() if old != new]


def _same_wording(stored: Sequence[StoredItem], free: dict[str, Wording]) -> Iterable[tuple[str, str]]:
    """Wordings that occur once before and once after."""
    before = Counter(known.wording for known in stored)
    after = Counter(free.values())
    keys = {text: key for key, text in free.items()}
    return [
        (known.key, keys[known.wording])
        for known in stored
        if before[known.wording] == after[known.wording] == 1
    ]


def _same_key(stored: Sequence[StoredItem], free: dict[str, Wording]) -> Iterable[tuple[str, str]]:
    return [(known.key, known.key) for known in stored if known.key in free]


def _nearest(stored: Sequence[StoredItem], free: dict[str, Wording]) -> Iterable[tuple[str, str]]:
    from rapidfuzz import fuzz

    def likeness(one: Wording, other: Wording) -> float:
        # Both must be alike: the items of a question often share all of their stem, or their answer.
        stems = fuzz.ratio(one.stem, other.stem, score_cutoff=NEAR)
        return min(stems, fuzz.ratio(one.answer, other.answer, score_cutoff=NEAR)) if stems else 0.0

    pairs = [
        (-likeness(known.wording, text), known.key, key) for known in stored for key, text in free.items()
    ]
    return [(old, new) for unlikeness, old, new in sorted(pairs) if unlikeness]
