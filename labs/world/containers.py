"""Services and task definitions of ECS, read from moto, and results written back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from labs.world.moto_access import backend


@dataclass(frozen=True)
class Container:
    """A container definition. `raw` is the whole of it as the API gave it."""

    name: str
    image: str
    essential: bool
    environment: Mapping[str, str]
    secrets: Mapping[str, str]  # variable to `valueFrom`
    log_driver: str
    log_options: Mapping[str, str]
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class TaskDefinition:
    arn: str
    family: str
    cpu: str
    memory: str
    architecture: str  # X86_64 or ARM64
    execution_role: str
    task_role: str
    containers: tuple[Container, ...]


@dataclass(frozen=True)
class LoadBalancerEntry:
    target_group: str
    container: str
    port: int


@dataclass(frozen=True)
class Placement:
    """Where tasks go: `awsvpcConfiguration`."""

    subnet_ids: tuple[str, ...]
    group_ids: tuple[str, ...]
    public_address: bool


@dataclass(frozen=True)
class ServiceSettings:
    """What the owner of a service asked for, as ECS stores it."""

    cluster: str
    name: str
    arn: str
    active: bool
    task_definition: str
    desired: int
    launch_type: str
    placement: Placement
    load_balancers: tuple[LoadBalancerEntry, ...]
    minimum_percent: int
    maximum_percent: int
    circuit_breaker: Mapping[str, Any]
    alarms: Mapping[str, Any]
    grace_seconds: float
    exec_enabled: bool
    forced: int  # how often a new deployment was forced
    network: Mapping[str, Any]
    registries: tuple[str, ...]  # ARNs of services in Cloud Map


class Containers:
    """ECS of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @cached_property
    def _ecs(self) -> Any:
        return backend("ecs", self._account, self._region)

    def has_cluster(self, name: str) -> bool:
        return name in self._ecs.clusters

    def task_definition(self, reference: str) -> TaskDefinition:
        """By ARN, `family:revision` or family. Raises moto's own API error where there is none."""
        return _task_definition(self._ecs.describe_task_definition(reference))

    def services(self) -> Iterable[ServiceSettings]:
        """Services that ECS itself deploys (rolling updates)."""
        for item in list(self._ecs.services.values()):
            if (item.deployment_controller or {}).get("type", "ECS") == "ECS":
                yield self._settings(item)

    def service(self, cluster: str, name: str) -> ServiceSettings | None:
        item = self._ecs.services.get(f"{cluster}:{name}")
        return self._settings(item) if item is not None else None

    def set_service(self, cluster: str, name: str, **values: Any) -> None:
        """Put values on the service. moto describes any attribute that has the name of an API field."""
        item = self._ecs.services[f"{cluster}:{name}"]
        for attribute, value in values.items():
            setattr(item, attribute, value)

    def force_deployment(self, cluster: str, name: str) -> None:
        item = self._ecs.services[f"{cluster}:{name}"]
        item.lab_forced = getattr(item, "lab_forced", 0) + 1

    def _settings(self, item: Any) -> ServiceSettings:
        deployment = getattr(item, "deployment_configuration", None) or {}
        return ServiceSettings(
            cluster=item.cluster_name,
            name=item.name,
            arn=item.arn,
            active=item.status == "ACTIVE",
            task_definition=self._ecs.describe_task_definition(item.task_definition).arn,
            desired=int(item.desired_count),
            launch_type=item.launch_type,
            placement=placement(item.network_configuration),
            load_balancers=tuple(_load_balancer(entry) for entry in item.load_balancers or ()),
            minimum_percent=_number(deployment.get("minimumHealthyPercent"), 100),
            maximum_percent=_number(deployment.get("maximumPercent"), 200),
            circuit_breaker=deployment.get("deploymentCircuitBreaker") or {},
            alarms=deployment.get("alarms") or {},
            grace_seconds=float(getattr(item, "health_check_grace_period_seconds", None) or 0),
            exec_enabled=bool(getattr(item, "enable_execute_command", False)),
            forced=getattr(item, "lab_forced", 0),
            network=item.network_configuration or {},
            registries=tuple(
                entry["registryArn"] for entry in getattr(item, "service_registries", None) or ()
            ),
        )


def placement(network: Mapping[str, Any] | None) -> Placement:
    """`networkConfiguration` of a service or of RunTask."""
    config = (network or {}).get("awsvpcConfiguration") or {}
    return Placement(
        tuple(config.get("subnets") or ()),
        tuple(config.get("securityGroups") or ()),
        config.get("assignPublicIp") == "ENABLED",
    )


def _number(value: Any, default: int) -> int:
    return default if value is None else int(value)


def _load_balancer(entry: Mapping[str, Any]) -> LoadBalancerEntry:
    return LoadBalancerEntry(
        entry.get("targetGroupArn", ""), entry.get("containerName", ""), int(entry.get("containerPort", 0))
    )


def _task_definition(item: Any) -> TaskDefinition:
    return TaskDefinition(
        arn=item.arn,
        family=item.family,
        cpu=str(item.cpu or ""),
        memory=str(item.memory or ""),
        architecture=(getattr(item, "runtime_platform", None) or {}).get("cpuArchitecture") or "X86_64",
        execution_role=getattr(item, "execution_role_arn", None) or "",
        task_role=getattr(item, "task_role_arn", None) or "",
        containers=tuple(map(_container, item.container_definitions)),
    )


def _container(raw: Mapping[str, Any]) -> Container:
    log = raw.get("logConfiguration") or {}
    return Container(
        name=raw["name"],
        image=raw["image"],
        essential=bool(raw.get("essential", True)),
        environment={entry["name"]: entry["value"] for entry in raw.get("environment") or ()},
        secrets={entry["name"]: entry["valueFrom"] for entry in raw.get("secrets") or ()},
        log_driver=log.get("logDriver", ""),
        log_options=log.get("options") or {},
        raw=raw,
    )
