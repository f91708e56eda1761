"""One account and region, as the simulator sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from labs.world.alarms import Alarms
from labs.world.balancing import Balancing
from labs.world.containers import Containers
from labs.world.databases import Databases
from labs.world.discovery import Discovery
from labs.world.identity import Identity
from labs.world.logs import Logs
from labs.world.moto_access import REGION, has_region
from labs.world.network import Network
from labs.world.registry import Registry


@dataclass
class World:
    """Everything that rules may ask, by service."""

    account: str
    region: str = REGION
    registry_account: str = ""  # a second account, that of a shared registry; empty: there is none
    known_paths: dict[Any, Any] = field(default_factory=dict)  # answers that hold until the next write
    network: Network = field(init=False)
    identity: Identity = field(init=False)
    registry: Registry = field(init=False)
    balancing: Balancing = field(init=False)
    containers: Containers = field(init=False)
    logs: Logs = field(init=False)
    alarms: Alarms = field(init=False)
    databases: Databases = field(init=False)
    discovery: Discovery = field(init=False)

    def __post_init__(self) -> None:
        self.network = Network(self.account, self.region)
        self.identity = Identity(self.account)
        self.registry = Registry()
        self.balancing = Balancing(self.account, self.region)
        self.containers = Containers(self.account, self.region)
        self.logs = Logs(self.account, self.region)
        self.alarms = Alarms(self.account, self.region)
        self.databases = Databases(self.account, self.region, self.network)
        self.discovery = Discovery(self.account, self.region)

    def logs_in(self, region: str) -> Logs | None:
        """Log groups of a region; None where labs know no such region."""
        return Logs(self.account, region) if has_region(region) else None

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"
