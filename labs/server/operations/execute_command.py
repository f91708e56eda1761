"""ECS Exec: opening a session in a container.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
"""

from __future__ import annotations

from typing import Any

from labs.server.operations import Call, Operation
from labs.server.refusal import Refusal
from labs.simulator.describe import task_arn
from labs.simulator.paths import aws_service
from labs.simulator.paths.path import Source
from labs.simulator.permissions import decide
from labs.simulator.simulation import Simulation
from labs.simulator.state import Session, Task
from labs.world.messages import EXEC_NO_CONTAINER, EXEC_NOT_CONNECTED, EXEC_NOT_ENABLED

CHANNELS = (
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)


def execute_command(call: Call) -> dict[str, Any]:
    from moto.ecs.exceptions import ClusterNotFoundException, InvalidParameterException

    simulation = call.simulation
    cluster = str(call.parameter("cluster") or "default").rsplit("/", 1)[-1]
    if not simulation.world.containers.has_cluster(cluster):
        raise ClusterNotFoundException
    task: Task | None = simulation.state.tasks.get(call.parameter("task").rsplit("/", 1)[-1])
    if task is None or task.cluster != cluster:
        raise InvalidParameterException("The referenced task was not found.")
    names = [container.name for container in task.definition.containers]
    name = call.parameter("container") or (names[0] if len(names) == 1 else "")
    if name not in names:
        raise InvalidParameterException(EXEC_NO_CONTAINER())
    if not task.exec_enabled or not task.serves or name in task.exit_codes:
        raise InvalidParameterException(EXEC_NOT_ENABLED())
    if not is_connected(simulation, task):
        raise Refusal("TargetNotConnectedException", EXEC_NOT_CONNECTED())
    identity = f"ecs-execute-command-{simulation.new_id()[:17]}"
    simulation.state.sessions[identity] = Session(task.id, name, call.parameter("command"))
    return {
        "clusterArn": simulation.world.arn("ecs", f"cluster/{cluster}"),
        "containerArn": simulation.world.arn("ecs", f"container/{cluster}/{task.id}/{name}"),
        "containerName": name,
        "interactive": bool(call.parameter("interactive")),
        "session": {"sessionId": identity, "streamUrl": f"wss://lab.invalid/{identity}", "tokenValue": "lab"},
        "taskArn": task_arn(simulation, task),
    }


def is_connected(simulation: Simulation, task: Task) -> bool:
    """Whether the agent in the task holds its channel: a way to ssmmessages, and the task role may use it."""
    address = task.interface.address if task.interface else ""
    source = Source(task.subnet_id, task.placement.group_ids, task.placement.public_address, address)
    path = aws_service.reach(simulation.world, source, "ssmmessages")
    role = simulation.world.identity.role(task.definition.task_role)
    policy = path.endpoint.policy if path.endpoint else None
    return path.is_free and all(
        decide(role, action, endpoint_policy=policy).is_allowed for action in CHANNELS
    )


OPERATIONS: dict[str, Operation] = {"execute_command": execute_command}
