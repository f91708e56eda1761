"""The sample of items that a person reads."""

from __future__ import annotations

import json
from pathlib import Path

from quiz.items.item import Item, Kind
from quiz.items.quality.sample import as_markdown, heading, sample
from tests.conftest import Run

ITEMS = [
    Item(number, Kind.RECALL, "answer", f"Why {number}?", (f"Because {number}.",)) for number in range(50)
]


def test_the_same_seed_draws_the_same_items_whatever_their_order() -> None:
    assert sample(ITEMS, 10, 3) == sample(ITEMS[::-1], 10, 3)
    assert sample(ITEMS, 10, 3) != sample(ITEMS, 10, 4)
    assert len({item.id for item in sample(ITEMS, 10, 3)}) == 10


def test_a_sample_larger_than_the_bank_is_the_bank() -> None:
    assert sorted(item.question for item in sample(ITEMS, 500, 1)) == list(range(50))


def shown(item: Item) -> tuple[str, str]:
    """What stands before and after the answer."""
    (text,) = as_markdown([item], {1: "basics, basics/001-roles.md"}, 1)
    asked, _, answer = text.partition("> Answer:")
    return asked, answer


def test_a_choice_hides_its_key_among_the_options() -> None:
    item = Item(1, Kind.CHOICE, "x", "Which?", ("right",), ("one", "two", "three"), explanation="So it is.")
    asked, answer = shown(item)
    lines = [line for line in asked.splitlines() if line.startswith("- ")]
    assert [line[2:4] for line in lines] == ["a)", "b)", "c)", "d)"]
    (key,) = [line[2:] for line in lines if line.endswith("right")]
    assert f"> {key}" in answer
    assert "> So it is." in answer
    assert "**Fit for an exam**: " in answer


def test_the_answer_of_a_matching_names_its_pairs() -> None:
    item = Item(1, Kind.MATCHING, "x", "Match.", ("r1", "r2"), ("r3",), ("l1", "l2"))
    asked, answer = shown(item)
    assert all(side in asked for side in ("a) l1", "b) l2", "r1", "r2", "r3"))
    numbers = {
        text.rpartition(": ")[2]: text[2]
        for text in asked.splitlines()
        if text.startswith("- ") and ": r" in text
    }
    assert f"> a{numbers['r1']} b{numbers['r2']}" in answer


def test_an_order_is_shown_shuffled_and_answered_in_order() -> None:
    steps = tuple(f"step {letter}" for letter in "abcdefg")
    asked, answer = shown(Item(1, Kind.ORDERING, "x", "In order!", steps))
    listed = [line[2:] for line in asked.splitlines() if line.startswith("- ")]
    assert sorted(listed) == list(steps) != listed
    assert "> 1. step a\n> 2. step b" in answer


def test_the_heading_counts_the_kinds() -> None:
    assert "recall" in heading(ITEMS[:3], 50, 9)
    assert heading(ITEMS[:3], 50, 9).startswith("# 3 of 50 items")


def test_the_command_prints_a_document_or_json(ecsquiz: Run, bank_folder: Path) -> None:
    text = ecsquiz("dev", "item-sample", "--bank", str(bank_folder), "--count", "4", "--seed", "2").stdout
    assert text.startswith("# 4 of ")
    assert text.count("**Fit for an exam**: ") == 4
    listed = json.loads(
        ecsquiz(
            "dev", "item-sample", "--bank", str(bank_folder), "--count", "4", "--seed", "2", "--json"
        ).stdout
    )
    assert all(f"`{item['id']}`" in text for item in listed)
