"""The health check of a container definition, run inside the container at its interval.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
Of the command the simulation understands what host and port it asks, and which path; loopback reaches every
container of the task. A check that asks nobody passes as long as the program runs. A check whose result can
only repeat itself is not run again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container

INTERVAL, RETRIES = 30.0, 3
_ASKED = re.compile(
    r"(?P<scheme>https?://)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])[: ](?P<port>\d+)"
    r"(?P<path>/[^\s\"'|;]*)?"
)
_NEVER = re.compile(r"^\s*(?:exit\s+[1-9]|false)")


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in simulation.state.tasks.values():
        if not task.serves or task.started is None:
            continue
        for container in task.definition.containers:
            moment = _due(simulation, task, container, task.started)
            if moment is not None and moment <= simulation.now:
                _check(simulation, task, container)
                moment = _due(simulation, task, container, task.started)
            if moment is not None:
                due.append(moment)
    return min(due, default=None)


def _due(simulation: Simulation, task: Task, container: Container, started: float) -> float | None:
    """When the container is checked next; None without a check, or when it would only say the same again."""
    check = container.raw.get("healthCheck")
    if not check or container.name in task.exit_codes or check["command"][0] == "NONE":
        return None
    last = task.health_checked.get(container.name)
    if last is None:
        return started + _interval(check)
    settled = task.booted and task.health.get(container.name) == (
        "HEALTHY" if passes(simulation, task, check) else "UNHEALTHY"
    )
    return None if settled else last + _interval(check)


def _check(simulation: Simulation, task: Task, container: Container) -> None:
    check, name = container.raw["healthCheck"], container.name
    task.health_checked[name] = simulation.now
    simulation.note_change()
    if passes(simulation, task, check):
        task.health_failures[name], task.health[name] = 0, "HEALTHY"
        return
    in_start = simulation.now - (task.started or 0.0) <= float(check.get("startPeriod") or 0)
    if in_start and task.health.get(name) != "HEALTHY":
        return
    task.health_failures[name] = task.health_failures.get(name, 0) + 1
    if task.health_failures[name] >= int(check.get("retries") or RETRIES):
        task.health[name] = "UNHEALTHY"


def passes(simulation: Simulation, task: Task, check: Mapping[str, Any]) -> bool:
    """Whether the command would exit with 0 now."""
    command = " ".join(check["command"][1:])
    asked = _ASKED.search(command)
    if asked is None:
        return not _NEVER.match(command)
    for container in task.definition.containers:
        if container.name not in task.ready or container.name in task.exit_codes:
            continue
        program, environment = simulation.program(container), task.environment(container)
        if program.port(environment) == int(asked["port"]):
            speaks_http = asked["scheme"] or asked["path"]
            return not speaks_http or program.status(asked["path"] or "/", environment) < 400
    return False


def _interval(check: Mapping[str, Any]) -> float:
    return float(check.get("interval") or INTERVAL)
