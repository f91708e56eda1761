"""What CloudWatch would have measured, worked out when somebody asks. Moments are virtual seconds.

A metric is a step function of time: `(moment, value)` in order, each value holding until the next moment.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from labs.simulator.simulation import Simulation

Dimensions = Mapping[str, str]
Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Metric:
    namespace: str
    name: str
    dimensions: Dimensions


@dataclass(frozen=True)
class Point:
    """A metric over one period."""

    minimum: float
    maximum: float
    average: float
    total: float
    samples: float

    def value(self, statistic: str) -> float:
        """By the name of CloudWatch's statistic; NaN for one that is not supported."""
        values = {
            "Minimum": self.minimum,
            "Maximum": self.maximum,
            "Average": self.average,
            "Sum": self.total,
            "SampleCount": self.samples,
        }
        return values.get(statistic, math.nan)


SAMPLE = 60.0  # seconds between two samples of the balancer


def point(simulation: Simulation, metric: Metric, begin: float, end: float) -> Point | None:
    """The metric between two moments; None where there is no data."""
    source = SOURCES.get((metric.namespace, metric.name))
    pieces = list(_pieces(source(simulation, metric.dimensions), begin, end)) if source else []
    if not pieces:
        return None
    weight = sum(seconds for seconds, _ in pieces)
    average = sum(seconds * value for seconds, value in pieces) / weight
    samples = max(weight / SAMPLE, 1.0)
    values = [value for _, value in pieces]
    return Point(min(values), max(values), average, average * samples, samples)


def _pieces(steps: Steps, begin: float, end: float) -> Iterable[tuple[float, float]]:
    """The part of a step function between two moments, as (seconds, value)."""
    for index, (moment, value) in enumerate(steps):
        until = steps[index + 1][0] if index + 1 < len(steps) else math.inf
        seconds = min(until, end) - max(moment, begin)
        if seconds > 0:
            yield seconds, value


def _hosts(column: int) -> Callable[[Simulation, Dimensions], Steps]:
    def steps(simulation: Simulation, dimensions: Dimensions) -> Steps:
        wanted = dimensions.get("TargetGroup", "")
        for arn, counts in simulation.state.host_counts.items():
            if wanted and arn.endswith(f":{wanted}"):
                return [(moment, float(both[column])) for moment, both in counts]
        return []

    return steps


SOURCES: dict[tuple[str, str], Callable[[Simulation, Dimensions], Steps]] = {
    ("AWS/ApplicationELB", "HealthyHostCount"): _hosts(0),
    ("AWS/ApplicationELB", "UnHealthyHostCount"): _hosts(1),
}
