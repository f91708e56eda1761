"""What customers ask of each task, how much of its processors that takes, and how answers slow down.

A program takes `idle` milliseconds of one vCPU a second and `per_request` for each request. Answers of a
processor that is busy to the part u take 1/(1-u) times as long, as in a queue with one server (M/M/1), and
never more than at SATURATED.
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container

VCPU = 1024.0  # CPU units
SATURATED = 0.99


def requests_to(simulation: Simulation, task: Task, moment: float | None = None) -> float:
    """Requests a second to the task: the lab's load, shared by the tasks that serve with it."""
    at = simulation.now if moment is None else moment
    if not _serves(task, at):
        return 0.0
    service = simulation.world.containers.service(task.cluster, task.service)
    if service is None or not service.load_balancers:
        return 0.0
    serving = [
        other
        for other in simulation.state.tasks.values()
        if (other.cluster, other.service) == (task.cluster, task.service) and _serves(other, at)
    ]
    return simulation.load / len(serving)


def utilization(simulation: Simulation, task: Task, moment: float | None = None) -> float:
    """The part of the task's CPU that its programs ask for at a moment; more than 1 is more than there is."""
    capacity = float(task.definition.cpu or 256) / VCPU * 1000
    rate = requests_to(simulation, task, moment)
    asked = 0.0
    for container in task.definition.containers:
        cpu = simulation.program(container).cpu
        share = rate if _is_asked(simulation, task, container) else 0.0
        asked += float(cpu.get("idle", 0)) + float(cpu.get("per_request", 0)) * share
    return asked / capacity


def stretched(simulation: Simulation, task: Task, container: Container, latency: float) -> float:
    """How long an answer takes now that takes `latency` seconds on an idle processor."""
    if not simulation.program(container).cpu:
        return latency
    busy = simulation.once(("busy", task.id), lambda: utilization(simulation, task))
    return latency / (1 - min(busy, SATURATED))


def _serves(task: Task, moment: float) -> bool:
    ready = [task.ready[item.name] for item in task.definition.containers if item.name in task.ready]
    ended = task.stopping if task.stopping is not None else task.execution_stopped
    return bool(ready) and max(ready) <= moment and (ended is None or moment < ended)


def _is_asked(simulation: Simulation, task: Task, container: Container) -> bool:
    """Whether the container is the one that the load balancer sends requests to."""
    service = simulation.world.containers.service(task.cluster, task.service)
    names = {entry.container for entry in service.load_balancers} if service else set()
    return container.name in names
