"""Database instances of RDS, read from moto: where a name leads to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any

from labs.world.moto_access import backend
from labs.world.network import Interface, Network

# The address of an instance in its subnet; RDS takes any free one.
HOST_NUMBER = 200


@dataclass(frozen=True)
class Database:
    """An instance that runs, with its network interface and security groups."""

    name: str
    address: str
    port: int
    interface: Interface
    group_ids: tuple[str, ...]
    is_public: bool


class Databases:
    """RDS of one account and region."""

    def __init__(self, account: str, region: str, network: Network) -> None:
        self._account, self._region, self._network = account, region, network

    def all(self) -> list[Database]:
        found = backend("rds", self._account, self._region).databases.values()
        return [self._database(item) for item in found if item.status == "available"]

    def named(self, address: str) -> Database | None:
        """The instance behind the name of an endpoint."""
        return next((item for item in self.all() if item.address == address), None)

    def _database(self, item: Any) -> Database:
        subnets = [self._network.subnet(entry["SubnetIdentifier"]) for entry in item.db_subnet_group.subnets]
        place = next((subnet for subnet in subnets if subnet.zone == item.availability_zone), subnets[0])
        host = str(ipaddress.ip_network(place.cidr)[HOST_NUMBER])
        return Database(
            name=item.db_instance_identifier,
            address=item.address,
            port=int(item.port),
            interface=Interface(f"rds-{item.db_instance_identifier}", host, place.id),
            group_ids=tuple(item.vpc_security_group_ids),
            is_public=bool(item.publicly_accessible),
        )
