"""Keeping reviews and schedules, on real SQLite files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.items.item import Item, Kind
from quiz.practice import progress as progress_module
from quiz.practice import schedule
from quiz.practice.database import Database
from quiz.practice.progress import Progress
from quiz.practice.selecting import Scope
from tests.practice.practice_samples import (
    DAY,
    MINUTE,
    NOW,
    choice,
    open_database,
    progress_of,
    recall,
    review,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path) as opened:
        yield opened


@pytest.fixture
def progress(database: Database) -> Progress:
    return progress_of(database)


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "progress.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def due_keys(progress: Progress, at: object = NOW + 400 * DAY, **scope: object) -> list[str]:
    return [key for key, _ in progress.due(at, Scope(**scope), limit=100)]  # type: ignore[arg-type]


def test_a_learner_without_a_history_has_nothing_due(progress: Progress) -> None:
    assert progress.due(NOW) == []
    assert progress.count_due(NOW) == 0
    assert progress.next_due() is None
    assert progress.started() == frozenset()
    assert progress.due_between([NOW, NOW + DAY, NOW + 2 * DAY]) == [0, 0]
    assert progress.follow(lambda: []).moves == ()


def test_a_review_is_kept_with_everything_that_it_says(progress: Progress, tmp_path: Path) -> None:
    progress.record(review(recall(7), rating=Rating.HARD, suggested=Rating.GOOD))
    query = "SELECT at, rating, suggested, judged_by_learner, score, answer, seconds, before FROM review"
    moment = schedule.microseconds(NOW)
    assert rows(tmp_path, query) == [(moment, 2, 3, 0, 0.75, "my answer", 12.5, None)]
    assert rows(tmp_path, "SELECT key, question, kind, stem, answer FROM item") == [
        ("7/recall/answer", 7, "recall", "What is thing 7?", "It is 7.")
    ]
    assert rows(tmp_path, "SELECT name FROM learner") == [("me",)]


def test_a_judgement_of_the_learners_own_is_recorded_as_such(progress: Progress, tmp_path: Path) -> None:
    progress.record(review(recall(), suggested=None))
    assert rows(tmp_path, "SELECT suggested, judged_by_learner FROM review") == [(None, 1)]


def test_the_schedule_follows_from_the_one_before(progress: Progress) -> None:
    first = progress.record(review(recall()))
    second = progress.record(review(recall(), NOW + 10 * MINUTE))
    assert first.schedule == schedule.review(None, Rating.GOOD, NOW)
    assert second.schedule == schedule.review(first.schedule, Rating.GOOD, NOW + 10 * MINUTE)
    assert progress.due(NOW + 9 * DAY) == [("1/recall/answer", second.schedule)]


def test_nothing_is_due_before_its_time(progress: Progress) -> None:
    due = progress.record(review(recall())).schedule.due
    assert progress.count_due(due - timedelta(microseconds=1)) == 0
    assert progress.count_due(due) == 1
    assert progress.next_due() == due


def test_the_lowest_retrievability_comes_first(progress: Progress) -> None:
    for number, rating in enumerate((Rating.EASY, Rating.AGAIN, Rating.GOOD, Rating.HARD), 1):
        progress.record(review(recall(number), NOW + number * MINUTE, rating))
    at = NOW + 30 * DAY
    found = progress.due(at, limit=10)
    chances = [schedule.retrievability(state, at) for _, state in found]
    assert chances == sorted(chances)
    assert [key.split("/")[0] for key, _ in found] == ["2", "4", "3", "1"]
    assert progress.due(at, limit=2) == found[:2]


def test_only_those_due_longest_are_ranked_where_very_much_is_due(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "RANKED", 2)
    for number in range(1, 5):
        progress.record(review(recall(number), NOW + number * MINUTE, Rating.EASY))
    progress.record(review(recall(9), NOW + DAY, Rating.AGAIN))
    assert due_keys(progress) == ["9/recall/answer", "1/recall/answer"]


def test_what_is_due_can_be_narrowed_to_questions_and_kinds(progress: Progress) -> None:
    for item in (recall(1), choice(1), recall(2)):
        progress.record(review(item))
    assert set(due_keys(progress, questions=frozenset({1}))) == {"1/recall/answer", "1/choice/a"}
    assert due_keys(progress, kinds=frozenset({Kind.CHOICE})) == ["1/choice/a"]
    assert due_keys(progress, questions=frozenset({2}), kinds=frozenset({Kind.CHOICE})) == []
    assert progress.next_due(Scope(questions=frozenset({3}))) is None


def test_due_items_are_counted_by_span(progress: Progress) -> None:
    again = progress.record(review(recall(1), rating=Rating.AGAIN)).schedule.due
    easy = progress.record(review(recall(2), rating=Rating.EASY)).schedule.due
    assert progress.due_between([NOW, again, easy - MINUTE, easy]) == [1, 0, 1]


def test_learners_and_banks_do_not_see_each_other(database: Database) -> None:
    progress_of(database, learner="ada").record(review(recall()))
    assert progress_of(database, learner="bob").started() == frozenset()
    assert Progress(database, "other-bank", "first", "ada").started() == frozenset()
    assert progress_of(database, learner="ada").started() == {"1/recall/answer"}
    progress_of(database, learner="bob").record(review(recall(), rating=Rating.EASY))
    assert progress_of(database, learner="ada").count_due(NOW + DAY) == 1
    assert progress_of(database, learner="bob").count_due(NOW + DAY) == 0


def test_undoing_the_first_review_makes_the_item_new_again(progress: Progress, tmp_path: Path) -> None:
    progress.undo(progress.record(review(recall())))
    assert progress.started() == frozenset()
    assert rows(tmp_path, "SELECT count(*) FROM review") == [(0,)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Rating)), st.timedeltas(timedelta(seconds=1), 90 * DAY)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(list(Rating)),
)
def test_undo_restores_the_schedule_exactly(
    progress: Progress, history: list[tuple[Rating, timedelta]], last: Rating
) -> None:
    item = recall(len(progress.started()) + 1)
    at = NOW
    for rating, span in history:
        at += span
        before = progress.record(review(item, at, rating)).schedule
    progress.undo(progress.record(review(item, at + DAY, last)))
    assert dict(progress.due(NOW + 40_000 * DAY, limit=100))[item.id] == before


def test_a_review_that_another_session_built_upon_cannot_be_undone(database: Database) -> None:
    mine, other = progress_of(database), progress_of(database)
    receipt = mine.record(review(recall()))
    later = other.record(review(recall(), NOW + DAY)).schedule
    with pytest.raises(UserError, match="somewhere else"):
        mine.undo(receipt)
    assert mine.due(NOW + 400 * DAY) == [("1/recall/answer", later)]


def test_a_review_cannot_be_undone_twice(progress: Progress) -> None:
    receipt = progress.record(review(recall()))
    progress.undo(receipt)
    with pytest.raises(UserError, match="somewhere else"):
        progress.undo(receipt)


def test_two_open_sessions_build_on_each_others_reviews(tmp_path: Path) -> None:
    with open_database(tmp_path) as one, open_database(tmp_path) as two:
        first = progress_of(one).record(review(recall())).schedule
        second = progress_of(two).record(review(recall(), NOW + DAY)).schedule
        assert second == schedule.review(first, Rating.GOOD, NOW + DAY)


ROLE = replace(choice(1, "role"), answers=("The execution role pulls the image",))


def follow(database: Database, items: list[Item], fingerprint: str = "second") -> tuple[list[str], list[str]]:
    result = progress_of(database, fingerprint).follow(lambda: items)
    return [move.new for move in result.moves], [orphan.key for orphan in result.orphans]


def test_a_history_follows_its_item_to_a_new_key(database: Database) -> None:
    progress_of(database).record(review(ROLE))
    renamed = replace(ROLE, key="puller", answers=("It is the execution role that pulls the image",))
    assert follow(database, [renamed]) == (["1/choice/puller"], [])
    assert due_keys(progress_of(database)) == ["1/choice/puller"]


def test_keys_can_be_exchanged(database: Database) -> None:
    other = replace(ROLE, key="route", answers=("A NAT gateway gives the subnet a way out",))
    progress_of(database).record(review(ROLE, rating=Rating.EASY))
    progress_of(database).record(review(other, rating=Rating.AGAIN))
    follow(database, [replace(ROLE, key="route"), replace(other, key="role")])
    assert due_keys(progress_of(database), NOW + DAY) == ["1/choice/role"]


def test_an_item_that_is_gone_is_not_asked_and_its_history_is_kept(
    database: Database, tmp_path: Path
) -> None:
    progress_of(database).record(review(ROLE))
    assert follow(database, [recall(5)]) == ([], ["1/choice/role"])
    assert due_keys(progress_of(database)) == []
    assert due_keys(progress_of(database), questions=frozenset({1})) == []
    assert rows(tmp_path, "SELECT count(*) FROM review") == [(1,)]


def test_an_item_that_comes_back_has_its_history_again(database: Database) -> None:
    progress_of(database).record(review(ROLE))
    follow(database, [], "second")
    assert follow(database, [], "third") == ([], [])  # told once
    assert follow(database, [ROLE], "fourth") == ([], [])
    assert due_keys(progress_of(database)) == ["1/choice/role"]


def test_a_key_that_an_orphan_holds_can_be_given_to_another_item(database: Database) -> None:
    other = replace(ROLE, key="route", answers=("A NAT gateway gives the subnet a way out",))
    for item in (ROLE, other):
        progress_of(database).record(review(item))
    assert follow(database, [replace(ROLE, key="route")]) == (["1/choice/route"], ["1/choice/route"])
    assert due_keys(progress_of(database)) == ["1/choice/route"]


def test_the_bank_is_read_only_where_it_has_changed(database: Database) -> None:
    progress_of(database).record(review(ROLE))

    def must_not_be_called() -> list[Item]:
        raise AssertionError("the bank has not changed")

    assert progress_of(database).follow(must_not_be_called).moves == ()


def test_a_new_wording_under_the_same_key_is_remembered(database: Database, tmp_path: Path) -> None:
    progress_of(database).record(review(ROLE))
    follow(database, [replace(ROLE, stem="Who pulls?")])
    assert rows(tmp_path, "SELECT stem FROM item") == [("Who pulls?",)]
    assert rows(tmp_path, "SELECT fingerprint FROM bank") == [("second",)]
