"""The state machine of a session, with a clock that stands in the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.grading.grade import Rating
from quiz.practice import schedule
from quiz.practice.kinds.ratings import AFTER_A_HINT
from quiz.practice.outcome import Outcome
from quiz.practice.progress import Receipt
from quiz.practice.queue import Queue, Turn
from quiz.practice.session import UNDO_STEPS, End, Limits, Passed, Phase, Session, Tally
from tests.practice.practice_samples import DAY, MINUTE, NOW, recall

HALF = Outcome("half of it", 0.5, Rating.HARD)


def session(*questions: int, limits: Limits = Limits()) -> Session:  # noqa: B008
    return Session.begin(Queue(new=tuple(Turn(recall(number)) for number in questions)), limits, NOW)


def answered(state: Session, rating: Rating = Rating.GOOD, at: datetime = NOW) -> Session:
    """Answer what is asked and have it saved."""
    state = state.answered(HALF, at)
    receipt = Receipt(1, schedule.review(state.open_turn().schedule, rating, at))
    return state.saved(rating, receipt, at)


def asked(state: Session) -> int:
    return state.open_turn().item.question


def test_a_session_begins_by_asking_the_first_item() -> None:
    state = session(1, 2)
    assert (state.phase, asked(state), state.total) == (Phase.ASKING, 1, 2)


def test_an_empty_session_is_over_at_once() -> None:
    assert (session().phase, session().end) == (Phase.OVER, End.DONE)


def test_an_answer_has_to_be_rated() -> None:
    state = session(1).answered(HALF, NOW + timedelta(seconds=42))
    assert (state.phase, state.answer(), state.seconds) == (Phase.RATING, HALF, 42)


def test_a_review_says_what_was_suggested_and_what_was_chosen() -> None:
    review = session(1).answered(HALF, NOW + MINUTE).review(Rating.EASY, NOW + 2 * MINUTE)
    assert (review.item, review.rating, review.suggested) == (recall(1), Rating.EASY, Rating.HARD)
    assert (review.score, review.answer, review.seconds) == (0.5, "half of it", 60)
    assert review.at == NOW + 2 * MINUTE


def test_a_clock_that_was_set_back_takes_no_negative_time() -> None:
    assert session(1).answered(HALF, NOW - DAY).seconds == 0


def test_a_saved_review_is_counted_and_the_next_item_asked() -> None:
    state = answered(session(1, 2, 3))
    assert (asked(state), state.tally.reviewed, state.tally.right, state.total) == (2, 1, 1, 3)


def test_only_again_does_not_count_as_right() -> None:
    state = session(1, 2, 3, 4)
    for rating in Rating:
        state = answered(state, rating)
    assert (state.tally.reviewed, state.tally.right) == (4, 3)


def test_a_session_is_over_when_nothing_is_left() -> None:
    assert answered(session(1)).end is End.DONE


def test_an_item_comes_back_when_its_step_has_passed() -> None:
    state = answered(session(1, 2, 3), Rating.AGAIN)
    state = answered(state, at=NOW + 2 * MINUTE)
    assert asked(state) == 1
    assert state.open_turn().schedule is not None


def test_a_session_stops_after_so_many_answers() -> None:
    state = session(1, 2, 3, limits=Limits(answers=2))
    assert state.total == 2
    state = answered(answered(state))
    assert (state.phase, state.end) == (Phase.OVER, End.LIMIT)


def test_a_session_stops_when_its_time_is_up_but_not_in_mid_answer() -> None:
    state = session(1, 2, 3, limits=Limits(until=NOW + MINUTE))
    late = state.answered(HALF, NOW + 2 * MINUTE)
    assert late.phase is Phase.RATING
    assert answered(state, at=NOW + 2 * MINUTE).end is End.TIME


def test_a_skipped_item_is_not_asked_again_in_this_session() -> None:
    state = session(1, 2).skipping(NOW)
    assert (asked(state), state.tally.reviewed) == (2, 0)
    over = state.skipping(NOW)
    assert over.refilled([Turn(recall(1)), Turn(recall(2))], NOW).phase is Phase.OVER


def test_an_answer_can_be_taken_back_before_it_is_saved() -> None:
    state = session(1, 2).answered(HALF, NOW).taken_back(NOW + MINUTE)
    assert (state.phase, asked(state), state.outcome, state.asked_at) == (
        Phase.ASKING,
        1,
        None,
        NOW + MINUTE,
    )


def test_an_undone_item_is_asked_again_and_then_the_one_that_was_being_asked() -> None:
    state = answered(session(1, 2, 3)).undone(NOW)
    assert (asked(state), state.tally, state.total) == (1, Tally(), 3)
    assert asked(answered(state)) == 2


def test_an_undone_item_does_not_also_come_back_by_its_old_step() -> None:
    state = answered(session(1, 2, 3), Rating.AGAIN).undone(NOW).skipping(NOW + 5 * MINUTE)
    assert asked(state) == 2


def test_several_reviews_can_be_undone() -> None:
    state = answered(answered(session(1, 2, 3))).undone(NOW).undone(NOW)
    assert (asked(state), state.tally.reviewed, state.done) == (1, 0, ())


def test_undoing_while_the_same_item_is_asked_again_does_not_double_it() -> None:
    state = answered(session(1), Rating.AGAIN)
    again = state.refilled([Turn(recall(1), schedule.review(None, Rating.AGAIN, NOW))], NOW + 2 * MINUTE)
    assert asked(again) == 1
    assert answered(again.undone(NOW), Rating.EASY).end is End.DONE


def test_a_review_that_cannot_be_undone_stays() -> None:
    state = answered(session(1, 2)).cannot_undo()
    assert (state.done, state.tally.reviewed, asked(state)) == ((), 1, 2)


def test_more_that_is_due_keeps_a_session_going() -> None:
    over = answered(session(1))
    assert asked(over.refilled([Turn(recall(5))], NOW)) == 5
    assert over.refilled([], NOW).phase is Phase.OVER


def test_a_session_that_the_learner_left_is_not_refilled() -> None:
    state = session(1).left()
    assert (state.end, state.refilled([Turn(recall(5))], NOW).phase) == (End.LEFT, Phase.OVER)


def test_nothing_can_be_answered_after_the_end() -> None:
    with pytest.raises(RuntimeError, match="over"):
        session().open_turn()
    with pytest.raises(RuntimeError, match="answered"):
        session(1).answer()


def test_a_skipped_item_can_be_had_back() -> None:
    state = answered(session(1, 2)).skipping(NOW).undone(NOW)
    assert (state.phase, asked(state), state.skipped) == (Phase.ASKING, 2, frozenset())
    assert asked(state.undone(NOW)) == 1


def test_an_item_set_aside_does_not_come_back_when_more_is_due() -> None:
    over = session(1).set_aside(NOW)
    assert over.refilled([Turn(recall(1))], NOW).phase is Phase.OVER
    assert over.aside == {"1/recall/answer"}
    assert over.done[-1] == Passed(Turn(recall(1)), aside=True)


def test_after_a_hint_nothing_better_than_hard_is_suggested() -> None:
    perfect = Outcome("all of it", 1.0, Rating.EASY)
    hinted = session(1, 2).hinted(AFTER_A_HINT).answered(perfect, NOW)
    assert (hinted.answer().suggested, hinted.hints) == (Rating.HARD, 1)
    wrong = session(1).hinted(AFTER_A_HINT).answered(replace(perfect, suggested=Rating.AGAIN), NOW)
    assert wrong.answer().suggested is Rating.AGAIN
    following = answered(session(1, 2).hinted(AFTER_A_HINT)).answered(perfect, NOW)
    assert following.answer().suggested is Rating.EASY


def test_help_leaves_to_the_learner_what_only_the_learner_can_judge() -> None:
    state = session(1).hinted(AFTER_A_HINT).answered(Outcome("?", 0.0, None), NOW)
    assert state.answer().suggested is None


def test_what_is_far_off_does_not_wait_in_memory() -> None:
    state = answered(session(1, 2), Rating.EASY)
    assert state.queue.returning == ()


def test_without_a_schedule_what_was_missed_comes_once_more_at_the_end() -> None:
    state = session(1, 2).answered(HALF, NOW).counted(Rating.AGAIN, NOW)
    assert (asked(state), state.total) == (2, 3)
    state = state.answered(HALF, NOW).counted(Rating.GOOD, NOW)
    assert (asked(state), state.missed) == (1, frozenset({"1/recall/answer"}))
    over = state.answered(HALF, NOW).counted(Rating.AGAIN, NOW)
    assert (over.end, over.tally.reviewed) == (End.DONE, 3)


def test_undoing_what_was_missed_without_a_schedule_takes_it_from_the_end_again() -> None:
    state = session(1, 2).answered(HALF, NOW).counted(Rating.AGAIN, NOW).undone(NOW)
    assert (asked(state), state.total, state.missed) == (1, 2, frozenset())


def test_what_is_known_the_second_time_is_not_missed() -> None:
    state = answered(session(1, 2), Rating.AGAIN)
    state = answered(answered(state, at=NOW + 2 * MINUTE), at=NOW + 2 * MINUTE)
    assert state.missed == frozenset()


def test_memory_stays_flat_over_ten_thousand_answers() -> None:
    state, sizes = session(), []
    for number in range(10_000):
        at = NOW + number * MINUTE
        if state.phase is Phase.OVER:
            state = state.refilled([Turn(recall(number))], at)
        state = answered(state, Rating.EASY, at)
        sizes.append(len(state.queue.returning) + len(state.done) + len(state.missed))
    assert state.tally.reviewed == 10_000
    assert max(sizes) == UNDO_STEPS


@given(st.lists(st.sampled_from(["rate", "miss", "skip", "aside", "undo", "back", "hint"]), max_size=120))
def test_whatever_is_pressed_the_counts_agree_with_the_reviews_that_were_kept(keys: list[str]) -> None:
    state = session(*range(200))
    steps: list[str] = []
    for key in keys:
        if key in ("rate", "miss"):
            state = answered(state, Rating.GOOD if key == "rate" else Rating.AGAIN)
        elif key == "skip":
            state = state.skipping(NOW)
        elif key == "aside":
            state = state.set_aside(NOW)
        elif key == "back":
            state = state.answered(HALF, NOW).taken_back(NOW)
        elif key == "hint":
            state = state.hinted(AFTER_A_HINT)
        elif state.done:
            state = state.undone(NOW)
            steps.pop()
        if key in ("rate", "miss", "skip", "aside"):
            steps.append(key)
    assert state.tally.reviewed == steps.count("rate") + steps.count("miss")
    assert state.tally.right == steps.count("rate")
    assert len(state.skipped) == steps.count("skip")
    assert len(state.aside) == steps.count("aside")
    assert len(state.done) == min(len(steps), UNDO_STEPS)
    seen = [turn.item.id for turn in (*state.queue.new, *state.queue.due)]
    assert len(set(seen)) == len(seen)
