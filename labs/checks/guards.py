"""Guards: wins that break the brief. Each says in the lab why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Check, Observation, Scene
from labs.simulator.permissions import decide

# What an execution role never needs; a policy that allows any of it has become too wide.
TOO_WIDE = (
    "ecr:DeleteRepository",
    "ecs:DeleteService",
    "iam:PassRole",
    "s3:DeleteBucket",
    "secretsmanager:PutSecretValue",
)


def private(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """No task of the service has a public address."""
    public = [
        task for task in scene.tasks(wanted["service"]) if task.placement.public_address and task.is_wanted
    ]
    observed = f"{len(public)} tasks with a public address" if public else "none has one"
    return Observation("private", not public, "tasks without public addresses", observed)


def no_wider_policy(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The role may not do things far from its purpose."""
    world = scene.simulation.world
    role = world.identity.role(f"arn:aws:iam::{world.account}:role/{wanted['role']}")
    allowed = [action for action in TOO_WIDE if decide(role, action, "*").is_allowed]
    observed = f"it may also {', '.join(allowed)}" if allowed else "it may do no more"
    return Observation(
        "no-wider-policy", not allowed, f"role {wanted['role']} no wider than needed", observed
    )


GUARDS: dict[str, Check] = {"private": private, "no-wider-policy": no_wider_policy}
