"""The state of an alarm at a moment, worked out from its metric.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
Simplified: exactly the last `periods` whole periods are looked at, and CloudWatch's own delay is left out.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from labs.simulator.metrics import Metric, Point, point
from labs.simulator.simulation import Simulation
from labs.world.alarms import Alarm
from labs.world.messages import ALARM_CROSSED, ALARM_NOT_CROSSED, ALARM_WITHOUT_DATA

Measure = Callable[[float, float], Point | None]

_COMPARISONS: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}


@dataclass(frozen=True)
class AlarmState:
    """`value` is OK, ALARM or INSUFFICIENT_DATA, since a moment that the caller knows."""

    value: str
    reason: str


def state_at(simulation: Simulation, alarm: Alarm, moment: float) -> AlarmState:
    """What the alarm says at this moment."""
    metric = Metric(alarm.namespace, alarm.metric, alarm.dimensions)
    return judged(alarm, moment, lambda begin, end: point(simulation, metric, begin, end))


def judged(alarm: Alarm, moment: float, measure: Measure) -> AlarmState:
    """The alarm's state by what `measure` gives for each of its periods."""
    end = moment // alarm.period * alarm.period
    points = [
        measure(end - alarm.period * (number + 1), end - alarm.period * number)
        for number in range(alarm.periods)
    ]
    compare, words = _COMPARISONS.get(alarm.comparison, (operator.gt, "greater than"))
    values = [found.value(alarm.statistic) for found in points if found is not None]
    missing = len(points) - len(values)
    if not values and alarm.missing in ("missing", "ignore"):
        return AlarmState("INSUFFICIENT_DATA", ALARM_WITHOUT_DATA(count=alarm.periods))
    crossing = [value for value in values if compare(value, alarm.threshold)]
    count = len(crossing) + (missing if alarm.missing == "breaching" else 0)
    told = ALARM_CROSSED if count >= alarm.needed else ALARM_NOT_CROSSED
    reason = told(
        count=count if count >= alarm.needed else len(values) - len(crossing),
        of=alarm.periods,
        values=", ".join(f"{value:.1f}" for value in (crossing or values)) or "missing",
        comparison=words,
        threshold=alarm.threshold,
        needed=alarm.needed,
    )
    return AlarmState("ALARM" if count >= alarm.needed else "OK", reason)


def changes(simulation: Simulation, alarm: Alarm, begin: float) -> Iterator[tuple[float, AlarmState]]:
    """When the alarm changed its state from `begin` until now, oldest first, with its state at `begin`."""
    moment, last = begin, ""
    while moment <= simulation.now:
        state = state_at(simulation, alarm, moment)
        if state.value != last:
            yield moment, state
            last = state.value
        moment = (moment // alarm.period + 1) * alarm.period
