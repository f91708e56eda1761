"""What the scheduler is told of an answer that is right, partly right or wrong.

| kind | again | hard | good | easy |
|---|---|---|---|---|
| recall | below 50% | below 65% | below 90% | 90% and above |
| choice, cloze | wrong | | right | |
| ordering, matching | below 60% | below 100% | all right | |
| command | another operation, or several faults | one fault | right | |

Recall is rated by `grading.rating`, a command by what its grading found. All but recall are never easy by
themselves: luck or the words around a gap may have helped. After a hint no answer is rated better than hard,
after a look at the page none better than again. The learner has the last word.
"""

from __future__ import annotations

from typing import Final

from quiz.grading.grade import Rating

PARTLY: Final = 0.60
"""From this share on, what has several parts counts as known, though hard."""
AFTER_A_HINT: Final = Rating.HARD
AFTER_THE_PAGE: Final = Rating.AGAIN


def rating_of_faults(count: int, *, hopeless: bool) -> Rating:
    """The rating of an answer with so many faults; `hopeless` if it is an answer to something else."""
    if not count:
        return Rating.GOOD
    return Rating.HARD if count == 1 and not hopeless else Rating.AGAIN


def rating_of_share(share: float) -> Rating:
    """The rating of an answer of which `share`, 0 to 1, is right."""
    if share >= 1:
        return Rating.GOOD
    return Rating.HARD if share >= PARTLY else Rating.AGAIN
