"""A container that takes more memory than it may is killed; a program whose own heap is full gives up.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

from labs.simulator.memory import End, next_end
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.messages import CONTAINER_EXITED, ESSENTIAL_EXITED, OUT_OF_MEMORY

KILLED, GAVE_UP = 137, 1
HEAP_IS_FULL = "java.lang.OutOfMemoryError: Java heap space"


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in simulation.state.tasks.values():
        if not task.serves or not task.booted:
            continue
        end = next_end(simulation, task)
        if end is not None and end.moment <= simulation.now:
            _end(simulation, task, end)
            end = next_end(simulation, task) if task.serves else None
        if end is not None:
            due.append(end.moment)
    return min(due, default=None)


def _end(simulation: Simulation, task: Task, end: End) -> None:
    simulation.note_change()
    task.exit_codes[end.container], task.ended[end.container] = (
        KILLED if end.killed else GAVE_UP,
        simulation.now,
    )
    if end.killed:
        task.container_reasons[end.container] = OUT_OF_MEMORY()
    else:
        task.lines.append((simulation.now, end.container, HEAP_IS_FULL))
    container = next(item for item in task.definition.containers if item.name == end.container)
    if container.essential:
        simulation.stop(task, CONTAINER_EXITED, ESSENTIAL_EXITED())
