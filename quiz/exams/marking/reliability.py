"""How well an exam tells learners apart: Cronbach's alpha, and its standard error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

Scores = Sequence[Sequence[float]]
"""A row a learner, a column an item."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """`measure` is KR-20 where every item is right or wrong, Cronbach's alpha otherwise.

    `of_measurement` is the standard error of one learner's points.
    """

    measure: str
    alpha: float
    standard_error: float
    of_measurement: float
    items: int
    learners: int

    @property
    def interval(self) -> tuple[float, float]:
        """Of 95 %, by the normal approximation."""
        reach = 1.96 * self.standard_error
        return self.alpha - reach, min(1.0, self.alpha + reach)


def reliability(scores: Scores, most: Sequence[float]) -> Reliability | None:
    """Of points by learner and item; `most` are the points of each item. None where it says nothing.

    alpha = k / (k - 1) * (1 - sum of the items' variances / variance of the sums): Cronbach, L. J. (1951).
    Coefficient alpha and the internal structure of tests. Psychometrika 16, 297-334. For items that are
    right or wrong it is KR-20: Kuder, G. F. and Richardson, M. W. (1937). The theory of the estimation of
    test reliability. Psychometrika 2, 151-160. (Here variances are of the sample, with n - 1, in both
    places, which gives the same quotient.)
    """
    learners, items = len(scores), len(most)
    if learners < 3 or items < 2:
        return None
    matrix = covariance(scores)
    of_items = sum(matrix[item][item] for item in range(items))
    of_sums = sum(map(sum, matrix))
    if of_sums <= 1e-12:
        return None
    alpha = items / (items - 1) * (1 - of_items / of_sums)
    dichotomous = all(
        value in (0.0, highest) for row in scores for value, highest in zip(row, most, strict=True)
    )
    return Reliability(
        measure="KR-20" if dichotomous else "Cronbach's alpha",
        alpha=alpha,
        standard_error=standard_error(matrix, learners),
        of_measurement=math.sqrt(of_sums) * math.sqrt(max(0.0, 1 - alpha)),
        items=items,
        learners=learners,
    )


def standard_error(matrix: Scores, learners: int) -> float:
    """Of alpha, from the covariance matrix V of k items and n learners, with j a vector of ones:

    Q = 2 k^2 / ((k - 1)^2 (j'Vj)^3) * ((j'Vj) (tr V^2 + tr^2 V) - 2 tr V (j'V^2 j)),  SE = sqrt(Q / n)

    van Zyl, J. M., Neudecker, H. and Nel, D. G. (2000). On the distribution of the maximum likelihood
    estimator of Cronbach's alpha. Psychometrika 65, 271-280; Duhachek, A. and Iacobucci, D. (2004). Alpha's
    standard error (ASE). Journal of Applied Psychology 89, 792-808.
    """
    items = len(matrix)
    trace = sum(matrix[item][item] for item in range(items))
    total = sum(map(sum, matrix))
    # V is symmetric: tr V^2 is the sum of the squares of its entries, j'V^2 j that of the squared row sums.
    of_squares = sum(value * value for row in matrix for value in row)
    of_rows = sum(sum(row) ** 2 for row in matrix)
    scale = 2 * items**2 / ((items - 1) ** 2 * total**3)
    variance = scale * (total * (of_squares + trace**2) - 2 * trace * of_rows)
    return math.sqrt(max(0.0, variance) / learners)


def covariance(scores: Scores) -> list[list[float]]:
    """The covariance matrix of the columns, with n - 1."""
    count, width = len(scores), len(scores[0])
    means = [sum(row[item] for row in scores) / count for item in range(width)]
    columns = [[row[item] - means[item] for row in scores] for item in range(width)]
    matrix = [[0.0] * width for _ in range(width)]
    for one in range(width):
        for other in range(one + 1):
            value = sum(map(mul, columns[one], columns[other])) / (count - 1)
            matrix[one][other] = matrix[other][one] = value
    return matrix
