"""Setting items aside, and remarking on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.items.item import Kind
from quiz.practice.marks import flag, flags, restore, suspend, suspended
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


def test_an_item_set_aside_does_not_come_due_until_it_is_restored(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress = progress_of(database)
        progress.record(review(recall()))
        progress.record(review(choice(2)))
        suspend(progress, recall(), NOW + MINUTE)
        later = NOW + 30 * DAY
        assert [key for key, _ in progress.due(later, limit=9)] == ["2/choice/a"]
        assert progress.count_due(later) == 1
        assert progress.count_due(later, Scope(kinds=frozenset({Kind.RECALL}))) == 0
        restore(progress, "1/recall/answer")
        assert progress.count_due(later) == 2


def test_what_was_never_reviewed_can_be_set_aside_too(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        suspend(progress_of(database), recall(3), NOW)
        suspend(progress_of(database), recall(3), NOW + DAY)
        (mark,) = suspended(progress_of(database))
        assert (mark.item, mark.stem, mark.at) == ("3/recall/answer", "What is thing 3?", NOW)


def test_what_is_not_set_aside_cannot_be_restored(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        for _ in range(2):
            with pytest.raises(UserError, match="is not set aside"):
                restore(progress_of(database), "1/recall/answer")
            suspend(progress_of(database), recall(2), NOW)


def test_remarks_are_kept_in_order(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        assert flags(progress_of(database)) == []
        for minutes, note in enumerate(("unclear", "better now")):
            flag(progress_of(database), recall(), note, NOW + minutes * MINUTE)
        assert [mark.note for mark in flags(progress_of(database))] == ["unclear", "better now"]


def test_marks_are_the_learners_own(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        ann, bob = (progress_of(database, learner=name) for name in ("ann", "bob"))
        bob.record(review(recall()))
        suspend(ann, recall(), NOW)
        flag(ann, recall(), "odd", NOW)
        assert (suspended(bob), flags(bob), bob.count_due(NOW + 9 * DAY)) == ([], [], 1)
