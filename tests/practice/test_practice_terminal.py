"""A session as the learner sees it: real bank, real grader, real database; keys and clock from the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.items.item import Item, Kind
from quiz.practice.database import Database
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import choice
from quiz.practice.layout import READABLE
from quiz.practice.progress import Progress, Receipt, Review
from quiz.practice.session import Limits
from quiz.practice.supply import Supply, Wish
from tests.practice.practice_samples import DAY, MINUTE, NOW, open_database, progress_of
from tests.practice.stage import CTRL_C, Interrupt, Stage, answers, nothing, ratings

GOOD_ANSWER = (
    "The task role gives permissions to the code in the containers. "
    "The execution role is used by ECS to pull the image."
)
RECALL = Wish(kind=Kind.RECALL)
CHOICE = Wish(kind=Kind.CHOICE)
ROLES = Wish(kind=Kind.RECALL, question=1)
PULL = Wish(kind=Kind.RECALL, question=2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def stage(bank: Bank, database: Database) -> Stage:
    return Stage(bank, progress_of(database))


def option(stage: Stage, *, right: bool) -> str:
    """The number of the right option of the first choice item, or of a wrong one."""
    item = Supply(stage.bank, stage.progress, CHOICE).new(1, "seed")[0].item
    options = choice.options(item, Random(f"seed/{item.id}"))
    return str(next(n for n, text in enumerate(options, 1) if (text == item.answers[0]) == right))


def test_an_answer_is_graded_with_what_was_missed_before_what_was_covered(stage: Stage) -> None:
    session = stage.play(ROLES, "The task role gives permissions to the code in the containers.", "", "")
    missed, covered, model, rated = (
        stage.screen.index(text) for text in ("\nMissed\n", "\nCovered\n", "\nModel answer\n", "\nRated ")
    )
    assert missed < stage.screen.index("reads secrets before the code runs") < covered < model < rated
    assert session.tally.reviewed == 1


def test_a_common_mistake_is_named_with_its_correction(stage: Stage) -> None:
    stage.play(ROLES, "The task role pulls the image.", "", "")
    assert "A common mistake" in stage.screen
    assert "In fact: The execution role does; the code is not running yet." in " ".join(stage.screen.split())


def test_an_answer_may_have_several_lines(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "The task role is for the code.", "The execution role pulls the image.", "", "3")
    assert answers(database) == ["The task role is for the code.\nThe execution role pulls the image."]


def test_enter_accepts_the_suggested_rating(stage: Stage, database: Database) -> None:
    stage.play(ROLES, GOOD_ANSWER, "", "")
    ((rating, suggested, own),) = ratings(database)
    assert rating == suggested
    assert not own


def test_the_learner_may_change_the_rating(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "", "9", "4")
    assert "Type 1, 2, 3 or 4." in stage.screen
    assert ratings(database) == [(4, 1, False)]


def test_enter_alone_shows_the_key_points_and_the_answer(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "", "")
    assert "Key points" in stage.screen
    assert "Model answer" in stage.screen
    assert ratings(database) == [(1, 1, False)]


def test_where_the_grader_cannot_tell_the_learner_judges(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "xyzzy plugh qwerty", "", "", "3")
    assert "I cannot tell" in stage.screen
    assert "Type 1, 2, 3 or 4." in stage.screen  # Enter accepts nothing here
    assert ratings(database) == [(3, None, True)]


def test_an_answer_that_was_not_judged_is_not_kept(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "xyzzy plugh qwerty", "", "q")
    assert "This answer was not counted: you did not rate it." in stage.screen
    assert not database.ready


def test_a_right_choice_is_good(stage: Stage, database: Database) -> None:
    stage.play(CHOICE, option(stage, right=True), "")
    assert "\nRight.\n" in stage.screen
    assert ratings(database) == [(3, 3, False)]


def test_a_wrong_choice_is_again_and_is_explained(stage: Stage, database: Database) -> None:
    stage.play(CHOICE, option(stage, right=False), "")
    assert stage.screen.index("\nNot this time.\n") < stage.screen.index("\nThe right one\n")
    assert ratings(database) == [(1, 1, False)]


def test_a_choice_takes_nothing_but_a_number_of_its_own(stage: Stage) -> None:
    session = stage.play(CHOICE, "five", "0", "7", "e", "", "")
    assert stage.screen.count("Type a number from 1 to 4.") == 3
    assert "The editor is for answers in your own words." in stage.screen
    assert session.tally.reviewed == 1


def test_options_stay_in_their_order_for_one_seed(stage: Stage) -> None:
    stage.play(CHOICE, "q")
    first = stage.screen
    stage.play(CHOICE, "q")
    assert stage.screen == first + first


def test_skipping_keeps_nothing_and_goes_on(stage: Stage, database: Database) -> None:
    session = stage.play(RECALL, "s", "", "s")
    assert "Skipped 2." in stage.screen
    assert session.tally.reviewed == 0
    assert not database.ready


def test_undo_takes_back_the_last_review_and_asks_again(stage: Stage, database: Database) -> None:
    session = stage.play(RECALL, "", "", "u", "", "4")
    assert "Undone. Here it is again." in stage.screen
    assert [rating for rating, _, _ in ratings(database)] == [4]
    assert session.tally.reviewed == 1


def test_there_is_nothing_to_undo_at_first(stage: Stage) -> None:
    stage.play(RECALL, "u", "q")
    assert "There is nothing to undo yet." in stage.screen


def test_undo_at_the_rating_asks_the_same_item_again(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "A slip.", "", "u", GOOD_ANSWER, "", "")
    assert answers(database) == [GOOD_ANSWER]


def test_undo_is_refused_where_another_session_has_built_upon_the_review(
    stage: Stage, database: Database
) -> None:
    class Meddling(Progress):
        def record(self, review: Review) -> Receipt:
            receipt = super().record(review)
            super().record(replace(review, at=review.at + MINUTE))
            return receipt

    stage.progress = Meddling(database, "small-bank", "first")
    stage.play(RECALL, "", "", "u", "u", "q")
    assert "reviewed somewhere else" in stage.screen
    assert len(answers(database)) == 2


@pytest.mark.parametrize("way_out", [["q"], [CTRL_C], []])
def test_leaving_keeps_what_was_saved(
    stage: Stage, database: Database, way_out: list[str | Interrupt]
) -> None:
    stage.play(RECALL, "", "", *way_out)
    assert len(answers(database)) == 1
    assert "Reviewed 1: 0 right, 1 to see again." in stage.screen


@pytest.mark.parametrize("way_out", [["q"], [CTRL_C], []])
def test_leaving_at_the_rating_keeps_the_answer_as_suggested(
    stage: Stage, database: Database, way_out: list[str | Interrupt]
) -> None:
    session = stage.play(RECALL, GOOD_ANSWER, "", *way_out)
    ((rating, suggested, _),) = ratings(database)
    assert rating == suggested
    assert session.tally.reviewed == 1


def test_the_end_of_the_input_ends_an_answer(stage: Stage, database: Database) -> None:
    stage.play(RECALL, GOOD_ANSWER)
    assert answers(database) == [GOOD_ANSWER]


def test_an_answer_can_be_written_in_an_editor(stage: Stage, database: Database) -> None:
    stage.editor = lambda stem: f"{GOOD_ANSWER} I was asked: {stem[:5]}"
    stage.play(ROLES, "e", "")
    assert answers(database)[0].endswith("I was asked: What ")
    assert f"> {GOOD_ANSWER[:20]}" in stage.screen


def test_an_editor_that_fails_or_gives_nothing_leaves_the_prompt(stage: Stage, database: Database) -> None:
    def broken(stem: str) -> str:
        raise UserError("the editor `ed` did not work.")

    stage.editor = broken
    stage.play(ROLES, "e", "q")
    assert "the editor `ed` did not work." in stage.screen
    stage.editor = nothing
    stage.play(ROLES, "e", "q")
    assert "Nothing was written." in stage.screen
    assert not database.ready


def test_what_is_due_is_asked_first(stage: Stage) -> None:
    stage.play(PULL, "", "4")
    stage.now = NOW + 60 * DAY
    stage.play(RECALL, "q")
    assert "1 of 2 · due · question 2" in stage.screen


def test_an_item_comes_back_within_the_session_when_its_step_has_passed(stage: Stage) -> None:
    stage.tick = MINUTE
    session = stage.play(CHOICE, "", "1", "s", "s", "q")
    assert session.tally.reviewed == 1
    assert " · due · " in stage.screen


def test_the_summary_says_what_comes_due_when(stage: Stage) -> None:
    stage.play(RECALL, "", "1", "", "4")
    assert "\nReviewed 2: 1 right, 1 to see again. It took 2 seconds.\n" in stage.screen
    assert stage.screen.endswith("\nDue: 1 later today.\n")


def test_the_summary_names_the_next_date_where_nothing_is_due_within_a_week(stage: Stage) -> None:
    stage.play(ROLES, "", "4")
    assert stage.screen.endswith("\nThe next is due on Tuesday 10 March.\n")


def test_a_session_ends_at_its_limit(stage: Stage) -> None:
    session = stage.play(Wish(), "", "", "", "", limits=Limits(answers=1))
    assert session.tally.reviewed == 1
    assert "1 of 1 · new" in stage.screen


def test_a_review_that_cannot_be_saved_can_be_tried_again(stage: Stage, database: Database) -> None:
    class Failing(Progress):
        failures = 1

        def record(self, review: Review) -> Receipt:
            if self.failures:
                self.failures -= 1
                raise UserError("the disk is full.", "Free some space.")
            return super().record(review)

    stage.progress = Failing(database, "small-bank", "first")
    stage.interactive = True
    session = stage.play(ROLES, GOOD_ANSWER, "", "", "")
    assert "Not saved: the disk is full. Free some space." in stage.screen
    assert answers(database) == [GOOD_ANSWER]
    assert session.tally.reviewed == 1


def test_in_a_pipe_a_review_that_cannot_be_saved_is_an_error(stage: Stage, database: Database) -> None:
    class Full(Progress):
        def record(self, review: Review) -> Receipt:  # noqa: ARG002
            raise UserError("the disk is full.")

    stage.progress = Full(database, "small-bank", "first")
    with pytest.raises(UserError, match="the disk is full"):
        stage.play(ROLES, "", "")


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_no_line_is_longer_than_the_terminal_or_than_is_readable(stage: Stage, width: int) -> None:
    stage.width = width
    stage.play(Wish(), GOOD_ANSWER, "", "", "1", "", "q")
    lines = [line for line in stage.screen.splitlines() if not line.startswith("> ")]
    assert max(map(len, lines)) <= min(width, READABLE)
    assert [line for line in lines if line != line.rstrip()] == []


def test_how_to_answer_is_told_once_for_each_kind(stage: Stage) -> None:
    stage.play(Wish(), "s", "s", "s", "s", "q")
    assert stage.screen.count("Type your answer.") == 1
    assert stage.screen.count("Type the number of your choice.") == 1


IMPORTED = """---
number: 3
level: basics
topics: [roles]
---
# How do **we** deploy `api`?

## Overview
We use a pipeline:

1. Build the image
2. Push the image

```bash
make deploy
```
"""


@pytest.fixture
def imported(bank_folder: Path, database: Database, tmp_path: Path) -> Iterator[Stage]:
    """A bank with a question of a team's own: no short answer, no key points."""
    (bank_folder / "basics" / "003-deploy.md").write_text(IMPORTED)
    build_bank(bank_folder, tmp_path / "imported.sqlite")
    with Bank.open(tmp_path / "imported.sqlite") as opened:
        yield Stage(opened, progress_of(database))


DEPLOY = Wish(kind=Kind.RECALL, question=3)


def test_an_answer_without_key_points_is_compared_with_the_model_answer(imported: Stage) -> None:
    imported.play(
        DEPLOY, "We use a pipeline: it builds the image and pushes the image, then make deploy.", "", ""
    )
    assert re.search(r"\n\d+% like the model answer\.\n", imported.screen)
    assert "Key points" not in imported.screen


def test_fences_and_lists_of_a_model_answer_are_shown_as_such(imported: Stage) -> None:
    imported.play(DEPLOY, "", "")
    shown = [line.strip() for line in imported.screen.splitlines()]
    assert "make deploy" in shown
    assert "1 Build the image" in shown
    assert "Key points" not in shown


def test_without_key_points_the_learner_judges_by_the_model_answer(
    imported: Stage, database: Database
) -> None:
    imported.play(DEPLOY, "xyzzy plugh qwerty", "", "2")
    assert "Judge it yourself by the model answer:" in imported.screen
    assert ratings(database) == [(2, None, True)]


def test_bold_and_code_of_a_prompt_are_styles_and_code_keeps_its_marks_without_colour(
    imported: Stage,
) -> None:
    imported.play(DEPLOY, "q")
    assert "How do we deploy `api`?" in imported.screen


def test_an_item_that_asks_something_else_than_its_question_is_graded_by_its_own_answer(bank: Bank) -> None:
    asked = Item(1, Kind.RECALL, "author-1", "Who pulls the image?", ("The execution role pulls the image.",))
    grade = Examiner(bank)(asked, "The execution role pulls the image.")
    assert grade.points == ()
    assert grade.score > 0.85


def test_what_the_grader_remarks_is_shown(stage: Stage) -> None:
    stage.play(ROLES, "What does a task role do that an execution role does not?", "", "")
    remarks = Examiner(stage.bank)(
        stage.bank.items(kind=Kind.RECALL)[0], stage.bank.question(1).prompt
    ).remarks
    assert remarks
    assert all(remark in stage.screen for remark in remarks)
