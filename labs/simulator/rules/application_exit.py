"""The program in a container boots, or exits because what it needs is missing and ends its task.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/essential-container-exited.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.messages import CONTAINER_EXITED, ESSENTIAL_EXITED

EXITS_AFTER = 2.0  # seconds until a program has noticed that a variable is missing


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in simulation.state.tasks.values():
        if task.serves and not task.booted and task.started is not None:
            moment = _act(simulation, task, task.started)
            if moment is not None:
                due.append(moment)
    return min(due, default=None)


def _act(simulation: Simulation, task: Task, started: float) -> float | None:
    boot = 0.0
    for container in task.definition.containers:
        program = simulation.application(container.image)
        missing = program.missing(task.environment(container))
        if missing and container.essential:
            if simulation.now < started + EXITS_AFTER:
                return started + EXITS_AFTER
            task.lines.append((simulation.now, container.name, f"fatal: {missing[0]} is not set"))
            task.exit_codes[container.name] = 1
            simulation.stop(task, CONTAINER_EXITED, ESSENTIAL_EXITED())
            return None
        boot = max(boot, program.boot)
    if simulation.now < started + boot:
        return started + boot
    task.booted = True
    for container in task.definition.containers:
        program, environment = simulation.application(container.image), task.environment(container)
        lines = [*program.says]
        for name in program.unusable(environment):
            # A program does not print secrets; what stands in `environment` is no secret.
            value = f"'{container.environment[name]}'" if name in container.environment else "its value"
            lines.append(f"error: {name}: {value} does not work")
        task.lines += [(simulation.now, container.name, line) for line in lines]
    simulation.note_change()
    return None
