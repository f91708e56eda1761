"""What CloudWatch would have measured, worked out when somebody asks. Moments are virtual seconds.

A metric is a step function of time: `(moment, value)` in order, each value holding until the next moment.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from labs.simulator.load import utilization
from labs.simulator.memory import used
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.simulator.traffic import TRAFFIC, balancer_errors

Dimensions = Mapping[str, str]
Steps = Sequence[tuple[float, float]]
Sampler = Callable[["Simulation", Dimensions, float], list[float]]


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
    sampler = SAMPLES.get((metric.namespace, metric.name))
    if sampler:
        return _sampled(simulation, sampler, metric.dimensions, begin, end)
    counter = COUNTERS.get((metric.namespace, metric.name))
    if counter:
        total = counter(simulation, metric.dimensions, begin, end)
        return Point(1, 1, 1, total, total) if total else None
    source = SOURCES.get((metric.namespace, metric.name))
    pieces = list(_pieces(source(simulation, metric.dimensions), begin, end)) if source else []
    if not pieces:
        return None
    weight = sum(seconds for seconds, _ in pieces)
    average = sum(seconds * value for seconds, value in pieces) / weight
    samples = max(weight / SAMPLE, 1.0)
    values = [value for _, value in pieces]
    return Point(min(values), max(values), average, average * samples, samples)


def _sampled(
    simulation: Simulation, sampler: Sampler, dimensions: Dimensions, begin: float, end: float
) -> Point | None:
    """One sample of each task a minute."""
    values: list[float] = []
    moment = max(begin, 0.0)
    while moment < min(end, simulation.now):
        values += sampler(simulation, dimensions, moment)
        moment += SAMPLE
    if not values:
        return None
    return Point(min(values), max(values), sum(values) / len(values), sum(values), len(values))


def _memory(simulation: Simulation, dimensions: Dimensions, moment: float) -> list[float]:
    """Percent of its memory that each running task of the service takes."""
    tasks = _running(simulation, dimensions, moment)
    return [used(simulation, task, moment) / float(task.definition.memory) * 100 for task in tasks]


def _processors(simulation: Simulation, dimensions: Dimensions, moment: float) -> list[float]:
    """Percent of its CPU that each running task of the service takes."""
    tasks = _running(simulation, dimensions, moment)
    return [min(utilization(simulation, task, moment), 1.0) * 100 for task in tasks]


def _running(simulation: Simulation, dimensions: Dimensions, moment: float) -> list[Task]:
    """Tasks of the cluster and service that ran at a moment."""
    return [
        task
        for task in simulation.state.tasks.values()
        if dimensions.get("ClusterName") == task.cluster
        and dimensions.get("ServiceName", task.service) == task.service
        and task.started is not None
        and task.started <= moment
        and (task.execution_stopped is None or moment < task.execution_stopped)
    ]


def _pieces(steps: Steps, begin: float, end: float) -> Iterable[tuple[float, float]]:
    """The part of a step function between two moments, as (seconds, value)."""
    for index, (moment, value) in enumerate(steps):
        until = steps[index + 1][0] if index + 1 < len(steps) else math.inf
        seconds = min(until, end) - max(moment, begin)
        if seconds > 0:
            yield seconds, value


def group_of(simulation: Simulation, dimensions: Dimensions) -> str:
    """The ARN of the target group that the dimensions name; of the balancer's only one without it."""
    wanted, balancer = dimensions.get("TargetGroup", ""), dimensions.get("LoadBalancer", "")
    for arn in simulation.state.host_counts:
        owner = simulation.world.balancing.balancer_of(arn)
        if arn.endswith(f":{wanted}") or (
            not wanted and balancer and owner is not None and owner.arn.endswith(f"loadbalancer/{balancer}")
        ):
            return arn
    return ""


def outage(simulation: Simulation, group: str, begin: float, end: float) -> float:
    """For how many seconds the target group had no healthy target, since it first had one."""
    steps = [(moment, float(both[0])) for moment, both in simulation.state.host_counts.get(group, ())]
    served = next((moment for moment, healthy in steps if healthy), math.inf)
    return sum(seconds for seconds, healthy in _pieces(steps, max(begin, served), end) if not healthy)


def cuts(simulation: Simulation, group: str, begin: float, end: float) -> int:
    """How many targets were taken out while requests to them were under way."""
    return sum(arn == group and begin <= moment < end for moment, arn in simulation.state.cuts)


def _balancer_errors(simulation: Simulation, dimensions: Dimensions, begin: float, end: float) -> float:
    """Requests that the balancer answered itself, and those that it saw cut off."""
    group = group_of(simulation, dimensions)
    return balancer_errors(simulation, dimensions, begin, end) + cuts(simulation, group, begin, end)


def _hosts(column: int) -> Callable[[Simulation, Dimensions], Steps]:
    def steps(simulation: Simulation, dimensions: Dimensions) -> Steps:
        counts = simulation.state.host_counts.get(group_of(simulation, dimensions), ())
        return [(moment, float(both[column])) for moment, both in counts]

    return steps


SOURCES: dict[tuple[str, str], Callable[[Simulation, Dimensions], Steps]] = {
    ("AWS/ApplicationELB", "HealthyHostCount"): _hosts(0),
    ("AWS/ApplicationELB", "UnHealthyHostCount"): _hosts(1),
}
COUNTERS: dict[tuple[str, str], Callable[[Simulation, Dimensions, float, float], float]] = {
    ("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"): _balancer_errors,
    **{("AWS/ApplicationELB", name): counter for name, counter in TRAFFIC.items()},
}
SAMPLES: dict[tuple[str, str], Sampler] = {
    ("AWS/ECS", "CPUUtilization"): _processors,
    ("AWS/ECS", "MemoryUtilization"): _memory,
}
KNOWN = (*SOURCES, *COUNTERS, *SAMPLES)
