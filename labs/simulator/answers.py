"""What the program of a target answers to one request."""

from __future__ import annotations

from labs.simulator.dependencies import troubles
from labs.simulator.load import stretched
from labs.simulator.simulation import Simulation
from labs.simulator.state import Target


def answer_of(simulation: Simulation, target: Target, port: int, path: str) -> tuple[int, float] | None:
    """What the task answers on a port: status code and seconds, or None if nothing listens there."""
    if not target.task.serves or not target.task.booted:
        return None
    for container in target.task.definition.containers:
        program = simulation.program(container)
        if container.name in target.task.exit_codes:
            continue
        environment = target.task.environment(container)
        if program.port(environment) == port and program.is_reachable(environment):
            troubled = bool(troubles(simulation, target.task, container))
            latency = stretched(simulation, target.task, container, program.latency)
            return program.status(path, environment, troubled), latency
    return None
