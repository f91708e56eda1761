"""Export, import and merge: nothing lost, nothing twice, whichever way round."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice.combining import combined, replayed, standing
from quiz.practice.exchange import change_history, history_of, learners, save_copy, without
from quiz.practice.history import ItemHistory, LearnerHistory, PastReview, from_json, to_json
from quiz.practice.settings import tune
from quiz.practice.tuning import USUAL, Tuning
from tests.practice.history_samples import histories
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


def items_of(history: LearnerHistory) -> dict[str, ItemHistory]:
    return {item.key: item for bank in history.banks for item in bank.items}


def reviews_of(history: LearnerHistory) -> set[tuple[str, PastReview]]:
    return {(key, one) for key, item in items_of(history).items() for one in item.reviews}


def instead(other: LearnerHistory) -> Callable[[LearnerHistory], LearnerHistory]:
    return lambda _mine: other


@given(histories())
def test_a_history_survives_its_file(history: LearnerHistory) -> None:
    assert from_json(to_json(history), "file.json") == history


@given(histories())
@settings(max_examples=30)
def test_a_history_survives_the_database(history: LearnerHistory) -> None:
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder)) as database:
        change_history(database, "me", instead(history))
        assert history_of(database, "me") == history


@given(histories(), histories())
def test_merging_gives_the_same_whichever_way_round(one: LearnerHistory, other: LearnerHistory) -> None:
    assert items_of(combined(one, other)) == items_of(combined(other, one))


@given(histories(), histories())
def test_merging_twice_changes_nothing_more(one: LearnerHistory, other: LearnerHistory) -> None:
    once = combined(one, other)
    assert combined(once, other) == once
    assert combined(once, one) == once


@given(histories(), histories(), histories())
def test_three_devices_come_to_the_same_in_any_order(
    one: LearnerHistory, two: LearnerHistory, three: LearnerHistory
) -> None:
    there = combined(combined(one, two), three)
    back = combined(one, combined(two, three))
    assert {key: item.reviews for key, item in items_of(there).items()} == {
        key: item.reviews for key, item in items_of(back).items()
    }


@given(histories(), histories())
def test_merging_loses_no_moment_of_practice(one: LearnerHistory, other: LearnerHistory) -> None:
    together = {(key, found.at) for key, found in reviews_of(combined(one, other))}
    assert together == {(key, found.at) for side in (one, other) for key, found in reviews_of(side)}


@given(histories(), histories())
def test_a_merged_schedule_follows_from_all_reviews(one: LearnerHistory, other: LearnerHistory) -> None:
    for item in items_of(combined(one, other)).values():
        expected = standing(replayed(item.reviews, USUAL)[-1]) if item.reviews else None
        assert item.schedule == expected


def test_practice_on_two_devices_comes_together(tmp_path: Path) -> None:
    with open_database(tmp_path / "laptop") as laptop, open_database(tmp_path / "phone") as phone:
        progress_of(laptop).record(review(recall(), NOW))
        progress_of(phone).record(review(recall(), NOW + DAY, Rating.AGAIN))
        progress_of(phone).record(review(choice(2), NOW + DAY))
        other = history_of(phone, "me")
        before, after = change_history(laptop, "me", lambda mine: combined(mine, other))
        assert (before.reviews, after.reviews) == (1, 3)
        assert history_of(laptop, "me") == after
        expected = replayed(items_of(after)["1/recall/answer"].reviews, USUAL)[-1]
        assert dict(progress_of(laptop).due(NOW + 30 * DAY, limit=9))["1/recall/answer"] == expected


def test_what_a_merge_does_not_concern_stays_as_it_is(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        receipt = progress_of(database).record(review(recall()))
        change_history(database, "me", lambda mine: combined(mine, LearnerHistory("me")))
        progress_of(database).undo(receipt)
        assert history_of(database, "me").reviews == 0


def test_a_merged_review_can_be_undone_step_by_step_like_any_other(tmp_path: Path) -> None:
    with open_database(tmp_path / "one") as one, open_database(tmp_path / "two") as two:
        for minutes in (0, 10):
            progress_of(one).record(review(recall(), NOW + minutes * MINUTE))
        change_history(two, "me", instead(history_of(one, "me")))
        receipt = progress_of(two).record(review(recall(), NOW + 5 * DAY))
        progress_of(two).undo(receipt)
        assert history_of(two, "me") == history_of(one, "me")


def test_the_bank_is_compared_anew_after_an_import(tmp_path: Path) -> None:
    with open_database(tmp_path / "one") as one, open_database(tmp_path / "two") as two:
        progress_of(one).record(review(choice(1, "old")))
        progress_of(two).record(review(recall(2)))
        other = history_of(one, "me")
        change_history(two, "me", lambda mine: combined(mine, other))
        found = progress_of(two).follow(lambda: [recall(2)])
        assert [orphan.key for orphan in found.orphans] == ["1/choice/old"]
        assert progress_of(two).count_due(NOW + 9 * DAY) == 1


def test_a_learner_is_not_touched_by_what_is_done_to_another(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        for name in ("ann", "me"):
            progress_of(database, learner=name).record(review(recall()))
        change_history(database, "me", instead(LearnerHistory("me")))
        assert history_of(database, "me").reviews == 0
        assert history_of(database, "ann").reviews == 1
        assert learners(database) == ["ann", "me"]


def test_settings_of_my_own_win_over_those_of_the_other_device(tmp_path: Path) -> None:
    mine, other = LearnerHistory("me", {"retention": 0.8}), LearnerHistory("me", {"retention": 0.95})
    assert combined(mine, other).settings == {"retention": 0.8}
    assert combined(LearnerHistory("me"), other).settings == {"retention": 0.95}
    with open_database(tmp_path) as database:
        tune(database, "me", Tuning(retention=0.7))
        change_history(database, "me", instead(other))
        assert history_of(database, "me").settings == {"retention": 0.95}


def test_a_change_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def fails(mine: LearnerHistory) -> LearnerHistory:
        raise UserError("no.")

    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
        kept = history_of(database, "me")
        with pytest.raises(UserError):
            change_history(database, "me", fails)
        assert history_of(database, "me") == kept


def test_a_part_can_be_forgotten(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        for question in (1, 2):
            progress_of(database).record(review(recall(question)))
        history = history_of(database, "me")
        assert list(items_of(without(history, "small-bank", frozenset({1})))) == ["2/recall/answer"]
        assert without(history, "other-bank", None) == history
        assert without(history, None, None).banks == ()


def test_a_copy_is_a_file_that_can_be_imported(tmp_path: Path) -> None:
    with open_database(tmp_path) as database:
        progress_of(database, learner="Ann B.").record(review(recall()))
        path = save_copy(database, "Ann B.", tmp_path / "backups", NOW)
        assert from_json(path.read_text(), "x") == history_of(database, "Ann B.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda document: document.update(version=2), "newer ecsquiz"),
        (lambda document: document.update(format="anki"), "format"),
        (lambda document: document["progress"].pop("learner"), "progress.learner"),
        (lambda document: _first(document)["reviews"][0].update(rating=7), "reviews.0.rating"),
        (lambda document: _first(document)["schedule"].update(stability="NaN"), "stability"),
        (lambda document: _first(document).update(kind="riddle"), "kind"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_the_place(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    with open_database(tmp_path) as database:
        progress_of(database).record(review(recall()))
        document = json.loads(to_json(history_of(database, "me")))
    change(document)
    with pytest.raises(UserError, match=said) as caught:
        from_json(json.dumps(document), "mine.json")
    assert str(caught.value).startswith("mine.json: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "ecsquiz progress"'])
def test_text_that_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="not a progress file"):
        from_json(text, "mine.json")


def _first(document: dict[str, Any]) -> dict[str, Any]:
    return document["progress"]["banks"][0]["items"][0]  # type: ignore[no-any-return]
