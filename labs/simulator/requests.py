"""Where a request through a load balancer goes, and what comes back.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
A rule is chosen by priority and path; its target groups share by weight, their targets equally. Without a
healthy target all are asked, and without a target the balancer itself answers 503. 502: the target refused or
closed the connection, 504: no way to it, or no answer within the idle timeout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from labs.simulator.answers import answer_of
from labs.simulator.paths import peer
from labs.simulator.paths.path import Source
from labs.simulator.simulation import Simulation
from labs.simulator.state import Target
from labs.world.balancing import Balancer, ListenerRule

# Of the requests over connections that the target closes before the balancer does, few hit the wrong moment.
CLOSED_IN_THE_MOMENT = 0.01


@dataclass(frozen=True)
class Share:
    """A part (0 to 1) of the requests and its answer.

    `task` and `group` (a target group's ARN) are empty where no target was chosen. `origin` is who answered:
    the "target", the "balancer" for it, or a "rule" by itself.
    """

    part: float
    code: int
    task: str = ""
    group: str = ""
    origin: str = "balancer"


def shares(simulation: Simulation, balancer_name: str, path: str, port: int = 80) -> list[Share]:
    """How requests for a path divide. Empty: there is no such balancer, or it does not listen."""
    balancer = simulation.world.balancing.balancer(balancer_name)
    rules = balancer.rules.get(port, ()) if balancer else ()
    rule = next((item for item in rules if _matches(item, path)), None)
    if balancer is None or rule is None:
        return []
    if rule.status:
        return [Share(1.0, rule.status, origin="rule")]
    return list(_forwarded(simulation, balancer, rule, path))


def counted(found: Iterable[Share], times: int) -> dict[int, int]:
    """How many of `times` requests get which code; every code that there is gets its part, rounded."""
    parts: dict[int, float] = {}
    for share in found:
        parts[share.code] = parts.get(share.code, 0.0) + share.part * times
    counts = {code: int(part) for code, part in parts.items()}
    rest = sorted(parts, key=lambda code: counts[code] - parts[code])
    for code in rest[: times - sum(counts.values())]:
        counts[code] += 1
    return {code: count for code, count in sorted(counts.items()) if count}


def _forwarded(simulation: Simulation, balancer: Balancer, rule: ListenerRule, path: str) -> Iterable[Share]:
    whole = sum(weight for _, weight in rule.groups)
    for group, weight in rule.groups:
        if not weight:
            continue
        part = weight / whole
        targets = _asked(simulation, group)
        if not targets:
            yield Share(part, 503)
        for target in targets:
            yield from _answers(simulation, balancer, target, path, part / len(targets))
    if not whole:
        yield Share(1.0, 503)


def _asked(simulation: Simulation, group: str) -> list[Target]:
    own = [target for target in simulation.state.targets if target.group == group]
    healthy = [target for target in own if target.state == "healthy"]
    return healthy or [target for target in own if target.state in ("unhealthy", "initial")]


def _answers(
    simulation: Simulation, balancer: Balancer, target: Target, path: str, part: float
) -> Iterable[Share]:
    def share(part: float, code: int, origin: str = "balancer") -> Share:
        return Share(part, code, target.task.id, target.group, origin)

    if not _is_reachable(simulation, balancer, target):
        yield share(part, 504)
        return
    answer = answer_of(simulation, target, target.port, path)
    if answer is None:
        yield share(part, 502)
        return
    code, latency = answer
    lost = CLOSED_IN_THE_MOMENT if _closes_first(simulation, target, balancer.idle_timeout) else 0.0
    answered = part * (1 - lost)
    yield share(answered, 504) if latency > balancer.idle_timeout else share(answered, code, "target")
    if lost:
        yield share(part * lost, 502)


def _is_reachable(simulation: Simulation, balancer: Balancer, target: Target) -> bool:
    task = target.task
    if task.interface is None:
        return False
    ways = [Source(subnet, balancer.group_ids) for subnet in balancer.subnet_ids]
    return all(
        peer.reach(simulation.world, way, task.interface, task.placement.group_ids, target.port).is_free
        for way in ways
    )


def _closes_first(simulation: Simulation, target: Target, idle_timeout: float) -> bool:
    """Whether the program closes idle connections before the balancer does."""
    for container in target.task.definition.containers:
        program, environment = simulation.program(container), target.task.environment(container)
        if program.port(environment) == target.port:
            kept = program.keeps_alive(environment)
            return kept is not None and kept <= idle_timeout
    return False


def _matches(rule: ListenerRule, path: str) -> bool:
    return not rule.paths or any(fnmatchcase(path, pattern) for pattern in rule.paths)
