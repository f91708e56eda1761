"""The answer to "can it get there?"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from labs.world.network import Endpoint

Obstacle = Literal["", "dns", "timeout"]


@dataclass(frozen=True)
class Source:
    """Where a connection starts: subnet, security groups, whether it has a public address."""

    subnet_id: str
    group_ids: tuple[str, ...]
    public_address: bool = False
    address: str = ""


@dataclass(frozen=True)
class Path:
    """`obstacle` is empty when the way is free. `address` is what the name resolved to."""

    obstacle: Obstacle
    address: str = ""
    endpoint: Endpoint | None = None

    @property
    def is_free(self) -> bool:
        return not self.obstacle
