"""The registry is asked which layers make the image: over `ecr.dkr`, as the execution role, by tag or digest.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
What a tag means is settled by the first task of a deployment; all its tasks run that digest:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
"""

from __future__ import annotations

from labs.simulator.paths import aws_service, internet
from labs.simulator.paths.path import Path
from labs.simulator.permissions import decide
from labs.simulator.starting.step import Attempt, Outcome
from labs.world.containers import Container
from labs.world.messages import (
    IMAGE_MISSING,
    IMAGE_WRONG_PLATFORM,
    MANIFEST_TIMEOUT,
    PULL_DENIED,
    REPOSITORY_MISSING,
)
from labs.world.registry import Reference

RETRIES_TAKE = 150.0
PLATFORMS = {"X86_64": "linux/amd64", "ARM64": "linux/arm64"}
ACTIONS = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
OTHER_REGISTRY = "54.236.113.205"  # stands for the address of a registry on the Internet


def take(attempt: Attempt) -> Outcome:
    attempt.task.pull_started = attempt.task.pull_started or attempt.simulation.now
    for container, reference in attempt.images():
        outcome = _resolve(attempt, container, reference)
        if outcome.failure:
            return outcome
    return Outcome(2)


def _resolve(attempt: Attempt, container: Container, reference: Reference) -> Outcome:
    world = attempt.world
    if not reference.in_ecr:
        path = internet.reach(world, attempt.source, OTHER_REGISTRY)
        return Outcome(0) if path.is_free else _timeout(reference, path)
    path = aws_service.reach(world, attempt.source, "ecr.dkr")
    if not path.is_free:
        return _timeout(reference, path)
    repository = world.registry.repository(reference)
    role = world.identity.role(attempt.task.definition.execution_role)
    for action in ACTIONS:
        decision = decide(
            role,
            action,
            reference.repository_arn,
            resource_policy=repository.policy if repository else None,
            other_account=reference.account != world.account,
            endpoint_policy=path.endpoint.policy if path.endpoint else None,
            context=attempt.way(path),
        )
        if not decision.is_allowed:
            why = decision.because(action)
            return Outcome(10, _denied(attempt, reference, action, why))
    if repository is None:
        return Outcome(10, REPOSITORY_MISSING(image=reference.text))
    fixed = attempt.fixed_digests()
    if fixed is not None and container.raw.get("versionConsistency") != "disabled":
        if container.name in fixed:
            reference = reference.at(fixed[container.name])
    else:
        fixed = {}
    image = world.registry.image(reference)
    if image is None:
        return Outcome(10, IMAGE_MISSING(image=reference.text))
    wanted = attempt.task.definition.architecture
    if wanted not in attempt.simulation.application(container.image).architectures:
        return Outcome(10, IMAGE_WRONG_PLATFORM(platform=PLATFORMS[wanted]))
    fixed[container.name] = attempt.task.digests[container.name] = image.digest
    return Outcome(0)


def _timeout(reference: Reference, path: Path) -> Outcome:
    text = MANIFEST_TIMEOUT(
        image=reference.text,
        host=reference.host or "registry-1.docker.io",
        repository=reference.repository,
        version=reference.digest or reference.tag,
        address=path.address,
    )
    return Outcome(RETRIES_TAKE, text)


def _denied(attempt: Attempt, reference: Reference, action: str, why: str) -> str:
    return PULL_DENIED(
        image=reference.text,
        host=reference.host,
        repository=reference.repository,
        version=reference.digest or reference.tag,
        user=attempt.session,
        action=action,
        resource=reference.repository_arn,
        why=why,
    )
