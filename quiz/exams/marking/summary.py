"""The class as a whole: who passed, what the points look like, which topics and key points are weak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev
from typing import Final

from quiz.exams.marking.judging import Mark
from quiz.exams.marking.key import KeyItem
from quiz.exams.marking.results import Result, Results

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Group:
    """A topic, a level or a kind of items: the mean share of the points that was earned there."""

    name: str
    items: int
    share: float


@dataclass(frozen=True, slots=True)
class PointCount:
    """A key point of free-text items: in how many answers it was covered, and partly."""

    question: int
    text: str
    answers: int
    covered: int
    partly: int
    contradicted: int

    @property
    def share(self) -> float:
        return (self.covered + self.partly / 2) / self.answers


@dataclass(frozen=True, slots=True)
class Summary:
    """`bins` counts sittings by tenths of the points; the last bin takes full marks as well."""

    sittings: int
    passed: int | None
    mean: float
    median: float
    deviation: float
    bins: tuple[int, ...]
    topics: tuple[Group, ...]
    levels: tuple[Group, ...]
    kinds: tuple[Group, ...]
    key_points: tuple[PointCount, ...]
    open_reviews: int


def summarise(results: Results) -> Summary:
    """Of results with at least one sitting."""
    shares = [result.share for result in results.results]
    bins = [0] * BINS
    for share in shares:
        bins[min(BINS - 1, int(share * BINS + 1e-9))] += 1
    has_pass_mark = results.key.pass_mark is not None
    items = results.key.items
    return Summary(
        sittings=len(shares),
        passed=sum(bool(result.passed) for result in results.results) if has_pass_mark else None,
        mean=fmean(shares),
        median=median(shares),
        deviation=stdev(shares) if len(shares) > 1 else 0.0,
        bins=tuple(bins),
        topics=groups(results.results, items, lambda item: item.topics),
        levels=groups(results.results, items, lambda item: (item.level,)),
        kinds=groups(results.results, items, lambda item: (item.item.kind.value,)),
        key_points=tuple(sorted(_key_points(results), key=lambda point: (point.share, point.question))),
        open_reviews=sum(len(result.doubts()) for result in results.results),
    )


def groups(
    results: Sequence[Result], items: Mapping[str, KeyItem], names: Callable[[KeyItem], Iterable[str]]
) -> tuple[Group, ...]:
    """The groups that the items fall into, the weakest first. An item of two topics counts in both."""
    earned: dict[str, float] = {}
    of: dict[str, float] = {}
    members: dict[str, set[str]] = {}
    for result in results:
        for mark in result.marks:
            for name in names(items[mark.item]):
                earned[name] = earned.get(name, 0.0) + mark.share * mark.of
                of[name] = of.get(name, 0.0) + mark.of
                members.setdefault(name, set()).add(mark.item)
    found = [Group(name, len(members[name]), earned[name] / of[name] if of[name] else 0.0) for name in of]
    return tuple(sorted(found, key=lambda group: (group.share, group.name)))


def _key_points(results: Results) -> Iterable[PointCount]:
    answers: dict[str, list[Mark]] = {}
    for result in results.results:
        for mark in result.marks:
            if mark.covered:
                answers.setdefault(mark.item, []).append(mark)
    for name, marks in answers.items():
        for place, point in enumerate(marks[0].covered):
            verdicts = [mark.covered[place].verdict for mark in marks]
            yield PointCount(
                question=results.key.items[name].item.question,
                text=point.text,
                answers=len(marks),
                covered=verdicts.count("covered"),
                partly=verdicts.count("partly"),
                contradicted=verdicts.count("contradicted"),
            )
