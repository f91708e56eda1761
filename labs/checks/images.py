"""What becomes of images in their repository: kept while they run, cleaned up, pulled on one way only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.errors import LabError
from labs.simulator.lifecycle import DAY, StoredImage, expired
from labs.simulator.permissions import evaluate
from labs.world.registry import Stored, parse_reference

BUILDS_TO_COME, DAYS_TO_COME = 200, 60
PULLING = "ecr:BatchGetImage"


def kept(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """No lifecycle rule takes an image that runs, whatever is pushed in the next two months."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    running = {digest for task in tasks for digest in task.digests.values()}
    repository = _repository(scene, wanted["repository"])
    taken = running & set(_to_come(scene, repository, wanted["build"]))
    observed = "a rule would take it" if taken else "it stays" if running else "no running task"
    return Observation(
        "kept", bool(running) and not taken, "the image that runs stays in the repository", observed
    )


def cleans_up(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Old builds still go, down to `most`."""
    repository, most = _repository(scene, wanted["repository"]), int(wanted["most"])
    gone = _to_come(scene, repository, wanted["build"])
    left = len(repository.images) + BUILDS_TO_COME - len(gone)
    return Observation(
        "cleans-up",
        left <= most,
        f"no more than {most} images stay in {wanted['repository']}",
        f"{left} of the next {BUILDS_TO_COME} builds would be there",
    )


def only_through(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The repository's own policy refuses the role on any way but the VPC's endpoints."""
    reference = parse_reference(f"{scene.known['registry']}/{wanted['repository']}:any")
    found = scene.simulation.world.registry.repository(reference)
    role = f"arn:aws:iam::{scene.simulation.world.account}:role/{wanted['role']}"
    elsewhere = {
        "aws:PrincipalArn": role,
        "aws:SourceVpce": "vpce-0ffffffffffffffff",
        "aws:SourceVpc": "vpc-0f",
    }
    ways = ({"aws:PrincipalArn": role}, elsewhere)
    policies = [found.policy] if found and found.policy else []
    refused = all(
        evaluate(policies, PULLING, reference.repository_arn, way, role) == "explicitDeny" for way in ways
    )
    observed = "refused on others" if refused else "allowed on others, too"
    return Observation(
        "only-through", refused, f"{wanted['role']} pulls through our endpoints only", observed
    )


def _repository(scene: Scene, name: str) -> Stored:
    world = scene.simulation.world
    for repository in world.registry.stored(world.account, world.region):
        if repository.name == name:
            return repository
    raise LabError(f"The repository '{name}' is gone.", "Start over: ecsquiz lab reset")


def _to_come(scene: Scene, repository: Stored, build: str) -> dict[str, int]:
    """What the policy will have taken when many more builds are there, tagged `build` and a number."""
    simulation = scene.simulation
    end = simulation.now + DAYS_TO_COME * DAY
    step = DAYS_TO_COME * DAY / BUILDS_TO_COME
    builds = [
        StoredImage(f"to come {number}", (f"{build}{90_000 + number}",), simulation.now + step * number)
        for number in range(1, BUILDS_TO_COME + 1)
    ]
    return expired(repository.policy, [*simulation.stored_images(repository), *builds], end)
