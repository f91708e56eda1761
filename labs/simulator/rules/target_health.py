"""The load balancer checks each target at its interval; enough results in a row change the target's state.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
A new target is healthy after one passed check. A target whose checks can only repeat themselves is left alone
until somebody writes to the world, so that a healthy service costs no time.
"""

from __future__ import annotations

from labs.simulator.answers import answer_of
from labs.simulator.paths import peer
from labs.simulator.paths.path import Source
from labs.simulator.simulation import Simulation
from labs.simulator.state import Target
from labs.world.balancing import Balancer, TargetGroup
from labs.world.messages import (
    CHECK_FAILED,
    NOT_IN_USE,
    TIMED_OUT,
    WRONG_CODE,
    ZONE_NOT_ENABLED,
    HealthReason,
)

REGISTERED_STATES = ("initial", "healthy", "unhealthy", "unused")


def apply(simulation: Simulation) -> float | None:
    due = []
    for target in simulation.state.targets:
        if target.state not in REGISTERED_STATES:
            continue
        if target.due is not None and target.due <= simulation.now:
            _check(simulation, target)
        if target.due is not None:
            due.append(target.due)
    return min(due, default=None)


def _check(simulation: Simulation, target: Target) -> None:
    group = simulation.world.balancing.target_group(target.group)
    target.due = None
    simulation.note_change()
    if group is None:
        return
    balancer = simulation.world.balancing.balancer_of(group.arn)
    unused = _why_unused(simulation, target, balancer)
    if unused or balancer is None:
        target.set_state("unused", unused)
        return
    failure = probe(simulation, target, group, balancer)
    _count(target, group, failure)
    settled = target.state == ("unhealthy" if failure else "healthy")
    if not settled or not target.task.booted:
        target.due = simulation.now + group.interval


def _count(target: Target, group: TargetGroup, failure: tuple[HealthReason, int] | None) -> None:
    if failure is None:
        target.passed, target.failed = target.passed + 1, 0
        if target.state != "unhealthy" or target.passed >= group.healthy_after:
            target.set_state("healthy")
        return
    target.passed, target.failed = 0, target.failed + 1
    reason, code = failure
    if target.failed >= group.unhealthy_after:
        target.set_state("unhealthy", reason, code=code)
    elif target.state != "healthy":
        target.begin_checks()


def _why_unused(simulation: Simulation, target: Target, balancer: Balancer | None) -> HealthReason | None:
    if balancer is None:
        return NOT_IN_USE
    zone = simulation.world.network.subnet(target.task.subnet_id).zone
    return None if zone in balancer.zones else ZONE_NOT_ENABLED


def probe(
    simulation: Simulation, target: Target, group: TargetGroup, balancer: Balancer
) -> tuple[HealthReason, int] | None:
    """One health check: None if it passes, else the reason and the status code (0: none)."""
    task, world = target.task, simulation.world
    port = group.check_port or target.port
    if task.interface is None:
        return CHECK_FAILED, 0
    for subnet_id in balancer.subnet_ids:
        source = Source(subnet_id, balancer.group_ids)
        if not peer.reach(world, source, task.interface, task.placement.group_ids, port).is_free:
            return TIMED_OUT, 0
    answer = answer_of(simulation, target, port, group.check_path)
    if answer is None:
        return CHECK_FAILED, 0
    code, latency = answer
    if latency > group.timeout:
        return TIMED_OUT, 0
    return None if _expected(code, group.codes) else (WRONG_CODE, code)


def _expected(code: int, codes: str) -> bool:
    ranges = (part.split("-") for part in codes.split(","))
    return any(int(part[0]) <= code <= int(part[-1]) for part in ranges)
