"""Statistics of items: against scipy, and against a class worked by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from scipy import stats

from quiz.exams.marking.item_analysis import Analysis, ItemStatistics, analyse, correlation
from quiz.exams.marking.judging import Mark, State
from quiz.exams.marking.results import Result, Results
from tests.exams.marking_samples import CHOICE, CLOZE, COMMAND, EXAM, sample_key

KEY = sample_key()
ITEMS = (CHOICE, CLOZE, COMMAND)


def result(name: str, shares: Sequence[float], chosen: int | None = None) -> Result:
    """A sitting of three items of one point each; `chosen` is the option of the first."""
    marks = []
    for number, (item, share) in enumerate(zip(ITEMS, shares, strict=True), 1):
        state = State.RIGHT if share == 1 else State.WRONG
        option = (chosen if chosen is not None else 0 if share == 1 else 1,) if item is CHOICE else ()
        marks.append(Mark(number, item.id, "x", state, share, 1.0, share, chosen=option))
    return Result(name, "", f"{EXAM}-A", tuple(marks), 3.0, 0.6)


def analysed(results: Sequence[Result]) -> Analysis:
    return analyse(Results(KEY, tuple(results), ()))


def of_choice(results: Sequence[Result]) -> ItemStatistics:
    return analysed(results).items[0]


def sample_class(size: int = 60) -> list[Result]:
    chance = random.Random(4)
    found = []
    for index in range(size):
        ability = chance.gauss(0, 1)
        shares = [float(ability + chance.gauss(0, 1) > 0) for _ in ITEMS]
        found.append(result(f"s{index}", shares, None if shares[0] else chance.randint(1, 3)))
    return found


def test_facility_is_the_mean_share_of_the_points() -> None:
    found = of_choice(
        [result("a", [1, 1, 1]), result("b", [1, 0, 0]), result("c", [0, 0, 1]), result("d", [0, 0, 0])]
    )
    assert found.facility == 0.5


def test_discrimination_is_the_point_biserial_with_the_rest_of_the_points() -> None:
    results = sample_class()
    items = [[mark.share for mark in one.marks] for one in results]
    rest = [row[1] + row[2] for row in items]
    expected = stats.pointbiserialr([row[0] for row in items], rest).statistic
    assert of_choice(results).discrimination == pytest.approx(expected)


def test_an_item_is_not_correlated_with_itself() -> None:
    # By hand: item 1, 0, 1, 0 against a rest of 0, 1, 1, 2: deviations .5 -.5 .5 -.5 and -1 0 0 1,
    # sum of products -1, r = -1 / sqrt(1 * 2) = -0.7071. With itself in the sum it would be higher.
    rows = [[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 1, 1]]
    found = of_choice([result(f"s{index}", row) for index, row in enumerate(rows)])
    assert found.discrimination == pytest.approx(-(0.5**0.5))


def test_correlation_is_that_of_scipy_and_nothing_where_nothing_varies() -> None:
    one, other = [1.0, 0.5, 0.0, 0.25], [3.0, 1.0, 2.0, 0.5]
    assert correlation(one, other) == pytest.approx(stats.pearsonr(one, other).statistic)
    assert correlation([1.0] * 4, other) is None


def test_options_tell_who_chose_them() -> None:
    results = sample_class()
    options = of_choice(results).options
    assert [option.text for option in options] == [*CHOICE.answers, *CHOICE.distractors]
    assert [option.right for option in options] == [True, False, False, False]
    assert sum(option.chosen for option in options) == len(results)
    group = round(0.27 * len(results))
    assert sum(option.upper for option in options) == sum(option.lower for option in options) == group


def test_options_correlate_with_the_rest_as_scipy_says() -> None:
    results = sample_class()
    chose = [one.marks[0].chosen == (2,) for one in results]
    rest = [one.points - one.marks[0].points for one in results]
    expected = stats.pointbiserialr(chose, rest).statistic
    assert of_choice(results).options[2].discrimination == pytest.approx(expected)


def flags(results: Sequence[Result]) -> str:
    return "; ".join(of_choice(results).flags)


def test_a_wrong_key_is_flagged_because_the_best_chose_another_option() -> None:
    good = [result(f"g{index}", [0, 1, 1], chosen=2) for index in range(10)]
    bad = [result(f"b{index}", [1, 0, 0], chosen=0) for index in range(10)]
    said = flags(good + bad)
    assert "the best learners chose a wrong option: The subnet" in said
    assert "weaker learners did better on it" in said


def test_items_that_all_or_none_knew_are_flagged() -> None:
    assert "nearly everybody knew it" in flags(
        [result(f"s{index}", [1, index % 2, 1]) for index in range(30)]
    )
    assert "hardly anybody knew it" in flags([result(f"s{index}", [0, index % 2, 1]) for index in range(30)])


def test_options_that_nobody_chose_are_named_when_enough_people_might_have() -> None:
    results = [result(f"s{index}", [index % 2, index % 2, 1]) for index in range(30)]
    assert "nobody chose 2 of its 3 wrong options: The subnet; Nobody" in flags(results)
    assert "nobody chose" not in flags(results[:10])


def test_a_good_item_is_not_flagged() -> None:
    assert of_choice(sample_class(200)).flags == ()


def test_reliability_is_over_the_items_that_everybody_had() -> None:
    results = sample_class()
    short = Result("x", "", f"{EXAM}-A", results[0].marks[:2], 2.0, 0.6)
    found = analysed([*results, short]).reliability
    assert found is not None
    assert (found.items, found.learners) == (2, 61)
