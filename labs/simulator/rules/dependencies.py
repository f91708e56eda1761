"""A program logs when something that it calls stops working, and when it works again."""

from __future__ import annotations

from labs.simulator.dependencies import troubles
from labs.simulator.simulation import Simulation


def apply(simulation: Simulation) -> float | None:
    for task in simulation.state.tasks.values():
        if not task.serves or not task.booted:
            continue
        for container in task.definition.containers:
            if container.name in task.exit_codes:
                continue
            before, now = task.troubled.get(container.name, ()), troubles(simulation, task, container)
            if before == now:
                continue
            task.troubled[container.name] = now
            lines = [f"error: {text}" for text in now if text not in before] or [
                "recovered: all calls answered"
            ]
            task.lines += [(simulation.now, container.name, line) for line in lines]
            simulation.note_change()
    return None
