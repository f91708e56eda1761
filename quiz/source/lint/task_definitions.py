"""J002: a task definition is accepted by the API: the service model's shape, and the rules beyond it.

Fargate's CPU and memory pairs, the execution role and the network mode are rules of RegisterTaskDefinition
that the model does not hold: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quiz.source.lint import json_fences, service_model
from quiz.source.lint.source import Source
from quiz.source.question import Finding

NEEDS = "botocore"
CODES: Final[Mapping[str, str]] = {"J002": "A task definition is one that ECS registers."}

_GIB: Final = 1024
# CPU units to the memory sizes that Fargate offers with them, in MiB (the page above, as of 2026-11).
FARGATE_SIZES: Final[Mapping[int, frozenset[int]]] = {
    256: frozenset((512, 1024, 2048)),
    512: frozenset(range(1 * _GIB, 4 * _GIB + 1, _GIB)),
    1024: frozenset(range(2 * _GIB, 8 * _GIB + 1, _GIB)),
    2048: frozenset(range(4 * _GIB, 16 * _GIB + 1, _GIB)),
    4096: frozenset(range(8 * _GIB, 30 * _GIB + 1, _GIB)),
    8192: frozenset(range(16 * _GIB, 60 * _GIB + 1, 4 * _GIB)),
    16384: frozenset(range(32 * _GIB, 120 * _GIB + 1, 8 * _GIB)),
}


def check(source: Source) -> Iterator[Finding]:
    for path, line, document in json_fences.objects(source):
        if "containerDefinitions" in document:
            for problem in task_definition_problems(document):
                yield Finding(path, line, "J002", problem)


def task_definition_problems(document: Mapping[str, Any]) -> Iterator[str]:
    """What RegisterTaskDefinition would refuse, or leave broken, in a whole task definition."""
    problems = list(service_model.problems("ecs", "RegisterTaskDefinition", document))
    yield from problems or _beyond_the_model(document)


def _beyond_the_model(document: Mapping[str, Any]) -> Iterator[str]:
    containers = document["containerDefinitions"]
    fargate = "FARGATE" in document.get("requiresCompatibilities", ())
    if fargate:
        yield from _fargate_size(document)
        if document.get("networkMode") != "awsvpc":
            yield "a Fargate task needs networkMode awsvpc"
    elif "memory" not in document:
        for container in containers:
            if "memory" not in container and "memoryReservation" not in container:
                yield f"container {container.get('name')} has no memory, and neither has the task"
    if "executionRoleArn" not in document and (reason := _needs_execution_role(containers, fargate=fargate)):
        yield f"executionRoleArn is missing: {reason}"
    names = [container.get("name") for container in containers]
    if len(set(names)) != len(names):
        yield "two containers have the same name"
    if all(container.get("essential") is False for container in containers):
        yield "no container is essential"


def _fargate_size(document: Mapping[str, Any]) -> Iterator[str]:
    cpu, memory = _units(document.get("cpu", ""), "vcpu"), _units(document.get("memory", ""), "gb")
    if memory not in FARGATE_SIZES.get(cpu, frozenset()):
        yield f"Fargate has no size with cpu {document.get('cpu')} and memory {document.get('memory')}"


def _units(text: str, unit: str) -> int:
    """`"512"`, `".5 vCPU"` and `"1 GB"` as a number of units; -1 where it is none."""
    number = text.lower().replace(unit, "").strip()
    try:
        return int(float(number) * _GIB) if unit in text.lower() else int(number)
    except ValueError:
        return -1


def _needs_execution_role(containers: list[Mapping[str, Any]], *, fargate: bool) -> str:
    for container in containers:
        if container.get("secrets"):
            return f"container {container.get('name')} has secrets"
        if container.get("repositoryCredentials"):
            return f"container {container.get('name')} has registry credentials"
        if fargate and ".dkr.ecr." in container.get("image", ""):
            return f"Fargate pulls {container['image']} with it"
        if fargate and container.get("logConfiguration", {}).get("logDriver") == "awslogs":
            return "Fargate sends awslogs output with it"
    return ""
