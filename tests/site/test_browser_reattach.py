"""Where histories belong when a bank has changed: the browser comes to the same as the terminal."""

from __future__ import annotations

import random
from typing import Any

import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from quiz.items.item import Item, Kind
from quiz.practice.reattach import StoredItem, Wording, reattach
from tests.site.node import node

WORDS = "the role of a task pulls its image before code runs and reads one secret at start".split()


def items_by_chance(chance: random.Random, count: int) -> list[Item]:
    return [
        Item(
            question=chance.randrange(1, 4),
            kind=chance.choice([Kind.CHOICE, Kind.CLOZE]),
            key=f"key-{number}",
            stem=" ".join(chance.choices(WORDS, k=8)),
            answers=tuple(" ".join(chance.choices(WORDS, k=3)) for _ in range(chance.choice([1, 1, 2]))),
        )
        for number in range(count)
    ]


def reworded(chance: random.Random, items: list[Item]) -> list[Item]:
    """The items after an edit: some gone, some new, keys exchanged, words changed."""
    kept = [item for item in items if chance.random() < 0.85]
    keys = [item.key for item in kept]
    moved = chance.sample(keys, len(keys)) if chance.random() < 0.5 else [f"{key}-new" for key in keys]
    changed = []
    for item, key in zip(kept, moved, strict=True):
        words = item.stem.split()
        if chance.random() < 0.6:
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        name = key if chance.random() < 0.7 else item.key
        changed.append(Item(item.question, item.kind, name, " ".join(words), item.answers))
    unique = {item.id: item for item in [*changed, *items_by_chance(chance, 2)]}
    return list(unique.values())


def in_browser(before: list[Item], after: list[Item]) -> list[dict[str, str]]:
    def described(item: Item) -> dict[str, Any]:
        words = {"question": item.question, "kind": item.kind, "stem": item.stem}
        return {
            "id": item.id,
            "key": item.id,
            "answer": "\n".join(item.answers),
            "answers": item.answers,
            **words,
        }

    known = [list(map(described, items)) for items in (before, after)]
    found: list[dict[str, str]] = node({"{ reattach }": "reattach.js"}, "return reattach(...given);", known)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_histories_follow_the_same_items_as_in_the_terminal(seed: int) -> None:
    chance = random.Random(seed)
    before = items_by_chance(chance, 25)
    after = reworded(chance, before)
    stored = [StoredItem(item.id, item.question, item.kind, Wording.of(item)) for item in before]
    expected = {(move.old, move.new) for move in reattach(stored, after)}
    assert expected, "the sample has something to follow"
    assert {(move["old"], move["new"]) for move in in_browser(before, after)} == expected


def test_an_unchanged_bank_moves_nothing() -> None:
    items = items_by_chance(random.Random(1), 20)
    assert in_browser(items, items) == []


def test_likeness_and_slips_are_measured_as_in_the_terminal() -> None:
    chance = random.Random(2)
    texts = ["".join(chance.choices("abc -é🚢", k=chance.randrange(9))) for _ in range(300)]
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    body = "return given.map(([one, other]) => [ratio(one, other), letters(one, other)]);"
    found = node({"{ letters, ratio }": "likeness.js"}, body, pairs)
    for (one, other), (ratio, letters) in zip(pairs, found, strict=True):
        assert ratio * 100 == pytest.approx(fuzz.ratio(one, other))
        assert letters == OSA.distance(one, other)
