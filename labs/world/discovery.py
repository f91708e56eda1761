"""Names of AWS Cloud Map, read from moto, and instances written back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.world.moto_access import backend


@dataclass(frozen=True)
class Registry:
    """A service of Cloud Map in a private DNS namespace."""

    arn: str
    name: str  # as it is asked for: orders.shop.local
    vpc_id: str


class Discovery:
    """Cloud Map of one account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    @property
    def _cloud_map(self) -> Any:
        return backend("servicediscovery", self._account, self._region)

    def registries(self) -> list[Registry]:
        spaces = self._cloud_map.namespaces
        found = []
        for item in self._cloud_map.services.values():
            space = spaces.get(item.namespace_id)
            if space is not None and space.type == "DNS_PRIVATE":
                found.append(Registry(item.arn, f"{item.name}.{space.name}", space.vpc or ""))
        return found

    def show(self, arn: str, instances: Mapping[str, Mapping[str, str]]) -> None:
        """Let the service of Cloud Map have these instances: attributes by id."""
        from moto.servicediscovery.models import ServiceInstance

        for item in self._cloud_map.services.values():
            if item.arn == arn:
                item.instances = [
                    ServiceInstance(item.id, identity, identity, dict(attributes))
                    for identity, attributes in instances.items()
                ]
