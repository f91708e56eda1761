"""Tables taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quiz.items import matching
from quiz.items.item import Item
from quiz.source.question import Question, Section

ROWS = [
    ("no route", "add a NAT gateway"),
    ("wrong tag", "push it again"),
    ("missing permission", "extend the execution role"),
    ("full disk", "free some space"),
]
MORE = [
    ("rate limit", "pull from elsewhere"),
    ("wrong architecture", "build for both"),
    ("closed port", "admit 443"),
    ("slow start", "raise the grace period"),
    ("dead resolver", "repair DHCP options"),
]


def items(rows: Sequence[tuple[str, ...]] = ROWS, header: tuple[str, ...] = ("Cause", "Fix")) -> list[Item]:
    lines = [header, tuple("---" for _ in header), *rows]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return list(matching.derive(Question(1, "basics", (), "Why?", "", (Section("Causes", table, 9),))))


def test_the_rows_of_a_table_are_pairs() -> None:
    (item,) = items()
    assert tuple(zip(item.prompts, item.answers, strict=True)) == tuple(ROWS)
    assert item.stem == "Why?\n\nMatch the two columns: **Cause** and **Fix**."
    assert (item.key, item.section, item.distractors) == ("cause-to-fix", "Causes", ())
    assert "- no route: **add a NAT gateway**" in item.explanation


def test_each_column_that_belongs_to_the_first_is_asked() -> None:
    rows = [(*row, f"{word} in the log") for row, word in zip(ROWS, ("a1", "b2", "c3", "d4"), strict=True)]
    rows = [(cause, fix, log.split()[0] + "x timeout") for cause, fix, log in rows]
    assert [item.key for item in items(rows, ("Cause", "Fix", "Evidence"))] == ["cause-to-fix"]


def test_a_long_table_is_parted_and_neighbours_with_it() -> None:
    first, second = items(ROWS + MORE)
    assert first.prompts == ("no route", "missing permission", "rate limit", "closed port", "dead resolver")
    assert second.prompts == ("wrong tag", "full disk", "wrong architecture", "slow start")
    assert second.key == "cause-to-fix-part-2"


def test_a_question_yields_few_of_them() -> None:
    wide = [(*row, *(f"{row[1]} {word}" for word in ("alpha", "beta", "gamma", "delta"))) for row in ROWS]
    assert len(items(wide, ("Cause", "Fix", "Way", "Other", "More", "Rest"))) == matching.MOST_ITEMS


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (ROWS[:3], ("Cause", "Fix")),
        (ROWS, ("Aspect", "Value")),
        (ROWS, ("EC2 type", "Fargate type")),
        (ROWS, ("Cause", "Look at")),
        ([(left, "yes") for left, _ in ROWS], ("Cause", "Fix")),
        ([(left, str(number)) for number, (left, _) in enumerate(ROWS)], ("Cause", "Fix")),
        ([*ROWS[:3], ("no space", "add a NAT gateway")], ("Cause", "Fix")),
        ([*ROWS[:3], ("no space", "add a gateway")], ("Cause", "Fix")),
        ([*ROWS[:3], ("no route", "free some space")], ("Cause", "Fix")),
        ([*ROWS[:3], ("full disk", "free the disk")], ("Cause", "Fix")),
        ([(left, f"{right}, against {left}") for left, right in ROWS], ("Cause", "Fix")),
        ([*ROWS[:3], ("full disk", "free " * 40)], ("Cause", "Fix")),
        ([*ROWS[:3], ("full disk", "see [106](106.md)")], ("Cause", "Fix")),
        ([*ROWS[:3], ("full disk", "")], ("Cause", "Fix")),
        ([*ROWS[:3], ("full disk", "run the command above")], ("Cause", "Fix")),
    ],
    ids=[
        "three rows",
        "aspects",
        "side by side",
        "where to look",
        "verdicts",
        "numbers",
        "one right side twice",
        "one right side in another",
        "one left side twice",
        "a pair that shows itself",
        "all pairs show themselves",
        "a long side",
        "a link",
        "an empty cell",
        "what stands elsewhere",
    ],
)
def test_a_table_that_leaves_no_four_certain_pairs_yields_nothing(
    rows: list[tuple[str, ...]], header: tuple[str, ...]
) -> None:
    assert items(rows, header) == []


def test_names_from_code_show_the_words_they_are_made_of() -> None:
    assert items([("pull", "`pullStartedAt` is old"), *ROWS[:3]]) == []


def test_more_pairs_are_harder() -> None:
    assert items()[0].difficulty < items(ROWS + MORE[:2])[0].difficulty
