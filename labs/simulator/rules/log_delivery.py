"""What containers write arrives in CloudWatch Logs while the driver may write and has a way there.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
Simplified: lines that cannot be sent wait in the driver and arrive when they can; a task that has stopped
meanwhile takes them with it.
"""

from __future__ import annotations

from labs.simulator.paths import aws_service
from labs.simulator.paths.path import Source
from labs.simulator.permissions import decide
from labs.simulator.simulation import Simulation
from labs.simulator.starting.log_driver import stream_name
from labs.simulator.state import Task
from labs.world.containers import Container


def apply(simulation: Simulation) -> float | None:
    for task in simulation.state.tasks.values():
        for container in task.definition.containers if task.is_live else ():
            written = sum(name == container.name for _, name, _ in task.lines)
            if written > task.delivered.get(container.name, 0) and _can_send(simulation, task, container):
                task.delivered[container.name] = written
    return None


def _can_send(simulation: Simulation, task: Task, container: Container) -> bool:
    if container.log_driver != "awslogs" or task.interface is None:
        return False
    world, place = simulation.world, task.placement
    region = container.log_options.get("awslogs-region", world.region)
    group = container.log_options.get("awslogs-group", "")
    name = stream_name(task.id, container)
    stream = f"arn:aws:logs:{region}:{world.account}:log-group:{group}:log-stream:{name}"
    source = Source(task.subnet_id, place.group_ids, place.public_address, task.interface.address)
    path = aws_service.reach(world, source, "logs", region=region)
    return (
        path.is_free
        and decide(
            world.identity.role(task.definition.execution_role),
            "logs:PutLogEvents",
            stream,
            endpoint_policy=path.endpoint.policy if path.endpoint else None,
        ).is_allowed
    )
