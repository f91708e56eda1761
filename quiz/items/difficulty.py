"""What share of learners will get an item wrong, guessed from its shape before anybody has answered it.

What has to be recalled is harder than what is recognised, and more of it is harder than less. Each step
that can stand in a wrong place, each pair that can be confused and each option of a command adds a little; so
does an answer that must be exact to the letter. The schedule corrects the guess with the first answers, so it
only has to sort items roughly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quiz.items.item import Kind

HARDEST: Final = 0.75
LONG: Final = 60
"""Characters of an answer from which reading it takes effort of its own."""

_OPTION = re.compile(r"(?<!\S)--[a-z]")
_EXACT = re.compile(r"\d|[a-z][A-Z]|[_:]")


def estimate(kind: Kind, answers: Sequence[str], distractors: Sequence[str] = ()) -> float:
    """The expected share of wrong answers, 0 to 1."""
    match kind:
        case Kind.CLOZE:
            words = len(answers[0].split())
            share = 0.35 + 0.05 * words + (0.1 if _EXACT.search(answers[0]) else 0)
        case Kind.ORDERING:
            share = 0.2 + 0.07 * len(answers)
        case Kind.MATCHING:
            share = 0.2 + 0.05 * (len(answers) + len(distractors))
        case Kind.COMMAND:
            share = 0.45 + 0.05 * min(len(_OPTION.findall(answer)) for answer in answers)
        case Kind.CHOICE:
            share = 0.4
        case Kind.RECALL:
            share = 0.5
    if kind in (Kind.ORDERING, Kind.MATCHING) and sum(map(len, answers)) > LONG * len(answers):
        share += 0.05
    return round(min(share, HARDEST), 2)
