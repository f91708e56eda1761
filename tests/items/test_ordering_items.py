"""Lists whose order is forced, and those whose is not."""

from __future__ import annotations

import pytest

from quiz.items import ordering
from quiz.items.item import Item
from quiz.source.question import AuthoredItem, Question, Section

STEPS = """\
1. First, AWS sends a warning.
2. Then the containers get SIGTERM.
3. SIGKILL ends what still runs.
"""


def items(markdown: str = STEPS, title: str = "What happens at a reclaim", **fields: object) -> list[Item]:
    sections = (Section(title, markdown, 10),)
    return list(ordering.derive(Question(1, "basics", (), "What is Spot?", "", sections, **fields)))  # type: ignore[arg-type]


def test_the_steps_of_a_process_are_an_ordering_without_their_giveaways() -> None:
    (item,) = items()
    assert item.answers == (
        "AWS sends a warning.",
        "The containers get SIGTERM.",
        "SIGKILL ends what still runs.",
    )
    assert item.stem == "What is Spot?\n\n**What happens at a reclaim**\n\nPut the steps in order."
    assert item.explanation.startswith("1. First, AWS sends")
    assert (item.key, item.section) == ("what-happens-reclaim", "What happens at a reclaim")


def test_the_date_of_a_fact_is_no_part_of_its_step() -> None:
    (item,) = items(STEPS.replace("a warning.", "a warning (as of 2026-11, developer guide)."))
    assert item.answers[0] == "AWS sends a warning."


def test_a_lead_that_says_so_makes_a_list_an_ordering() -> None:
    (item,) = items(f"A loop is short. The order matters:\n\n{STEPS}", title="The worker")
    assert "The order matters." in item.stem


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Choosing numbers", ""),
        ("Verify in this order", ""),
        ("What happens when you look for causes", ""),
        ("The order", "Ways to save, most likely first:"),
        ("What happens at a reclaim", "Check the evidence:"),
    ],
)
def test_a_list_that_nothing_forces_is_no_ordering(title: str, lead: str) -> None:
    assert items(f"{lead}\n\n{STEPS}", title=title) == []


@pytest.mark.parametrize(
    "steps",
    [
        ["AWS sends a warning.", "SIGTERM comes."],
        [f"Step {word} of eight comes now." for word in "abcdefgh"],
        ["Is the host up?", "Does it answer?", "What does the log say?"],
        ["Read the event.", "Compare the groups.", "Look at the log."],
        ["AWS sends a warning.", "AWS sends a warning.", "SIGKILL comes."],
        ["AWS sends a warning.", "It sends SIGTERM.", "It sends SIGKILL."],
        ["AWS sends a warning.", "SIGTERM comes.", "SIGKILL " * 40],
        ["AWS sends a warning.", "SIGTERM comes.", "The curl above hangs."],
    ],
    ids=[
        "two steps",
        "eight steps",
        "questions",
        "looking",
        "the same twice",
        "first is shown",
        "long",
        "elsewhere",
    ],
)
def test_steps_that_cannot_be_ordered_fairly_are_left(steps: list[str]) -> None:
    assert items("\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))) == []


def test_bullets_have_no_order() -> None:
    assert items(STEPS.replace("1. ", "- ").replace("2. ", "- ").replace("3. ", "- ")) == []


def test_an_ordering_of_the_authors_takes_the_place_of_a_derived_one() -> None:
    own = AuthoredItem(
        "ordering", "a reclaim", "What happens?", ("a", "b", "c"), section="What happens at a reclaim"
    )
    assert items(items=(own,)) == []
    assert len(items(items=(AuthoredItem("ordering", "x", "?", ("a", "b", "c"), section="Other"),))) == 1


def test_more_steps_are_harder() -> None:
    longer = STEPS + "4. The service starts a replacement.\n"
    assert items()[0].difficulty < items(longer)[0].difficulty
