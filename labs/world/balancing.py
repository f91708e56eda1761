"""Load balancers and target groups, read from moto."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labs.world.moto_access import backend


@dataclass(frozen=True)
class TargetGroup:
    """A target group with its health check. Times are seconds; `codes` like "200-299,301"."""

    arn: str
    name: str
    target_type: str
    check_port: int | None  # None: the port that traffic goes to
    check_path: str
    interval: float
    timeout: float
    healthy_after: int
    unhealthy_after: int
    codes: str
    drain_seconds: float


@dataclass(frozen=True)
class Balancer:
    """A load balancer. `forwards` maps a listener's port to the ARNs its default action sends requests to."""

    arn: str
    name: str
    subnet_ids: tuple[str, ...]
    zones: tuple[str, ...]
    group_ids: tuple[str, ...]
    forwards: dict[int, tuple[str, ...]]
    target_groups: frozenset[str]  # every group that some rule of some listener uses


class Balancing:
    """Elastic Load Balancing of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @property
    def _elb(self) -> Any:
        return backend("elbv2", self._account, self._region)

    def target_group(self, arn: str) -> TargetGroup | None:
        found = self._elb.target_groups.get(arn)
        if found is None:
            return None
        port = str(found.health_check_port)
        return TargetGroup(
            arn=found.arn,
            name=found.name,
            target_type=found.target_type,
            check_port=int(port) if port.isdigit() else None,
            check_path=found.health_check_path or "/",
            interval=float(found.health_check_interval_seconds),
            timeout=float(found.health_check_timeout_seconds),
            healthy_after=int(found.healthy_threshold_count),
            unhealthy_after=int(found.unhealthy_threshold_count),
            codes=str((found.matcher or {}).get("HttpCode", "200")),
            drain_seconds=float(found.attributes["deregistration_delay.timeout_seconds"]),
        )

    def names(self) -> list[str]:
        """Names of all load balancers."""
        return [item.name for item in self._elb.load_balancers.values()]

    def balancer(self, name: str) -> Balancer | None:
        return next(
            (_balancer(item) for item in self._elb.load_balancers.values() if item.name == name), None
        )

    def balancer_of(self, target_group: str) -> Balancer | None:
        """The load balancer that some listener rule connects with the target group."""
        balancers = map(_balancer, self._elb.load_balancers.values())
        return next((item for item in balancers if target_group in item.target_groups), None)


def _balancer(item: Any) -> Balancer:
    forwards: dict[int, tuple[str, ...]] = {}
    used: set[str] = set()
    for listener in item.listeners.values():
        forwards[int(listener.port)] = tuple(
            t for action in listener.default_actions for t in _targets(action)
        )
        used.update(forwards[int(listener.port)])
        used.update(
            t for rule in listener.rules.values() for action in rule.actions for t in _targets(action)
        )
    return Balancer(
        arn=item.arn,
        name=item.name,
        subnet_ids=tuple(subnet.id for subnet in item.subnets),
        zones=tuple(subnet.availability_zone for subnet in item.subnets),
        group_ids=tuple(item.security_groups),
        forwards=forwards,
        target_groups=frozenset(used),
    )


def _targets(action: Any) -> list[str]:
    data = getattr(action, "data", action)
    if "ForwardConfig" in data:
        return [group["TargetGroupArn"] for group in data["ForwardConfig"].get("TargetGroups", [])]
    return [data["TargetGroupArn"]] if "TargetGroupArn" in data else []
