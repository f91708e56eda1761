"""A task stops through DEACTIVATING, STOPPING and DEPROVISIONING; one that never ran skips two.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.messages import CONTAINER_EXITED

STOPPING_TAKES = 3.0
DEPROVISIONING_TAKES = 10.0


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in simulation.state.tasks.values():
        if task.is_wanted or not task.is_live:
            continue
        while task.due is not None and task.due <= simulation.now:
            _go_on(simulation, task)
        if task.due is not None:
            due.append(task.due)
    return min(due, default=None)


def _go_on(simulation: Simulation, task: Task) -> None:
    simulation.note_change()
    now = simulation.now
    if task.status == "RUNNING":
        draining = [
            t.due for t in simulation.state.targets_of(task) if t.state == "draining" and t.due is not None
        ]
        # The scheduler lets connections drain first; a container that has exited does not wait for it.
        wait = (
            0.0 if task.stop_code == CONTAINER_EXITED else max((due - now for due in draining), default=0.0)
        )
        task.status, task.due = "DEACTIVATING", now + wait
    elif task.status == "DEACTIVATING":
        task.status, task.due = "STOPPING", now + STOPPING_TAKES
    elif task.status == "DEPROVISIONING":
        _end(simulation, task)
    else:
        if task.started is not None:
            task.execution_stopped = now
            for container in task.definition.containers:
                task.exit_codes.setdefault(container.name, simulation.program(container).stops_with)
        task.status, task.due = "DEPROVISIONING", now + DEPROVISIONING_TAKES


def _end(simulation: Simulation, task: Task) -> None:
    task.status, task.stopped, task.due = "STOPPED", simulation.now, None
    if task.interface is not None:
        simulation.world.network.delete_interface(task.interface.id)
    simulation.state.targets = [target for target in simulation.state.targets if target.task is not task]
