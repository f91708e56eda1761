"""Spans and moments in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from quiz.practice.durations import midnights, moment, short, spoken
from tests.practice.practice_samples import DAY, MINUTE, NOW

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("span", "words", "brief"),
    [
        (timedelta(), "1 second", "1 s"),
        (timedelta(seconds=42), "42 seconds", "42 s"),
        (timedelta(seconds=59), "1 minute", "1 min"),
        (MINUTE, "1 minute", "1 min"),
        (10 * MINUTE, "10 minutes", "10 min"),
        (100 * MINUTE, "2 hours", "2 h"),
        (DAY, "24 hours", "24 h"),
        (2 * DAY, "2 days", "2 days"),
        (100 * DAY, "3 months", "3 months"),
        (800 * DAY, "2 years", "2 years"),
    ],
)
def test_a_span_is_told_in_the_unit_that_suits_it(span: timedelta, words: str, brief: str) -> None:
    assert (spoken(span), short(span)) == (words, brief)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW + 5 * MINUTE, "today at 09:05"),
        (NOW - DAY, "today at 09:00"),
        (NOW + DAY, "tomorrow at 09:00"),
        (NOW + 4 * DAY, "on Friday 6 March"),
        (NOW + 365 * DAY, "on Tuesday 2 March 2027"),
    ],
)
def test_a_moment_is_told_from_today(at: datetime, words: str) -> None:
    assert moment(at, NOW, UTC) == words


def test_tomorrow_begins_at_midnight_where_the_learner_is() -> None:
    late = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)  # 23:30 in Tokyo
    assert moment(late + 60 * MINUTE, late, TOKYO) == "tomorrow at 00:30"
    assert midnights(late, TOKYO, (1,)) == [datetime(2026, 3, 2, 15, 0, tzinfo=UTC)]
