"""The task gets a network interface in its subnet.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
"""

from __future__ import annotations

from labs.simulator.starting.step import Attempt, Outcome
from labs.world.messages import NO_ADDRESS


def take(attempt: Attempt) -> Outcome:
    world, task = attempt.world, attempt.task
    if world.network.subnet(task.subnet_id).free_addresses < 1:
        return Outcome(10, NO_ADDRESS(subnet=task.subnet_id))
    description = world.arn("ecs", f"attachment/{task.id}")
    groups = task.placement.group_ids
    task.interface = world.network.create_interface(
        task.subnet_id, groups, description, f"{attempt.simulation.seed} interface {task.id}"
    )
    return Outcome(8)
