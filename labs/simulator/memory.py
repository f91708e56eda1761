"""How much memory the programs of a task take, and when one of them is killed for it.

A program takes `base` MiB when it listens and more with every minute, up to a ceiling. A container is killed
at its own hard limit, or, when all containers together reach the task's memory, the largest of them is.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container

MINUTE = 60.0
_HEAP = re.compile(r"-Xmx(\d+)([mMgG])")


@dataclass(frozen=True)
class Curve:
    """MiB over time: from `base` by `rate` a minute up to `ceiling`. Below `least` it cannot work."""

    base: float = 0.0
    rate: float = 0.0
    ceiling: float = math.inf
    least: float = 0.0

    def at(self, seconds: float) -> float:
        return min(self.base + self.rate * max(seconds, 0.0) / MINUTE, self.ceiling)

    def reaches(self, level: float) -> float:
        """Seconds until it takes so much; infinite if it never does."""
        if level <= self.base:
            return 0.0
        if level > self.ceiling or not self.rate:
            return math.inf
        return (level - self.base) / self.rate * MINUTE


def curve(memory: Mapping[str, Any], environment: Mapping[str, str]) -> Curve:
    """From the description of a program: base, per_minute, most, heap, beside, least, bounded_by.

    `heap` names the variable with -Xmx: the program takes that and `beside` at most. `bounded_by` names a
    variable with the MiB that it may take above `base`; 0 or none is no bound.
    """
    base = float(memory.get("base", 0))
    ceiling = float(memory.get("most", math.inf))
    heap = _HEAP.search(environment.get(str(memory.get("heap", "")), ""))
    if heap:
        size = float(heap[1]) * (1024 if heap[2] in "gG" else 1)
        ceiling = min(ceiling, size + float(memory.get("beside", 0)))
    bound = environment.get(str(memory.get("bounded_by", "")), "")
    if bound.isdigit() and int(bound):
        ceiling = min(ceiling, base + int(bound))
    return Curve(
        min(base, ceiling), float(memory.get("per_minute", 0)), ceiling, float(memory.get("least", 0))
    )


@dataclass(frozen=True)
class End:
    """When a container ends for its memory (virtual moment), and whether the kernel killed it."""

    moment: float
    container: str
    killed: bool


def next_end(simulation: Simulation, task: Task) -> End | None:
    """The next container of the task that ends for its memory; None if none ever does."""
    running = {
        container.name: (container, curve(simulation.program(container).memory, task.environment(container)))
        for container in task.definition.containers
        if container.name in task.ready and container.name not in task.exit_codes
    }
    ends = [
        end
        for container, program in running.values()
        if (end := _alone(task, container, program)) is not None
    ]
    together = _together(task, {name: program for name, (_, program) in running.items()})
    if together is not None:
        ends.append(together)
    return min(ends, key=lambda end: end.moment, default=None)


def used(simulation: Simulation, task: Task, moment: float) -> float:
    """MiB that the task takes at a moment."""
    total = 0.0
    for container in task.definition.containers:
        ready = task.ready.get(container.name)
        if ready is not None and ready <= moment:
            program = curve(simulation.program(container).memory, task.environment(container))
            total += program.at(moment - ready)
    return total


def _alone(task: Task, container: Container, program: Curve) -> End | None:
    ready, limit = task.ready[container.name], float(container.raw.get("memory") or math.inf)
    killed = program.reaches(limit) if program.ceiling >= limit else math.inf
    gives_up = program.reaches(program.ceiling) if program.ceiling < program.least else math.inf
    first = min(killed, gives_up)
    return None if math.isinf(first) else End(ready + first, container.name, killed <= gives_up)


def _together(task: Task, programs: Mapping[str, Curve]) -> End | None:
    """When all containers together take what the task has."""
    limit = float(task.definition.memory or math.inf)
    if not programs or sum(program.ceiling for program in programs.values()) < limit:
        return None

    def total(moment: float) -> float:
        return sum(program.at(moment - task.ready[name]) for name, program in programs.items())

    # A sum of lines that only bend down: between two bends it is a line.
    bends = sorted(
        task.ready[name] + (0.0 if not program.rate else min(program.reaches(program.ceiling), 1e12))
        for name, program in programs.items()
    )
    begin = max(task.ready[name] for name in programs)
    for end in [*(bend for bend in bends if bend > begin), begin + 1e12]:
        if total(end) >= limit:
            low, high = total(begin), total(end)
            share = 0.0 if high == low else max(limit - low, 0.0) / (high - low)
            moment = begin + (end - begin) * share
            largest = max(programs, key=lambda name: programs[name].at(moment - task.ready[name]))
            return End(moment, largest, killed=True)
        begin = end
    return None
