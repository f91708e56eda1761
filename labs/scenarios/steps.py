"""Steps of a lab: plain API calls `service.operation: {parameters}`, and macros for what takes many.

`${name}` stands for a reference of the stack; `keep: {name: Path.To.Value}` keeps a value of the response;
`by: name` says who did it, for CloudTrail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labs.errors import LabError
from labs.scenarios.revise import revise
from labs.scenarios.scenario import Step
from labs.world.manifest import manifest

_REFERENCE = re.compile(r"\$\{([^}]+)\}")
BESIDE = ("keep", "by")  # keys of a step beside its call
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_COPIED = (
    "family taskRoleArn executionRoleArn networkMode containerDefinitions volumes placementConstraints "
    "requiresCompatibilities cpu memory runtimePlatform"
).split()


def seconds(text: str | float) -> float:
    """ "90", "90s", "5m" or "2h" in seconds."""
    value = str(text).strip()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smh]?)", value)
    if not match:
        raise LabError(f"'{value}' is not a time.", "Write it as 90s, 5m or 1h.")
    return float(match[1]) * _UNITS[match[2] or "s"]


@dataclass
class Actor:
    """Somebody who takes steps: calls the API, remembers references, lets time pass."""

    call: Callable[..., dict[str, Any]]
    wait: Callable[[float], object]
    known: dict[str, str]
    sign: Callable[[str], object] = lambda _user: None  # says who takes the next step

    def take(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self.sign(step.get("by", ""))
            name, parameters = next((key, value) for key, value in step.items() if key not in BESIDE)
            if name in MACROS:
                MACROS[name](self, self.filled(parameters))
                continue
            response = self.call(name, **self.filled(parameters))
            for reference, path in step.get("keep", {}).items():
                value: Any = response
                for part in path.split("."):
                    value = value[int(part)] if part.isdigit() else value[part]
                self.known[reference] = value

    def filled(self, value: Any) -> Any:
        """The value with references put in."""
        if isinstance(value, str):
            return filled(value, self.known)
        if isinstance(value, Mapping):
            return {key: self.filled(item) for key, item in value.items()}
        return [self.filled(item) for item in value] if isinstance(value, list) else value


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with references put in."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise LabError(f"The lab refers to ${{{match[1]}}}, which its stack does not make.")
        return known[match[1]]

    return _REFERENCE.sub(value, text)


def _wait(actor: Actor, time: Any) -> None:
    actor.wait(seconds(time))


def _deploy(actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Register a copy of the task definition with another image or more environment, and roll it out."""
    known = actor.known
    cluster, service = known["cluster"], wanted.get("service", known["service"])
    found = actor.call("ecs.describe_services", cluster=cluster, services=[service])["services"][0]
    old = actor.call("ecs.describe_task_definition", taskDefinition=found["taskDefinition"])["taskDefinition"]
    copy = {name: old[name] for name in _COPIED if old.get(name)}
    container = copy["containerDefinitions"][0]
    if "image" in wanted:
        container["image"] = f"{known['registry']}/{wanted['image']}"
    extra = [{"name": name, "value": str(value)} for name, value in wanted.get("environment", {}).items()]
    container["environment"] = container.get("environment", []) + extra
    made = actor.call("ecs.register_task_definition", **copy)["taskDefinition"]["taskDefinitionArn"]
    network = found["networkConfiguration"]
    if "subnets" in wanted:
        prefix = f"subnet.{wanted['subnets']}."
        network["awsvpcConfiguration"]["subnets"] = [
            known[name] for name in sorted(known) if name.startswith(prefix)
        ]
    if wanted.get("public"):
        network["awsvpcConfiguration"]["assignPublicIp"] = "ENABLED"
    changes = {"taskDefinition": made, "networkConfiguration": network}
    if "count" in wanted:
        changes["desiredCount"] = int(wanted["count"])
    actor.call("ecs.update_service", cluster=cluster, service=service, **changes)


def _allow(actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Let one security group into another on a port."""
    port = int(wanted["port"])
    permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port}
    peers = {"UserIdGroupPairs": [{"GroupId": wanted["from"]}]}
    actor.call(
        "ec2.authorize_security_group_ingress", GroupId=wanted["group"], IpPermissions=[permission | peers]
    )


def _endpoints(actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Make VPC endpoints: `interface` in the private subnets, `gateway` on the private route table."""
    known = actor.known
    prefix = f"com.amazonaws.{known['region']}."
    subnets = [known[name] for name in sorted(known) if name.startswith("subnet.private.")]
    for service in wanted.get("interface", ()):
        actor.call(
            "ec2.create_vpc_endpoint",
            VpcEndpointType="Interface",
            VpcId=known["vpc"],
            ServiceName=prefix + service,
            SubnetIds=subnets,
            SecurityGroupIds=[wanted["group"]],
            PrivateDnsEnabled=True,
        )
    for service in wanted.get("gateway", ()):
        actor.call(
            "ec2.create_vpc_endpoint",
            VpcEndpointType="Gateway",
            VpcId=known["vpc"],
            ServiceName=prefix + service,
            RouteTableIds=[known["routes.private"]],
        )


def _tag(actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Give an image in the repository a further tag."""
    repository = wanted["repository"]
    found = actor.call(
        "ecr.batch_get_image", repositoryName=repository, imageIds=[{"imageTag": wanted["from"]}]
    )
    image = found["images"][0]["imageManifest"]
    actor.call("ecr.put_image", repositoryName=repository, imageTag=wanted["to"], imageManifest=image)


def _push(actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Push a new image; labs know it by `${digest.<image>}`."""
    image = wanted["image"]
    repository, _, tag = image.partition(":")
    pushed = actor.call(
        "ecr.put_image",
        repositoryName=repository,
        imageTag=tag,
        imageManifest=manifest(image, int(wanted.get("megabytes", 40))),
    )
    actor.known[f"digest.{image}"] = pushed["image"]["imageId"]["imageDigest"]


MACROS: dict[str, Callable[[Actor, Any], None]] = {
    "wait": _wait,
    "deploy": _deploy,
    "allow": _allow,
    "endpoints": _endpoints,
    "tag": _tag,
    "push": _push,
    "revise": revise,
}
