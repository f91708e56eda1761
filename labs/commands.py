"""Steps of a repair as commands of the AWS CLI, for people to read. Both CLI versions know them all."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from labs.scenarios.scenario import Scenario, Step

_REFERENCE = re.compile(r"\$\{([^}]+)\}")


def commands(scenario: Scenario, steps: Iterable[Step]) -> list[str]:
    """One line a command. References become shell variables such as $SUBNET_PUBLIC_A."""
    found: list[str] = []
    for step in steps:
        name, parameters = next((key, value) for key, value in step.items() if key != "keep")
        if name in _MACROS:
            found += _MACROS[name](scenario, parameters)
            continue
        line = _command(name, parameters)
        for variable, path in step.get("keep", {}).items():
            line = f"{_variable(variable)}=$({line} --query {path} --output text)"
        found.append(line)
    return found


def _command(name: str, parameters: Mapping[str, Any]) -> str:
    service, _, operation = name.partition(".")
    words = ["aws", service, operation.replace("_", "-")]
    for key, value in parameters.items():
        option = "--" + re.sub(r"(?<!^)(?=[A-Z][a-z])|(?<=[a-z0-9])(?=[A-Z])", "-", key).lower()
        if isinstance(value, bool):
            words.append(option if value else option.replace("--", "--no-", 1))
            continue
        values = (
            value if isinstance(value, list) and all(isinstance(item, str) for item in value) else [value]
        )
        words += [option, *(_word(item) for item in values)]
    return " ".join(words)


def _word(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    if _REFERENCE.search(text):
        return '"' + _REFERENCE.sub(lambda match: "$" + _variable(match[1]), text) + '"'
    return shlex.quote(text)


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name).upper()


def _deploy(scenario: Scenario, wanted: Mapping[str, Any]) -> list[str]:
    cluster, service = scenario.options["cluster"], scenario.options["service"]
    family = f"shop-{service}"
    lines = [
        f"aws ecs describe-task-definition --task-definition {family} --query taskDefinition > task.json"
    ]
    if "image" in wanted:
        repository, _, tag = wanted["image"].rpartition(":")
        lines.append(
            f"# in task.json: set the image to ...{repository}:{tag}, and remove what register does not take:"
        )
    lines.append("aws ecs register-task-definition --cli-input-json file://task.json")
    lines.append(
        f"aws ecs update-service --cluster {cluster} --service {service} --task-definition shop-{service}"
    )
    return lines


def _allow(_: Scenario, wanted: Mapping[str, Any]) -> list[str]:
    parameters = {
        "GroupId": wanted["group"],
        "Protocol": "tcp",
        "Port": str(wanted["port"]),
        "SourceGroup": wanted["from"],
    }
    return [_command("ec2.authorize_security_group_ingress", parameters)]


def _endpoints(_: Scenario, wanted: Mapping[str, Any]) -> list[str]:
    lines = []
    for kind, more in (
        ("Interface", '--subnet-ids "$SUBNET_PRIVATE_A" "$SUBNET_PRIVATE_B" --private-dns-enabled'),
        ("Gateway", '--route-table-ids "$ROUTES_PRIVATE"'),
    ):
        group = (
            f" --security-group-ids {_word(wanted['group'])}"
            if kind == "Interface" and "group" in wanted
            else ""
        )
        lines += [
            f'aws ec2 create-vpc-endpoint --vpc-id "$VPC" --vpc-endpoint-type {kind} '
            f"--service-name com.amazonaws.us-east-1.{service} {more}{group}"
            for service in wanted.get(kind.lower(), ())
        ]
    return lines


def _tag(_: Scenario, wanted: Mapping[str, Any]) -> list[str]:
    repository = wanted["repository"]
    return [
        f"MANIFEST=$(aws ecr batch-get-image --repository-name {repository} "
        f"--image-ids imageTag={wanted['from']} --query images[0].imageManifest --output text)",
        f"aws ecr put-image --repository-name {repository} --image-tag {wanted['to']} "
        '--image-manifest "$MANIFEST"',
    ]


def _wait(_: Scenario, time: Any) -> list[str]:
    return [f"ecsquiz lab wait {time}"]


_MACROS = {"deploy": _deploy, "allow": _allow, "endpoints": _endpoints, "tag": _tag, "wait": _wait}
