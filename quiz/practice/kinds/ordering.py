"""Ordering: steps to be put into their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from random import Random

from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.kinds.ratings import rating_of_share
from quiz.practice.outcome import Outcome

KIND = Kind.ORDERING
LINES = False
INVITATION = "Type the numbers in the right order, such as 3 1 2. Enter alone shows the answer."
SOLUTION = "The right order"


def options(item: Item, random: Random) -> tuple[str, ...]:
    """The steps in an order drawn from `random`, never the right one."""
    shuffled = list(item.answers)
    while tuple(shuffled) == item.answers and len(set(shuffled)) > 1:
        random.shuffle(shuffled)
    return tuple(shuffled)


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:  # noqa: ARG001 - all have this shape
    return (Listing.numbered(options),)


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    if sorted(_numbers(typed, len(options))) == list(range(1, len(options) + 1)):
        return ""
    return f"Type each number from 1 to {len(options)} once, in the right order, such as 3 1 2."


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    """The score is Kendall's tau, not below 0: of all pairs of steps, the share in the right order less the
    share in the wrong one. So chance scores 0, and one exchange of neighbours among four steps 67%.
    """
    numbers = _numbers(typed, len(options))
    places = _places(item, [options[number - 1] for number in numbers])
    pairs = list(combinations(places, 2))
    share = max(0.0, sum(1 if one < other else -1 for one, other in pairs) / len(pairs)) if pairs else 1.0
    astray = [numbers[index] for index in _out_of_place(places)]
    remarks = (f"Out of place: {', '.join(map(str, astray))}.",) if astray else ()
    answer = "\n".join(options[number - 1] for number in numbers)
    return Outcome(answer, share, rating_of_share(share), remarks=remarks)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """The first step; where there are many, the last as well."""
    first, last = (options.index(item.answers[place]) + 1 for place in (0, -1))
    steps = (f"It begins with {first}.", f"It ends with {last}.")
    return steps if len(options) > 3 else steps[:1]


def solution(item: Item, options: tuple[str, ...]) -> Listing:
    """The steps in order, with the numbers under which they were shown."""
    free = list(range(len(options)))
    numbers = []
    for step in item.answers:
        index = next(index for index in free if options[index] == step)
        free.remove(index)
        numbers.append(f"{index + 1}.")
    return Listing(tuple(numbers), item.answers)


def _numbers(typed: str, count: int) -> list[int]:
    """`3 1 2`, `3, 1, 2` and `3 > 1 > 2` alike; below ten steps also `312`. Nothing, for anything else."""
    if len(typed) > 20 * count or not re.fullmatch(r"[0-9\s,;.>-]+", typed):
        return []
    numbers = re.findall(r"[0-9]+", typed)
    if len(numbers) == 1 and count < 10:
        numbers = list(numbers[0])
    return [int(number) for number in numbers if len(number) < 4]


def _places(item: Item, steps: Sequence[str]) -> list[int]:
    """Where each of the steps belongs; steps of the same words take their places as they come."""
    free = list(range(len(item.answers)))
    places = []
    for step in steps:
        place = next(place for place in free if item.answers[place] == step)
        free.remove(place)
        places.append(place)
    return places


def _out_of_place(places: Sequence[int]) -> list[int]:
    """The fewest that one has to move, by index: those outside the longest run of rising places."""
    runs: list[list[int]] = [[]]
    for index, place in enumerate(places):
        before = [run for run in runs if not run or places[run[-1]] < place]
        longest = max(before, key=len)
        runs.append([*longest, index])
    kept = max(runs, key=len)
    return [index for index in range(len(places)) if index not in kept]
