"""What the results say of each item: how hard it was, whether it tells learners apart, who chose what."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.exams.marking.judging import Mark, State
from quiz.exams.marking.reliability import Reliability, reliability
from quiz.exams.marking.results import Result, Results
from quiz.items.item import Item, Kind

GROUP: Final = 0.27
"""Share of learners in the upper and in the lower group: Kelley, T. L. (1939). The selection of upper and
lower groups for the validation of test items. Journal of Educational Psychology 30, 17-24."""
FEW: Final = 20
"""Sittings below which statistics of items are shown, but hardly trusted."""
TOO_HARD, TOO_EASY = 0.20, 0.95
WEAK: Final = 0.15
"""Discrimination from which an item helps: below 0.2 it is poor after Ebel, R. L. and Frisbie, D. A. (1991).
Essentials of Educational Measurement, 5th ed.; some room is left for small classes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice: who chose it."""

    text: str
    right: bool
    chosen: int
    share: float
    """Of all who had the item."""
    discrimination: float | None
    """Correlation of choosing it with the rest of the points."""
    upper: int
    lower: int
    """How many of the upper and of the lower group chose it."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """`facility` is the mean share of the item's points, 0 to 1. `discrimination` is the corrected
    correlation of that share with the points on all other items, -1 to 1, or None where nothing varies."""

    item: Item
    sittings: int
    blank: int
    facility: float
    discrimination: float | None
    options: tuple[Option, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    items: tuple[ItemStatistics, ...]
    reliability: Reliability | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """One mark with what its learner earned elsewhere, as a share of what could be earned there."""

    mark: Mark
    rest: float
    total: float


def analyse(results: Results) -> Analysis:
    """The statistics of all items that somebody had, in the order of the key."""
    by_item: dict[str, list[_Answer]] = {}
    for result in results.results:
        for mark in result.marks:
            by_item.setdefault(mark.item, []).append(_Answer(mark, _rest(result, mark), result.share))
    found = [
        _statistics(entry.item, by_item[name]) for name, entry in results.key.items.items() if name in by_item
    ]
    return Analysis(tuple(found), _reliability(results.results))


def _rest(result: Result, mark: Mark) -> float:
    """Points on the other items: the "corrected" of the corrected item-total correlation.

    Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28, 211-218.
    """
    others = result.of - mark.of
    return (sum(other.points for other in result.marks) - mark.points) / others if others else 0.0


def _statistics(item: Item, answers: Sequence[_Answer]) -> ItemStatistics:
    shares = [answer.mark.share for answer in answers]
    rests = [answer.rest for answer in answers]
    options = tuple(_options(item, answers)) if item.kind is Kind.CHOICE else ()
    facility = sum(shares) / len(shares)
    discrimination = correlation(shares, rests)
    blank = sum(answer.mark.state is State.BLANK for answer in answers)
    flags = tuple(_flags(facility, discrimination, options, blank / len(answers), len(answers)))
    return ItemStatistics(item, len(answers), blank, facility, discrimination, options, flags)


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r: the point-biserial where one side is right or wrong. None where one side is constant.

    Tate, R. F. (1954). Correlation between a discrete and a continuous variable. Annals of Mathematical
    Statistics 25, 603-607.
    """
    count = len(one)
    if count < 3:
        return None
    first, second = math.fsum(one) / count, math.fsum(other) / count
    left, right = [value - first for value in one], [value - second for value in other]
    spread = math.sqrt(math.fsum(v * v for v in left) * math.fsum(v * v for v in right))
    if spread < 1e-12:
        return None
    return max(-1.0, min(1.0, math.fsum(a * b for a, b in zip(left, right, strict=True)) / spread))


def _options(item: Item, answers: Sequence[_Answer]) -> Iterator[Option]:
    ranked = sorted(answers, key=lambda answer: answer.total)
    size = max(1, round(GROUP * len(ranked)))
    lower, upper = ranked[:size], ranked[-size:]
    rests = [answer.rest for answer in answers]
    for place, text in enumerate((*item.answers, *item.distractors)):
        chose = [float(answer.mark.chosen == (place,)) for answer in answers]
        yield Option(
            text=text,
            right=place < len(item.answers),
            chosen=int(sum(chose)),
            share=sum(chose) / len(chose),
            discrimination=correlation(chose, rests),
            upper=sum(answer.mark.chosen == (place,) for answer in upper),
            lower=sum(answer.mark.chosen == (place,) for answer in lower),
        )


def _flags(
    facility: float, discrimination: float | None, options: Sequence[Option], blank: float, count: int
) -> Iterator[str]:
    """Why a person should look at the item, the worst first."""
    right = [option for option in options if option.right]
    wrong = [option for option in options if not option.right]
    for option in wrong:
        if right and option.upper > right[0].upper:
            yield f"the best learners chose a wrong option: {option.text}"
        elif option.chosen >= 3 and (option.discrimination or 0.0) > WEAK:
            yield f"better learners rather chose a wrong option: {option.text}"
    if discrimination is not None and discrimination < 0:
        yield f"weaker learners did better on it (discrimination {discrimination:.2f})"
    elif discrimination is not None and discrimination < WEAK and facility < TOO_EASY:
        yield f"it hardly tells learners apart (discrimination {discrimination:.2f})"
    if facility < TOO_HARD:
        yield f"hardly anybody knew it (facility {facility:.2f})"
    if facility > TOO_EASY:
        yield f"nearly everybody knew it (facility {facility:.2f})"
    if blank > 0.2:
        yield f"{blank:.0%} left it out"
    unused = [option for option in wrong if not option.chosen]
    if unused and count >= FEW:
        names = "; ".join(option.text for option in unused)
        yield f"nobody chose {len(unused)} of its {len(wrong)} wrong options: {names}"


def _reliability(results: Sequence[Result]) -> Reliability | None:
    """Over the items that everybody had: where variants swap items, over what they share."""
    if not results:
        return None
    common = set.intersection(*({mark.item for mark in result.marks} for result in results))
    names = [mark.item for mark in results[0].marks if mark.item in common]
    rows = []
    for result in results:
        points = {mark.item: mark for mark in result.marks}
        rows.append([points[name].points for name in names])
    of = {mark.item: mark.of for mark in results[0].marks}
    return reliability(rows, [of[name] for name in names])
