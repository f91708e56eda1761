"""What the scheduler is told of a score.

| score | rating |
|---|---|
| below 0.50 | again |
| 0.50 to below 0.65 | hard |
| 0.65 to below 0.90 | good |
| 0.90 and above | easy |

An answer that contradicts a key point or makes a common mistake is never rated better than hard.
"""

from __future__ import annotations

from quiz.grading.grade import Rating

PASS = 0.50
HARD_BELOW = 0.65
GOOD_BELOW = 0.90


def rating_of(score: float, *, wrong: bool = False) -> Rating:
    """The rating of a score from 0 to 1; `wrong` if the answer also says something that is not true."""
    if score < PASS:
        return Rating.AGAIN
    if score < HARD_BELOW or wrong:
        return Rating.HARD
    return Rating.GOOD if score < GOOD_BELOW else Rating.EASY
