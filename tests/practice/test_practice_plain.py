"""Plain mode: what a screen reader is given."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rich.console import Console

from quiz.bank.store import Bank
from quiz.practice import speech
from quiz.practice.database import Database
from quiz.practice.opening import is_plain
from quiz.practice.page import page
from quiz.practice.screen import Screen
from quiz.practice.supply import Wish
from tests.practice.practice_samples import open_database, progress_of
from tests.practice.stage import Stage

SYMBOLS = "·•│─━┃┏┓└┘┌┐|`*>#"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def stage(bank: Bank, database: Database) -> Stage:
    return Stage(bank, progress_of(database), plain=True, interactive=True)


def test_a_session_says_in_words_where_it_is(stage: Stage) -> None:
    stage.play(Wish(question=1), "q")
    count = len([item for item in stage.bank.items() if item.question == 1])
    assert f"Question 1 of {min(count, 10)}, new. Roles, from question 1 of the bank." in " ".join(
        stage.screen.split()
    )
    assert "Answer: " in stage.screen


def test_no_marks_are_left_to_be_spelt_out(stage: Stage) -> None:
    stage.play(Wish(), "?", "h", "", "", "o", "", "?", "", "", "", "s", "s", "q")
    assert "question mark for all keys" in " ".join(stage.screen.split())
    assert {mark for mark in SYMBOLS if mark in stage.screen} == set()


def test_the_times_of_the_ratings_are_words(stage: Stage) -> None:
    stage.play(Wish(question=1), "", "q")
    shown = " ".join(stage.screen.split())
    assert "Keys: 1 for again, in 1 minute; 2 for hard, in 6 minutes;" in shown


@pytest.mark.parametrize("width", [40, 60, 160])
def test_every_page_reads_without_boxes(bank: Bank, width: int) -> None:
    shown = io.StringIO()
    console = Console(file=shown, width=width, highlight=False, emoji=False, markup=False)
    screen = Screen(console, plain=True)
    for question in bank.questions():
        screen.page(page(question))
    assert "Action; Role; Used by" in " ".join(shown.getvalue().split())
    assert not {"│", "─", "━", "•"} & set(shown.getvalue())


MARKDOWN = """\
## How it *works*

One sentence.
The next one.

- first entry
  that goes on
- second

1. step

| Name | Value |
|---|:-:|
| a | b \\| c |

---

> quoted

```json
{"a":
  1}
```

```mermaid
graph TD
```
"""


def test_markdown_becomes_lines_to_be_read() -> None:
    assert [line for line in speech.lines(MARKDOWN) if line] == [
        "How it *works*",
        "One sentence. The next one.",
        "first entry that goes on",
        "second",
        "1. step",
        "Name; Value",
        "a; b | c",
        "quoted",
        "Code:",
        '{"a":',
        "  1}",
        "There is a diagram here; see the page on the site.",
    ]


@given(st.text(alphabet="ab \n`|-#>*1."))
@example("b\n#a")
def test_no_letter_is_lost(markdown: str) -> None:
    assume("```" not in markdown)  # the language of a fence is not read
    shown = "".join(speech.lines(markdown))
    assert [letter for letter in shown if letter in "ab"] == [letter for letter in markdown if letter in "ab"]


@pytest.mark.parametrize(
    ("interactive", "environment", "plain"),
    [
        (True, {"TERM": "xterm"}, False),
        (False, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, False),
    ],
)
def test_the_terminal_decides_unless_told(
    interactive: bool, environment: dict[str, str], plain: bool
) -> None:
    assert is_plain(interactive, environment) is plain
