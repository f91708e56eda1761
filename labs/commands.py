"""Steps of a repair as commands of the AWS CLI, to read or to paste. Both CLI versions know them all."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from labs.scenarios.revise import revise_commands
from labs.scenarios.scenario import Step
from labs.scenarios.steps import BESIDE

Known = Mapping[str, str]

_REFERENCE = re.compile(r"\$\{([^}]+)\}")
_WORD_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_COPIED = (
    "family taskRoleArn executionRoleArn networkMode containerDefinitions requiresCompatibilities cpu memory"
).split()


def commands(steps: Iterable[Step], known: Known) -> list[str]:
    """One line a command. `known` gives the ids of the lab's parts; what a step keeps becomes a variable."""
    found: list[str] = []
    for step in steps:
        name, parameters = next((key, value) for key, value in step.items() if key not in BESIDE)
        if name in _MACROS:
            found += _MACROS[name](parameters, known)
            continue
        line = _command(name, parameters, known)
        for variable, path in step.get("keep", {}).items():
            line = f"{_variable(variable)}=$({line} --query {path} --output text)"
        found.append(line)
    return found


def _command(name: str, parameters: Mapping[str, Any], known: Known) -> str:
    called, _, operation = name.rpartition(".")
    service, _, where = called.partition("@")
    words = ["aws", service, operation.replace("_", "-")]
    for key, value in parameters.items():
        option = "--" + _WORD_BORDER.sub("-", key).lower()
        if isinstance(value, bool):
            words.append(option if value else option.replace("--", "--no-", 1))
            continue
        several = isinstance(value, list) and all(isinstance(item, str) for item in value)
        words += [option, *(_word(item, known) for item in (value if several else [value]))]
    if where:
        words += ["--profile", where] if where == "registry" else ["--region", where]
    return " ".join(words)


def _word(value: Any, known: Known) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    text = _REFERENCE.sub(lambda match: known.get(match[1], match[0]), text)
    if _REFERENCE.search(text):
        return '"' + _REFERENCE.sub(lambda match: "$" + _variable(match[1]), text) + '"'
    return shlex.quote(text)


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name).upper()


def _deploy(wanted: Mapping[str, Any], known: Known) -> list[str]:
    cluster, service, family = known["cluster"], known["service"], known["family"]
    fields = ",".join(f"{name}:{name}" for name in _COPIED)
    lines = [
        f"aws ecs describe-task-definition --task-definition {family} "
        f"--query 'taskDefinition.{{{fields}}}' > task.json"
    ]
    if "image" in wanted:
        repository = wanted["image"].rpartition(":")[0]
        lines.append(f"sed -i.old 's#{repository}:[^\"]*#{wanted['image']}#' task.json")
    lines.append("aws ecs register-task-definition --cli-input-json file://task.json")
    lines.append(f"aws ecs update-service --cluster {cluster} --service {service} --task-definition {family}")
    return lines


def _allow(wanted: Mapping[str, Any], known: Known) -> list[str]:
    parameters = {
        "GroupId": wanted["group"],
        "Protocol": "tcp",
        "Port": str(wanted["port"]),
        "SourceGroup": wanted["from"],
    }
    return [_command("ec2.authorize_security_group_ingress", parameters, known)]


def _endpoints(wanted: Mapping[str, Any], known: Known) -> list[str]:
    subnets = [f"${{{name}}}" for name in sorted(known) if name.startswith("subnet.private.")]
    lines = []
    for kind in ("Interface", "Gateway"):
        for service in wanted.get(kind.lower(), ()):
            parameters: dict[str, Any] = {
                "VpcEndpointType": kind,
                "VpcId": "${vpc}",
                "ServiceName": f"com.amazonaws.{known['region']}.{service}",
            }
            if kind == "Interface":
                groups = [wanted["group"]]
                parameters |= {"SubnetIds": subnets, "SecurityGroupIds": groups, "PrivateDnsEnabled": True}
            else:
                parameters |= {"RouteTableIds": ["${routes.private}"]}
            lines.append(_command("ec2.create_vpc_endpoint", parameters, known))
    return lines


def _tag(wanted: Mapping[str, Any], _: Known) -> list[str]:
    repository = wanted["repository"]
    return [
        f"MANIFEST=$(aws ecr batch-get-image --repository-name {repository} "
        f"--image-ids imageTag={wanted['from']} --query 'images[0].imageManifest' --output text)",
        f"aws ecr put-image --repository-name {repository} --image-tag {wanted['to']} "
        '--image-manifest "$MANIFEST"',
    ]


def _push(wanted: Mapping[str, Any], known: Known) -> list[str]:
    return [f"docker push {known['registry']}/{wanted['image']}"]


def _wait(time: Any, _: Known) -> list[str]:
    return [f"ecsquiz lab wait {time}"]


_MACROS = {
    "deploy": _deploy,
    "allow": _allow,
    "endpoints": _endpoints,
    "tag": _tag,
    "push": _push,
    "wait": _wait,
    "revise": revise_commands,
}
