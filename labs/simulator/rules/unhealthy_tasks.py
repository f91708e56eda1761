"""After its grace period a task with an unhealthy target or container is stopped and replaced.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-unhealthy-event-messages.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import ServiceSettings
from labs.world.messages import (
    BY_SCHEDULER,
    CONTAINER_UNHEALTHY,
    FAILED_CONTAINER_HEALTH,
    FAILED_HEALTH,
    UNHEALTHY,
)


def apply(simulation: Simulation) -> float | None:
    due = []
    for service in simulation.world.containers.services():
        for task in simulation.state.tasks_of((service.cluster, service.name)):
            if not task.serves or task.started is None:
                continue
            grace_ends = task.started + service.grace_seconds
            if simulation.now >= grace_ends:
                _judge(simulation, service, task)
            else:
                due.append(grace_ends)
    return min(due, default=None)


def _judge(simulation: Simulation, service: ServiceSettings, task: Task) -> None:
    if task.health_status == "UNHEALTHY":
        key = (service.cluster, service.name)
        simulation.event(key, CONTAINER_UNHEALTHY(service=service.name, task=task.id))
        task.failed_health = True
        simulation.stop(task, BY_SCHEDULER, FAILED_CONTAINER_HEALTH())
        return
    for target in simulation.state.targets_of(task):
        if target.state != "unhealthy":
            continue
        group = simulation.world.balancing.target_group(target.group)
        name = group.name if group else target.group
        text = UNHEALTHY(
            service=service.name, task=task.id, port=target.port, target_group=name, reason=target.detail
        )
        simulation.event((service.cluster, service.name), text)
        task.failed_health = True
        simulation.stop(task, BY_SCHEDULER, FAILED_HEALTH(target_group=target.group))
        return
