"""The macro `revise`: a new revision of the service's task definition with some fields changed, rolled out.

`revise: {containers: {web: {secrets: [...]}}, executionRoleArn: ...}`. Objects are merged, lists
replaced. With `roll_out: false` the revision is only registered.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labs.scenarios.steps import Actor

COPIED = (
    "family taskRoleArn executionRoleArn networkMode containerDefinitions volumes placementConstraints "
    "requiresCompatibilities cpu memory runtimePlatform"
).split()
_REFERENCE = re.compile(r"\$\{([^}]+)\}")


def revise(actor: Actor, wanted: Mapping[str, Any]) -> None:
    cluster, service = actor.known["cluster"], wanted.get("service", actor.known["service"])
    found = actor.call("ecs.describe_services", cluster=cluster, services=[service])["services"][0]
    old = actor.call("ecs.describe_task_definition", taskDefinition=found["taskDefinition"])["taskDefinition"]
    copy = {name: old[name] for name in COPIED if old.get(name)}
    containers = wanted.get("containers", {})
    copy["containerDefinitions"] = [
        merged(container, containers.get(container["name"], {})) for container in copy["containerDefinitions"]
    ]
    copy |= _fields(wanted)
    if not wanted.get("roll_out", True):
        actor.call("ecs.register_task_definition", **copy)
        return
    made = actor.call("ecs.register_task_definition", **copy)["taskDefinition"]["taskDefinitionArn"]
    actor.call("ecs.update_service", cluster=cluster, service=service, taskDefinition=made)


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """As jq's `*` does it."""
    both = {name for name in new if isinstance(new[name], Mapping) and isinstance(old.get(name), Mapping)}
    return {**old, **{name: merged(old[name], new[name]) if name in both else new[name] for name in new}}


def revise_commands(wanted: Mapping[str, Any], known: Mapping[str, str]) -> list[str]:
    """As commands; jq is needed for them."""
    service, fields = wanted.get("service", known["service"]), ",".join(f"{name}:{name}" for name in COPIED)
    edits = [
        f".containerDefinitions |= map(if .name == {json.dumps(name)} "
        f"then . * {_json(change, known)} else . end)"
        for name, change in wanted.get("containers", {}).items()
    ]
    if _fields(wanted):
        edits.append(f". * {_json(_fields(wanted), known)}")
    cluster = known["cluster"]
    return [
        f"REVISION=$(aws ecs describe-services --cluster {cluster} --services {service} "
        "--query 'services[0].taskDefinition' --output text)",
        f'aws ecs describe-task-definition --task-definition "$REVISION" '
        f"--query 'taskDefinition.{{{fields}}}' > task.json",
        f"jq {_quoted('del(..|nulls) | ' + ' | '.join(edits))} task.json > new.json",
        "REVISION=$(aws ecs register-task-definition --cli-input-json file://new.json "
        "--query taskDefinition.taskDefinitionArn --output text)",
        f'aws ecs update-service --cluster {cluster} --service {service} --task-definition "$REVISION"',
    ]


def _fields(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in wanted.items() if name not in ("service", "containers", "roll_out")
    }


def _json(value: Any, known: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda match: known.get(match[1], match[0]), json.dumps(value))


def _quoted(text: str) -> str:
    """In single quotes, but with what the shell has to fill in outside of them."""
    return re.sub(
        _REFERENCE,
        lambda match: "'\"$" + re.sub(r"\W", "_", match[1]).upper() + "\"'",
        shlex.quote(text),
    )
