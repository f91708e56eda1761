"""CloudWatch: metrics worked out from the simulation, and alarms in the state that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from labs.server.operations import Call, Operation
from labs.simulator.alarms import changes
from labs.simulator.metrics import COUNTERS, KNOWN, Metric, Point, point
from labs.simulator.simulation import Simulation

Shape = dict[str, Any]
STATISTICS = ("Minimum", "Maximum", "Average", "Sum", "SampleCount")


def describe_alarms(call: Call) -> Any:
    _show_alarms(call.simulation)
    return call.ask_moto()


def describe_alarm_history(call: Call) -> Shape:
    """State changes, newest first."""
    simulation = call.simulation
    items: list[Shape] = []
    first, last = _date(call.parameter("StartDate")), _date(call.parameter("EndDate"))
    for alarm in simulation.world.alarms.all():
        if call.parameter("AlarmName") not in (None, "", alarm.name):
            continue
        before = ""
        for moment, state in changes(simulation, alarm, simulation.state.alarms_since.get(alarm.name, 0.0)):
            date = simulation.clock.shown(moment)
            if before and (first is None or date >= first) and (last is None or date <= last):
                items.append(
                    {
                        "AlarmName": alarm.name,
                        "AlarmType": "MetricAlarm",
                        "Timestamp": date,
                        "HistoryItemType": "StateUpdate",
                        "HistorySummary": f"Alarm updated from {before} to {state.value}",
                    }
                )
            before = state.value
    items.sort(key=lambda item: item["Timestamp"], reverse=True)
    return {"AlarmHistoryItems": items[: int(call.parameter("MaxRecords") or 100)]}


def get_metric_statistics(call: Call) -> Any:
    metric = _metric(call.parameter("Namespace"), call.parameter("MetricName"), call.parameter("Dimensions"))
    if (metric.namespace, metric.name) not in KNOWN:
        return call.ask_moto()
    wanted = [name for name in call.parameter("Statistics") or () if name in STATISTICS]
    begin, end = _date(call.parameter("StartTime")), _date(call.parameter("EndTime"))
    points = _points(call.simulation, metric, begin, end, int(call.parameter("Period")))
    unit = "Percent" if metric.name.endswith("Utilization") else "Count"
    datapoints = [
        {"Timestamp": date, "Unit": unit, **{name: found.value(name) for name in wanted}}
        for date, found in points
    ]
    return {"Label": metric.name, "Datapoints": datapoints}


def get_metric_data(call: Call) -> Any:
    queries = call.parameter("MetricDataQueries") or []
    asked = [query.get("MetricStat", {}).get("Metric", {}) for query in queries]
    if not all((item.get("Namespace"), item.get("MetricName")) in KNOWN for item in asked):
        return call.ask_moto()
    begin, end = _date(call.parameter("StartTime")), _date(call.parameter("EndTime"))
    newest_first = (call.parameter("ScanBy") or "TimestampDescending") == "TimestampDescending"
    results = []
    for query, item in zip(queries, asked, strict=True):
        metric = _metric(item["Namespace"], item["MetricName"], item.get("Dimensions"))
        points = _points(call.simulation, metric, begin, end, int(query["MetricStat"]["Period"]))
        points = points[::-1] if newest_first else points
        results.append(
            {
                "Id": query["Id"],
                "Label": query.get("Label") or metric.name,
                "Timestamps": [date for date, _ in points],
                "Values": [found.value(query["MetricStat"]["Stat"]) for _, found in points],
                "StatusCode": "Complete",
            }
        )
    return {"MetricDataResults": results}


def list_metrics(call: Call) -> Any:
    """The metrics that have data, and those that somebody put."""
    simulation = call.simulation
    namespace, name = call.parameter("Namespace"), call.parameter("MetricName")
    asked = {item["Name"]: item.get("Value") for item in call.parameter("Dimensions") or ()}
    own = [
        {
            "Namespace": source[0],
            "MetricName": source[1],
            "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
        }
        for source, dimensions in _sources(simulation)
        if namespace in (None, "", source[0])
        and name in (None, "", source[1])
        and all(key in dimensions and value in (None, dimensions[key]) for key, value in asked.items())
    ]
    return {"Metrics": own} if own else call.ask_moto()


def _sources(simulation: Simulation) -> Iterable[tuple[tuple[str, str], Mapping[str, str]]]:
    balancing = simulation.world.balancing
    for service in simulation.world.containers.services():
        for source in KNOWN:
            if source[0] == "AWS/ECS":
                yield source, {"ClusterName": service.cluster, "ServiceName": service.name}
    for arn in simulation.state.host_counts:
        balancer = balancing.balancer_of(arn)
        if balancer is None:
            continue
        dimensions = {
            "TargetGroup": arn.rpartition(":")[2],
            "LoadBalancer": balancer.arn.partition("loadbalancer/")[2],
        }
        for source in KNOWN:
            if source[0] == "AWS/ApplicationELB" and _has_data(simulation, source, dimensions):
                yield source, dimensions
    for arn in simulation.state.traffic:
        dimensions = {"LoadBalancer": arn.partition("loadbalancer/")[2]}
        for source in COUNTERS:
            if _has_data(simulation, source, dimensions):
                yield source, dimensions


def _has_data(simulation: Simulation, source: tuple[str, str], dimensions: Mapping[str, str]) -> bool:
    return point(simulation, Metric(*source, dimensions), 0.0, simulation.now) is not None


def _show_alarms(simulation: Simulation) -> None:
    alarms = simulation.world.alarms
    for alarm in alarms.all():
        since = simulation.state.alarms_since.get(alarm.name, 0.0)
        moment, state = list(changes(simulation, alarm, since))[-1]
        alarms.show(alarm.name, state.value, state.reason, simulation.clock.shown(moment))


def _points(
    simulation: Simulation, metric: Metric, begin: datetime | None, end: datetime | None, period: int
) -> list[tuple[datetime, Point]]:
    """One point a period, oldest first, at round times of the clock on the wall."""
    now, clock = simulation.clock.shown(simulation.now), simulation.clock
    epoch = now.timestamp() - clock.now  # the date of virtual second 0
    first = (begin or now).timestamp() // period * period
    last = min((end or now).timestamp(), now.timestamp())
    found = []
    while first < last:
        measured = point(simulation, metric, first - epoch, min(first + period, last) - epoch)
        if measured is not None:
            found.append((datetime.fromtimestamp(first, UTC), measured))
        first += period
    return found


def _metric(namespace: Any, name: Any, dimensions: Any) -> Metric:
    return Metric(namespace, name, {item["Name"]: item["Value"] for item in dimensions or ()})


def _date(value: Any) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, str) and not value.replace(".", "").isdigit():
        return datetime.fromisoformat(value)
    return datetime.fromtimestamp(float(value), UTC)


OPERATIONS: dict[str, Operation] = {
    operation.__name__: operation
    for operation in (
        describe_alarms,
        describe_alarm_history,
        get_metric_statistics,
        get_metric_data,
        list_metrics,
    )
}
