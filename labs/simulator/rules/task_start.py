"""A task goes from PROVISIONING through PENDING to RUNNING, one step of its start after another.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.starting import STEPS
from labs.simulator.starting.step import Attempt
from labs.simulator.state import Task
from labs.world.messages import FAILED_TO_START

STARTING = ("PROVISIONING", "PENDING", "ACTIVATING")
CONTAINERS_START_IN = 3.0


def apply(simulation: Simulation) -> float | None:
    due = []
    for task in list(simulation.state.tasks.values()):
        if task.is_wanted and task.status in STARTING:
            while task.due is not None and task.due <= simulation.now and task.is_wanted:
                _go_on(simulation, task)
            if task.is_wanted and task.due is not None:
                due.append(task.due)
    return min(due, default=None)


def _go_on(simulation: Simulation, task: Task) -> None:
    simulation.note_change()
    now = simulation.now
    if task.step == len(STEPS):
        if task.status == "PENDING":
            task.status, task.due = "ACTIVATING", now + CONTAINERS_START_IN
            task.pull_stopped = now
        else:
            task.status, task.started, task.due = "RUNNING", now, None
        return
    outcome = STEPS[task.step](Attempt(simulation, task))
    if not outcome.failure:
        if task.step > 0:
            task.status = "PENDING"
        task.step, task.retrying, task.due = task.step + 1, False, now + outcome.seconds
    elif task.retrying:
        simulation.stop(task, FAILED_TO_START, outcome.failure)
    else:
        task.status = "PENDING" if task.step > 0 else task.status
        task.retrying, task.due = True, now + outcome.seconds
