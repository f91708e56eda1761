"""What Moodle takes as a share of a question's points, and as an id: for Moodle XML and GIFT."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from quiz.errors import UserError
from quiz.exams.paper import PaperItem

# get_grade_options in https://github.com/moodle/moodle/blob/main/question/engine/bank.php: an import fails
# for any other share.
_SHARES: Final = (
    "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5"
)
_LONGEST_ID: Final = 100
_TOLERANCE: Final = 0.001


def fraction_for_wrong(placed: PaperItem) -> str:
    """The percentage of the points that a wrong choice earns: "0", or such as "-33.33333".

    Raises UserError where Moodle does not know that share.
    """
    if not placed.wrong:
        return "0"
    percent = 100 * placed.wrong / placed.points if placed.points else 0
    found = next((share for share in _SHARES.split() if abs(float(share) - percent) < _TOLERANCE), None)
    if found is None:
        raise UserError(
            f"Moodle cannot take {placed.wrong:g} off for a wrong answer to {placed.item.id}, "
            f"which is worth {placed.points:g}: it knows no grade of -{percent:.5g} %.",
            "Take off a quarter, a third, a half or all of the points, or nothing.",
        )
    return f"-{found}"


def idnumber(item_id: str) -> str:
    """The item's id, which the same item always has; a long one ends in its hash."""
    if len(item_id) <= _LONGEST_ID:
        return item_id
    digest = sha256(item_id.encode()).hexdigest()[:12]
    return f"{item_id[: _LONGEST_ID - len(digest) - 1]}-{digest}"
