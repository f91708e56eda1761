"""CloudWatch alarms, read from moto, and their state written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from labs.world.moto_access import backend


@dataclass(frozen=True)
class Alarm:
    """An alarm on one metric. `period` in seconds; `needed` of the last `periods` points make it go off."""

    name: str
    arn: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    statistic: str
    period: float
    periods: int
    needed: int
    comparison: str
    threshold: float
    missing: str  # missing, breaching, notBreaching or ignore


class Alarms:
    """CloudWatch of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @property
    def _cloudwatch(self) -> Any:
        return backend("cloudwatch", self._account, self._region)

    def all(self) -> list[Alarm]:
        """Alarms on a metric; composite alarms and expressions are left out."""
        return [_alarm(item) for item in self._cloudwatch.alarms.values() if item.metric_name]

    def alarm(self, name: str) -> Alarm | None:
        found = self._cloudwatch.alarms.get(name)
        return _alarm(found) if found is not None and found.metric_name else None

    def show(self, name: str, state: str, reason: str, since: datetime) -> None:
        """Let DescribeAlarms give this state."""
        item = self._cloudwatch.alarms[name]
        item.state_value, item.state_reason, item.state_updated_timestamp = state, reason, since


def _alarm(item: Any) -> Alarm:
    periods = int(item.evaluation_periods or 1)
    return Alarm(
        name=item.name,
        arn=item.alarm_arn,
        namespace=item.namespace,
        metric=item.metric_name,
        dimensions={entry.name: entry.value for entry in item.dimensions},
        statistic=item.statistic or "Average",
        period=float(item.period or 60),
        periods=periods,
        needed=int(item.datapoints_to_alarm or periods),
        comparison=item.comparison_operator,
        threshold=float(item.threshold or 0),
        missing=item.treat_missing_data or "missing",
    )
