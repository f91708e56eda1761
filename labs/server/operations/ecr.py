"""ECR: images as old as they appear to be, and previews of lifecycle policies."""

from __future__ import annotations

import json
from typing import Any

from labs.server.operations import Call, Operation
from labs.server.refusal import Refusal
from labs.simulator.lifecycle import expired
from labs.world.messages import PREVIEW_MISSING
from labs.world.registry import Stored


def describe_images(call: Call) -> Any:
    simulation = call.simulation
    for repository in _repositories(call):
        pushed = {
            image.digest: simulation.clock.shown(image.pushed)
            for image in simulation.stored_images(repository)
        }
        simulation.world.registry.date(repository, pushed)
    return call.ask_moto()


def start_lifecycle_policy_preview(call: Call) -> dict[str, Any]:
    from moto.ecr.exceptions import LifecyclePolicyNotFoundException
    from moto.ecr.policy_validation import EcrLifecyclePolicyValidator

    repository = _repository(call)
    text = call.parameter("lifecyclePolicyText") or ""
    if text:
        EcrLifecyclePolicyValidator(text).validate()
    elif not repository.policy:
        raise LifecyclePolicyNotFoundException(repository.name, repository.account)
    call.simulation.state.previews[repository.name] = text or json.dumps(repository.policy)
    return _preview(call, repository) | {"status": "IN_PROGRESS"}


def get_lifecycle_policy_preview(call: Call) -> dict[str, Any]:
    """The preview, complete at once. What it shows is what the policy would take now."""
    repository, simulation = _repository(call), call.simulation
    if repository.name not in simulation.state.previews:
        raise Refusal(
            "LifecyclePolicyPreviewNotFoundException",
            PREVIEW_MISSING(repository=repository.name, account=repository.account),
        )
    images = simulation.stored_images(repository)
    gone = expired(json.loads(simulation.state.previews[repository.name]), images, simulation.now)
    results = [
        {
            "imageTags": list(image.tags),
            "imageDigest": image.digest,
            "imagePushedAt": simulation.clock.shown(image.pushed),
            "action": {"type": "EXPIRE"},
            "appliedRulePriority": gone[image.digest],
        }
        for image in images
        if image.digest in gone
    ]
    summary = {"expiringImageTotalCount": len(results)}
    return _preview(call, repository) | {"status": "COMPLETE", "previewResults": results, "summary": summary}


def _preview(call: Call, repository: Stored) -> dict[str, Any]:
    return {
        "registryId": repository.account,
        "repositoryName": repository.name,
        "lifecyclePolicyText": call.simulation.state.previews[repository.name],
    }


def _repositories(call: Call) -> list[Stored]:
    world = call.simulation.world
    return world.registry.stored(world.account, world.region)


def _repository(call: Call) -> Stored:
    from moto.ecr.exceptions import RepositoryNotFoundException

    name = call.parameter("repositoryName")
    for repository in _repositories(call):
        if repository.name == name:
            return repository
    raise RepositoryNotFoundException(name, call.simulation.world.account)


OPERATIONS: dict[str, Operation] = {
    "describe_images": describe_images,
    "start_lifecycle_policy_preview": start_lifecycle_policy_preview,
    "get_lifecycle_policy_preview": get_lifecycle_policy_preview,
}
