"""ECS: what the API refuses, where moto takes it.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from labs.server.operations import Call, Operation
from labs.server.refusal import Refusal
from labs.world.messages import (
    CLUSTER_HAS_SERVICES,
    CLUSTER_HAS_TASKS,
    FARGATE_NEEDS,
    FARGATE_NEEDS_ROLE,
    FARGATE_NETWORK,
    MIXED_PROVIDERS,
    NO_CONTAINER_OF_THAT_NAME,
    NO_CONTAINER_PORT,
    NO_FARGATE_SIZE,
    NO_LOAD_BALANCER,
    NO_SUCH_TARGET_GROUP,
    WRONG_TARGET_TYPE,
)
from labs.world.registry import parse_reference

GIB = 1024
# CPU units to the memory that goes with them, in MiB.
FARGATE_SIZES: dict[int, Sequence[int]] = {
    256: (512, GIB, 2 * GIB),
    512: range(GIB, 4 * GIB + 1, GIB),
    1024: range(2 * GIB, 8 * GIB + 1, GIB),
    2048: range(4 * GIB, 16 * GIB + 1, GIB),
    4096: range(8 * GIB, 30 * GIB + 1, GIB),
    8192: range(16 * GIB, 60 * GIB + 1, 4 * GIB),
    16384: range(32 * GIB, 120 * GIB + 1, 8 * GIB),
}
FARGATE_PROVIDERS = {"FARGATE", "FARGATE_SPOT"}


def register_task_definition(call: Call) -> Any:
    if "FARGATE" in (call.parameter("requiresCompatibilities") or ()):
        _check_fargate(call)
    return call.ask_moto()


def delete_cluster(call: Call) -> Any:
    cluster = str(call.parameter("cluster") or "default").rsplit("/", 1)[-1]
    if any(item.cluster == cluster and item.active for item in call.simulation.world.containers.services()):
        raise Refusal("ClusterContainsServicesException", CLUSTER_HAS_SERVICES())
    if any(task.cluster == cluster and task.is_live for task in call.simulation.state.tasks.values()):
        raise Refusal("ClusterContainsTasksException", CLUSTER_HAS_TASKS())
    return call.ask_moto()


def check_service(call: Call, definition: str, balancers: Sequence[Mapping[str, Any]]) -> None:
    """Refuse load balancers that do not fit the task definition, and mixed capacity providers."""
    providers = {item["capacityProvider"] for item in call.parameter("capacityProviderStrategy") or ()}
    if providers & FARGATE_PROVIDERS and providers - FARGATE_PROVIDERS:
        raise _invalid(MIXED_PROVIDERS())
    if not balancers:
        return
    containers = {
        container.name: container
        for container in call.simulation.world.containers.task_definition(definition).containers
    }
    for entry in balancers:
        name, port = entry.get("containerName", ""), int(entry.get("containerPort", 0))
        if name not in containers:
            raise _invalid(NO_CONTAINER_OF_THAT_NAME(container=name))
        ports = {int(item["containerPort"]) for item in containers[name].raw.get("portMappings") or ()}
        if port not in ports:
            raise _invalid(NO_CONTAINER_PORT(container=name, port=port))
        _check_target_group(call, str(entry.get("targetGroupArn", "")))


def _check_target_group(call: Call, arn: str) -> None:
    balancing = call.simulation.world.balancing
    group = balancing.target_group(arn)
    if group is None:
        raise _invalid(NO_SUCH_TARGET_GROUP())
    if group.target_type != "ip":  # tasks of labs are in awsvpc mode
        raise _invalid(WRONG_TARGET_TYPE(target_group=arn, kind=group.target_type))
    if balancing.balancer_of(arn) is None:
        raise _invalid(NO_LOAD_BALANCER(target_group=arn))


def _check_fargate(call: Call) -> None:
    if call.parameter("networkMode") != "awsvpc":
        raise _client(FARGATE_NETWORK())
    for name in ("cpu", "memory"):
        if not call.parameter(name):
            raise _client(FARGATE_NEEDS(field=name))
    cpu, memory = _units(call.parameter("cpu"), GIB), _units(call.parameter("memory"), GIB)
    if memory not in FARGATE_SIZES.get(cpu, ()):
        raise _client(NO_FARGATE_SIZE())
    if call.parameter("executionRoleArn"):
        return
    for container in call.parameter("containerDefinitions") or ():
        if parse_reference(container.get("image", "")).in_ecr:
            raise _client(FARGATE_NEEDS_ROLE(what="ECR images"))
        if (container.get("logConfiguration") or {}).get("logDriver") == "awslogs":
            raise _client(FARGATE_NEEDS_ROLE(what="log driver awslogs"))


def _units(text: str, factor: int) -> int:
    """ "512", "0.5 vCPU" or "1 GB" as units or MiB; 0 for what is none."""
    number = str(text).lower().removesuffix("vcpu").removesuffix("gb").strip()
    try:
        value = float(number)
    except ValueError:
        return 0
    return int(value) if number == str(text).strip() else int(value * factor)


def _client(message: str) -> Refusal:
    return Refusal("ClientException", message)


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidParameterException", message)


OPERATIONS: dict[str, Operation] = {
    "register_task_definition": register_task_definition,
    "delete_cluster": delete_cluster,
}
