"""The programs in a task boot, finish, or exit because something is missing; an essential one ends its task.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/essential-container-exited.html
A container that waits for others (`dependsOn` with SUCCESS or COMPLETE) begins when these have
ended; it does not wait for START and HEALTHY.
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container
from labs.world.messages import CONTAINER_EXITED, ESSENTIAL_EXITED

EXITS_AFTER = 2.0  # seconds until a program has noticed that a variable is missing


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in simulation.state.tasks.values():
        if task.serves and task.started is not None:
            moment = _act(simulation, task, task.started)
            if moment is not None:
                due.append(moment)
    return min(due, default=None)


def _act(simulation: Simulation, task: Task, started: float) -> float | None:
    """Let programs end and boot; when the next of them does."""
    due = []
    for container in sorted(task.definition.containers, key=lambda item: _delay(simulation, task, item)):
        if container.name in task.exit_codes or container.name in task.ready or not task.is_wanted:
            continue
        begun = _begins(task, container, started)
        if begun is None:
            continue
        moment = begun + _delay(simulation, task, container)
        if simulation.now < moment:
            due.append(moment)
        else:
            _end_or_listen(simulation, task, container)
    names = {container.name for container in task.definition.containers}
    if not task.booted and task.is_wanted and names <= task.ready.keys() | task.exit_codes.keys():
        task.booted = True
        simulation.note_change()
    return min(due, default=None)


def _begins(task: Task, container: Container, started: float) -> float | None:
    """When the container begins; None while it waits for others."""
    begun = started
    for wanted in container.raw.get("dependsOn") or ():
        name, condition = wanted["containerName"], wanted["condition"]
        if condition in ("SUCCESS", "COMPLETE"):
            if name not in task.exit_codes or (condition == "SUCCESS" and task.exit_codes[name] != 0):
                return None
            begun = max(begun, task.ended.get(name, started))
    return begun


def _delay(simulation: Simulation, task: Task, container: Container) -> float:
    program = simulation.program(container)
    return EXITS_AFTER if program.missing(task.environment(container)) else program.boot


def _end_or_listen(simulation: Simulation, task: Task, container: Container) -> None:
    program, environment = simulation.program(container), task.environment(container)
    missing = program.missing(environment)
    lines = [f"fatal: {missing[0]} is not set"] if missing else [*program.says]
    for name in () if missing or program.exits is not None else program.unusable(environment):
        # A program does not print secrets; what stands in `environment` is no secret.
        value = f"'{container.environment[name]}'" if name in container.environment else "its value"
        lines.append(f"error: {name}: {value} does not work")
    task.lines += [(simulation.now, container.name, line) for line in lines]
    simulation.note_change()
    code = 1 if missing else program.exits
    if code is None:
        task.ready[container.name] = simulation.now
        return
    task.exit_codes[container.name], task.ended[container.name] = code, simulation.now
    if container.essential:
        simulation.stop(task, CONTAINER_EXITED, ESSENTIAL_EXITED())
