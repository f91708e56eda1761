"""The keys of a session beside answers and ratings: hint, undo, set aside, flag, page; cramming; drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.bank.store import Bank
from quiz.items.item import Kind
from quiz.practice import marks
from quiz.practice.database import Database
from quiz.practice.drafts import Drafts
from quiz.practice.supply import Supply, Wish
from tests.practice.practice_samples import DAY, MINUTE, NOW, open_database, progress_of, review
from tests.practice.stage import CTRL_C, Stage, answers, ratings

RECALL = Wish(kind=Kind.RECALL)
ROLES = Wish(kind=Kind.RECALL, question=1)
CHOICE = Wish(kind=Kind.CHOICE)
GOOD_ANSWER = (
    "The task role gives permissions to the code in the containers. The execution role is used by ECS to "
    "pull the image. The execution role reads secrets before the code runs."
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def stage(bank: Bank, database: Database) -> Stage:
    return Stage(bank, progress_of(database))


@pytest.fixture
def writing(stage: Stage, tmp_path: Path) -> Stage:
    """A stage on which answers are kept while they are written."""
    stage.drafts = Drafts.beside(tmp_path, "small-bank", "me")
    return stage


def test_a_hint_is_shown_step_by_step_and_caps_the_rating(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "h", "h", GOOD_ANSWER, "", "")
    first, second = (stage.screen.index(f"Hint {number} of 5: ") for number in (1, 2))
    assert first < second < stage.screen.index("Rated hard")
    assert ratings(database) == [(2, 2, False)]


def test_the_learner_may_still_choose_a_better_rating_after_a_hint(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "h", GOOD_ANSWER, "", "4")
    assert ratings(database) == [(4, 2, False)]


def test_hints_come_to_an_end(stage: Stage) -> None:
    stage.play(CHOICE, "h", "h", "h", "q")
    assert "Hint 2 of 2: It is not " in stage.screen
    assert "There are no more hints. Enter alone shows the answer." in stage.screen


def test_an_item_that_is_set_aside_is_not_asked_again(stage: Stage, database: Database) -> None:
    session = stage.play(ROLES, "z")
    assert "ecsquiz progress suspended --restore 1/recall/answer" in " ".join(stage.screen.split())
    assert "Set aside 1." in stage.screen
    assert session.tally.reviewed == 0
    assert Supply(stage.bank, stage.progress, ROLES).new(1, "seed") == []


def test_an_item_may_be_set_aside_by_another_key_and_after_its_answer(stage: Stage) -> None:
    stage.play(RECALL, "-", "", "z")
    assert len(marks.suspended(stage.progress)) == 2
    assert stage.progress.started() == frozenset()


def test_undo_takes_back_step_after_step_whatever_it_was(stage: Stage, database: Database) -> None:
    session = stage.play(Wish(), "", "", "z", "s", "u", "u", "u", "q")
    assert stage.screen.count("Undone. Here it is again.") == 3
    assert (session.tally.reviewed, session.skipped, session.aside) == (0, frozenset(), frozenset())
    assert answers(database) == []
    assert marks.suspended(stage.progress) == []


def test_what_was_restored_elsewhere_cannot_be_undone(stage: Stage) -> None:
    item = Supply(stage.bank, stage.progress, RECALL).new(1, "seed")[0].item
    meddled = iter([False, True])

    def browse_and_meddle(url: str) -> bool:
        if next(meddled):
            marks.restore(stage.progress, item.id)
        return True

    stage.browse = browse_and_meddle
    stage.bank.__dict__["spec"] = replace(stage.bank.spec, site="https://example.org")
    stage.play(RECALL, "o", "z", "o", "u", "q")
    assert f"`{item.id}` is not set aside." in stage.screen


def test_a_flag_keeps_its_note(stage: Stage) -> None:
    stage.play(ROLES, "f", "The second point is odd.", "q")
    (mark,) = marks.flags(stage.progress)
    assert (mark.item, mark.note) == ("1/recall/answer", "The second point is odd.")
    assert "Flagged." in stage.screen


def test_a_flag_may_be_raised_after_the_answer_and_needs_a_note(stage: Stage, database: Database) -> None:
    stage.play(ROLES, "", "f", "", "f", "Too strict.", "")
    assert "Not flagged: there was no note." in stage.screen
    assert [mark.note for mark in marks.flags(stage.progress)] == ["Too strict."]
    assert len(answers(database)) == 1


def test_the_page_is_printed_where_the_bank_has_no_site_and_then_counts_as_again(
    stage: Stage, database: Database
) -> None:
    stage.play(ROLES, "o", GOOD_ANSWER, "", "")
    assert "Follow-ups" in stage.screen
    assert ratings(database) == [(1, 1, False)]


def test_the_page_after_the_answer_costs_nothing(stage: Stage, database: Database) -> None:
    stage.play(ROLES, GOOD_ANSWER, "", "o", "")
    assert "Follow-ups" in stage.screen
    assert ratings(database) == [(4, 4, False)]


@pytest.mark.parametrize(("opens", "said"), [(True, "Opened "), (False, "It is at ")])
def test_the_page_is_opened_in_a_browser_where_the_bank_has_a_site(
    stage: Stage, opens: bool, said: str
) -> None:
    visited: list[str] = []

    def browse(url: str) -> bool:
        visited.append(url)
        return opens

    stage.browse = browse
    stage.bank.__dict__["spec"] = replace(stage.bank.spec, site="https://example.org/ecs/")
    stage.play(ROLES, "o", "q")
    assert visited == ["https://example.org/ecs/questions/1/"]
    assert f"{said}https://example.org/ecs/questions/1/" in stage.screen


def test_all_keys_are_listed_on_demand(stage: Stage) -> None:
    stage.play(ROLES, "?", "", "?", "q")
    for does in ("a hint;", "skip this one;", "set this item aside", "flag this item", "the whole page"):
        assert does in stage.screen
    assert stage.screen.index("in your editor") < stage.screen.index("accept the rating, and leave")


def test_keys_work_in_capitals_too(stage: Stage) -> None:
    session = stage.play(RECALL, "S", "Q")
    assert len(session.skipped) == 1


def test_cramming_goes_over_what_was_met_weakest_first_and_keeps_nothing(
    stage: Stage, database: Database
) -> None:
    first, second = stage.bank.items(kind=Kind.RECALL)
    stage.progress.record(review(first, NOW - DAY))
    stage.progress.record(review(second, NOW - 3 * DAY))
    before = stage.progress.due(NOW + 90 * DAY, limit=9)
    stage.cram, stage.new = True, 0
    session = stage.play(RECALL, "", "", "", "3", "", "4")
    assert "1 of 2 · met before · question 2" in stage.screen
    assert session.tally.reviewed == 3  # what was missed came once more
    assert "Nothing of it was kept; your schedule is as it was." in stage.screen
    assert stage.progress.due(NOW + 90 * DAY, limit=9) == before
    assert len(answers(database)) == 2


def test_undo_works_while_cramming(stage: Stage, database: Database) -> None:
    stage.cram = True
    session = stage.play(RECALL, "", "", "u", "", "4", "q")
    assert (session.tally.reviewed, session.tally.right) == (1, 1)
    assert not database.ready


def test_an_answer_that_was_interrupted_is_offered_again_first(writing: Stage, database: Database) -> None:
    writing.play(ROLES, "The task role is for the code.", "The execution role", CTRL_C)
    assert answers(database) == []
    writing.play(RECALL, "", "pulls the image.", "", "3")
    assert "You had begun an answer." in writing.screen
    assert answers(database) == ["The task role is for the code.\nThe execution role\npulls the image."]


def test_a_new_answer_takes_the_place_of_the_draft(writing: Stage, database: Database) -> None:
    writing.play(ROLES, "A first try", CTRL_C)
    writing.play(ROLES, GOOD_ANSWER, "", "")
    assert answers(database) == [GOOD_ANSWER]


def test_an_answer_that_was_not_rated_is_not_lost(writing: Stage, database: Database) -> None:
    writing.play(ROLES, "xyzzy plugh qwerty", "", "q")
    writing.play(ROLES, "", "", "3")
    assert answers(database) == ["xyzzy plugh qwerty"]


@pytest.mark.parametrize("way", [["", ""], ["s"], ["z"]])
def test_a_draft_goes_when_its_item_is_done_with(writing: Stage, way: list[str]) -> None:
    writing.play(ROLES, "A first try", CTRL_C)
    assert writing.drafts is not None
    assert writing.drafts.item == "1/recall/answer"
    writing.play(ROLES, *(way if way != ["", ""] else ["", "", ""]))
    assert writing.drafts.item is None


def test_a_draft_from_the_editor_is_kept_too(writing: Stage, database: Database) -> None:
    writing.editor = lambda _: "Written elsewhere.\nTwo lines."
    writing.play(ROLES, "e", "u", CTRL_C)
    assert writing.drafts is not None
    assert writing.drafts.begun("1/recall/answer") == ["Written elsewhere.", "Two lines."]
    assert answers(database) == []


def test_a_draft_outside_the_wish_waits(writing: Stage) -> None:
    writing.play(ROLES, "A first try", CTRL_C)
    writing.play(Wish(kind=Kind.RECALL, question=2), "q")
    assert "You had begun" not in writing.screen
    assert writing.drafts is not None
    assert writing.drafts.item == "1/recall/answer"


@pytest.mark.parametrize("content", ["", "{}", "[1]", "\\x00", '{"item": "1/recall/answer"}'])
def test_a_broken_draft_is_no_draft(tmp_path: Path, content: str) -> None:
    drafts = Drafts.beside(tmp_path, "bank", "me")
    (tmp_path / "draft-bank-me.json").write_text(content)
    assert drafts.item is None
    assert drafts.begun("1/recall/answer") == []


def test_drafts_of_learners_are_apart(tmp_path: Path) -> None:
    Drafts.beside(tmp_path, "bank", "ann/b").keep("1/recall/answer", ["mine"])
    assert Drafts.beside(tmp_path, "bank", "ann-b").item is None
    assert Drafts.beside(tmp_path, "bank", "ann/b").begun("1/recall/answer") == ["mine"]


def test_the_folder_of_a_draft_is_made_and_where_it_cannot_be_nobody_is_bothered(tmp_path: Path) -> None:
    fresh = Drafts.beside(tmp_path / "new" / "folder", "bank", "me")
    fresh.keep("1/recall/answer", ["kept"])
    assert fresh.begun("1/recall/answer") == ["kept"]
    (tmp_path / "file").write_text("")
    nowhere = Drafts.beside(tmp_path / "file" / "folder", "bank", "me")
    nowhere.keep("1/recall/answer", ["lost"])
    nowhere.drop()
    assert nowhere.item is None


def test_siblings_of_what_was_just_asked_are_not_taken_as_new(stage: Stage) -> None:
    supply = Supply(stage.bank, stage.progress, CHOICE)
    item = supply.new(1, "seed")[0].item
    other = next(one for one in stage.bank.items(kind=Kind.RECALL) if one.question != item.question)
    stage.progress.record(review(item, NOW))
    stage.progress.record(review(other, NOW - DAY))
    soon = supply.resting(NOW + 10 * MINUTE, ())
    assert soon == {item.question}
    assert supply.new(1, "seed", soon)[0].item.question != item.question
    assert supply.resting(NOW + DAY, ()) == frozenset()
    assert {turn.item.question for turn in supply.new(99, "seed", soon)} == {1, 2}
