"""Load balancers and target groups, read from moto."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from labs.world.moto_access import backend

DEFAULT_IDLE_TIMEOUT = 60.0


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
class ListenerRule:
    """One rule: the paths it is for (none: all), and target groups with weights, or the status it answers."""

    paths: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    status: int = 0


@dataclass(frozen=True)
class Balancer:
    """A load balancer. `rules` are those of a listener's port by their priority, the default one last."""

    arn: str
    name: str
    subnet_ids: tuple[str, ...]
    zones: tuple[str, ...]
    group_ids: tuple[str, ...]
    rules: dict[int, tuple[ListenerRule, ...]]
    idle_timeout: float
    target_groups: frozenset[str]  # every group that some rule of some listener uses


class Balancing:
    """Elastic Load Balancing of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @cached_property
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

    def complete_actions(self) -> None:
        """Give each forward action both forms, as AWS does: the one target group, and groups with weights."""
        for balancer in self._elb.load_balancers.values():
            for listener in balancer.listeners.values():
                several = [rule.actions for rule in listener.rules.values()]
                for action in (*listener.default_actions, *(each for actions in several for each in actions)):
                    _complete(action)

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


def _complete(action: Any) -> None:
    data = action.data
    if data.get("Type") != "forward":
        return
    groups = _groups(data)
    if "ForwardConfig" not in data and groups:
        tuples = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in groups]
        data["ForwardConfig"] = {
            "TargetGroups": tuples,
            "TargetGroupStickinessConfig": {"Enabled": False},
        }
    if len(groups) == 1:
        data["TargetGroupArn"] = groups[0][0]
    action.__dict__.update(data)  # moto answers with the attributes


def _balancer(item: Any) -> Balancer:
    rules = {int(listener.port): _rules(listener) for listener in item.listeners.values()}
    used = {arn for several in rules.values() for rule in several for arn, _ in rule.groups}
    return Balancer(
        arn=item.arn,
        name=item.name,
        subnet_ids=tuple(subnet.id for subnet in item.subnets),
        zones=tuple(subnet.availability_zone for subnet in item.subnets),
        group_ids=tuple(item.security_groups),
        rules=rules,
        idle_timeout=float(item.attrs.get("idle_timeout.timeout_seconds", DEFAULT_IDLE_TIMEOUT)),
        target_groups=frozenset(used),
    )


def _rules(listener: Any) -> tuple[ListenerRule, ...]:
    """Rules by priority, without those that ask for more than a path: labs send no such requests."""
    own = [rule for rule in listener.rules.values() if not rule.is_default]
    own.sort(key=lambda rule: int(rule.priority))
    found = [_rule(rule.actions, paths) for rule in own if (paths := _paths(rule.conditions)) is not None]
    return (*found, _rule(listener.default_actions, ()))


def _paths(conditions: Any) -> tuple[str, ...] | None:
    paths: list[str] = []
    for condition in conditions:
        if condition.get("Field") != "path-pattern":
            return None
        paths += condition.get("Values") or (condition.get("PathPatternConfig") or {}).get("Values") or []
    return tuple(paths)


def _rule(actions: Any, paths: tuple[str, ...]) -> ListenerRule:
    data = [getattr(action, "data", action) for action in actions]
    groups = tuple(pair for each in data for pair in _groups(each))
    fixed = next((each for each in data if each.get("Type") == "fixed-response"), None)
    status = int(fixed["FixedResponseConfig"]["StatusCode"]) if fixed else 0
    if any(each.get("Type") == "redirect" for each in data):
        status = 301
    return ListenerRule(paths, groups, status)


def _groups(data: Any) -> list[tuple[str, int]]:
    if "ForwardConfig" in data:
        several = data["ForwardConfig"].get("TargetGroups", [])
        return [(group["TargetGroupArn"], int(group.get("Weight", 1))) for group in several]
    return [(data["TargetGroupArn"], 1)] if "TargetGroupArn" in data else []
