"""The scheduler starts and stops tasks towards the newest deployment, between the two healthy percents.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html
The lower limit is rounded up, the upper one down.
"""

from __future__ import annotations

import math

from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment, ServiceState, Task
from labs.world.containers import ServiceSettings, placement
from labs.world.messages import BY_SCHEDULER, SCALING, STARTED, STOPPED, STOPPED_PENDING


def apply(simulation: Simulation) -> float | None:
    due = []
    for service in simulation.world.containers.services():
        known = simulation.state.services.get((service.cluster, service.name))
        if known is None or known.primary is None:
            continue
        _stop_surplus(simulation, service, known.primary)
        if service.active:
            _start_missing(simulation, service, known, known.primary)
        if known.primary.hold_until > simulation.now:
            due.append(known.primary.hold_until)
    return min(due, default=None)


def _wanted(simulation: Simulation, service: ServiceSettings) -> list[Task]:
    tasks = simulation.state.tasks_of((service.cluster, service.name))
    return [task for task in tasks if task.is_wanted]


def _stop_surplus(simulation: Simulation, service: ServiceSettings, primary: Deployment) -> None:
    healthy = simulation.state.is_healthy
    wanted = _wanted(simulation, service)
    desired = service.desired if service.active else 0
    new = [task for task in wanted if task.deployment == primary.id]
    surplus = sorted(new, key=lambda task: (healthy(task), -task.created))[: max(len(new) - desired, 0)]
    floor = math.ceil(desired * service.minimum_percent / 100)
    remaining = sum(healthy(task) for task in wanted if task not in surplus)
    for task in sorted((t for t in wanted if t.deployment != primary.id), key=healthy):
        if not healthy(task):
            surplus.append(task)
        elif remaining > floor or not desired:
            remaining -= 1
            surplus.append(task)
    _stop(simulation, service, primary, surplus)


def _stop(simulation: Simulation, service: ServiceSettings, primary: Deployment, tasks: list[Task]) -> None:
    key = (service.cluster, service.name)
    running = [task for task in tasks if task.status == "RUNNING"]
    for task in tasks:
        simulation.stop(task, BY_SCHEDULER, SCALING(deployment=primary.id))
    if running:
        names = " ".join(f"(task {task.id})" for task in running)
        simulation.event(key, STOPPED(service=service.name, count=len(running), tasks=names))
    if len(tasks) > len(running):
        simulation.event(key, STOPPED_PENDING(service=service.name, count=len(tasks) - len(running)))


def _start_missing(
    simulation: Simulation, service: ServiceSettings, known: ServiceState, primary: Deployment
) -> None:
    if primary.rollout == "FAILED" or simulation.now < primary.hold_until:
        return
    wanted = _wanted(simulation, service)
    new = [task for task in wanted if task.deployment == primary.id]
    ceiling = max(math.floor(service.desired * service.maximum_percent / 100), 1)
    missing = min(service.desired - len(new), ceiling - len(wanted))
    if missing <= 0:
        return
    started = [_launch(simulation, service, primary) for _ in range(missing)]
    known.steady = False
    names = " ".join(f"(task {task.id})" for task in started)
    text = STARTED(service=service.name, count=len(started), tasks=names)
    simulation.event((service.cluster, service.name), text)


def _launch(simulation: Simulation, service: ServiceSettings, primary: Deployment) -> Task:
    revision = primary.revision
    return simulation.launch(
        service.cluster,
        simulation.world.containers.task_definition(revision.task_definition),
        placement(revision.network),
        revision.launch_type,
        service=service.name,
        deployment=primary.id,
        group=f"service:{service.name}",
        started_by=primary.id,
        exec_enabled=revision.exec_enabled,
    )
