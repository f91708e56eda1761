"""Does the memory last, and at what price?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.simulator.memory import next_end

HOUR = 3600.0


def lives(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """No container of a running task ends for its memory within `hours` of its start."""
    hours = float(wanted["hours"])
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves and task.booted]
    dead = sorted(
        {
            container.name
            for task in tasks
            for container in task.definition.containers
            if task.exit_codes.get(container.name) == 137
        }
    )
    ends = [
        (end.moment - (task.started or 0.0), end.container)
        for task in tasks
        if (end := next_end(scene.simulation, task)) is not None
    ]
    soon = [(after, name) for after, name in ends if after < hours * HOUR]
    if dead:
        observed = f"{', '.join(dead)} has been killed"
    elif soon:
        after, name = min(soon)
        observed = f"{name} ends {_spelled(after)} after its start"
    else:
        observed = "nothing ends for its memory" if tasks else "no running task"
    return Observation(
        "lives", bool(tasks) and not soon and not dead, f"memory that lasts for {hours:g} hours", observed
    )


def task_size(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """No task is larger than agreed, in MiB of memory."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.is_wanted]
    largest = max((int(task.definition.memory or 0) for task in tasks), default=0)
    most = int(wanted["memory"])
    return Observation("task-size", largest <= most, f"tasks of at most {most} MiB", f"{largest} MiB")


def _spelled(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
