"""Reliability, against examples worked by hand, a closed form, and numpy."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from quiz.exams.marking.reliability import covariance, reliability, standard_error


def sample(learners: int, items: int, seed: int) -> list[list[float]]:
    """Scores of items of several points that hang together."""
    chance = random.Random(seed)
    ability = [chance.gauss(0, 1) for _ in range(learners)]
    return [[round(2 + one + chance.gauss(0, 1), 1) for _ in range(items)] for one in ability]


def test_a_perfect_scale_of_three_items_has_kr20_of_three_quarters() -> None:
    # p = 3/4, 1/2, 1/4: sum of pq 0.625; the sums 3, 2, 1, 0 vary by 1.25: 1.5 (1 - 0.625/1.25) = 0.75.
    scores = [[1.0, 1.0, 1.0], [1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    found = reliability(scores, [1.0, 1.0, 1.0])
    assert found is not None
    assert found.measure == "KR-20"
    assert found.alpha == pytest.approx(0.75)


def test_items_of_several_points_give_cronbachs_alpha_as_numpy_works_it_out() -> None:
    scores = sample(40, 8, 1)
    array = np.array(scores)
    k = array.shape[1]
    alpha = k / (k - 1) * (1 - array.var(axis=0, ddof=1).sum() / array.sum(axis=1).var(ddof=1))
    found = reliability(scores, [9.0] * 8)
    assert found is not None
    assert found.measure == "Cronbach's alpha"
    assert found.alpha == pytest.approx(alpha)
    spread = array.sum(axis=1).std(ddof=1)
    assert found.of_measurement == pytest.approx(spread * math.sqrt(1 - alpha))


def test_covariances_are_those_of_numpy() -> None:
    scores = sample(25, 5, 2)
    assert np.allclose(covariance(scores), np.cov(np.array(scores), rowvar=False))


@pytest.mark.parametrize(("items", "common", "learners"), [(5, 0.3, 50), (20, 0.1, 200), (2, 0.8, 30)])
def test_the_standard_error_of_parallel_items_has_its_closed_form(
    items: int, common: float, learners: int
) -> None:
    # Kristof, W. (1963). The statistical theory of stepped-up reliability coefficients. Psychometrika 28,
    # 221-238: for equal variances and covariances the variance of alpha is 2 k (1 - alpha)^2 / ((k - 1) n).
    matrix = [[1.0 if one == other else common for other in range(items)] for one in range(items)]
    alpha = items / (items - 1) * (1 - items / sum(map(sum, matrix)))
    expected = math.sqrt(2 * items / (items - 1) / learners) * (1 - alpha)
    assert standard_error(matrix, learners) == pytest.approx(expected)


def test_the_standard_error_is_the_matrix_formula() -> None:
    scores = sample(60, 6, 3)
    v = np.cov(np.array(scores), rowvar=False)
    j, k = np.ones(6), 6
    jvj = j @ v @ j
    q = 2 * k**2 / ((k - 1) ** 2 * jvj**3)
    q *= jvj * (np.trace(v @ v) + np.trace(v) ** 2) - 2 * np.trace(v) * (j @ v @ v @ j)
    assert standard_error(covariance(scores), 60) == pytest.approx(math.sqrt(q / 60))


@pytest.mark.parametrize(
    "scores", [[[1.0, 0.0], [0.0, 1.0]], [[1.0], [0.0], [1.0]], [[1.0, 1.0]] * 5], ids=["few", "one", "alike"]
)
def test_where_nothing_can_be_told_there_is_no_figure(scores: list[list[float]]) -> None:
    assert reliability(scores, [1.0] * len(scores[0])) is None
