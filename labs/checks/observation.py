"""What a check wanted and what it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from labs.errors import LabError
from labs.simulator.simulation import Simulation
from labs.world.containers import ServiceSettings

Known = Mapping[str, str]


@dataclass(frozen=True)
class Observation:
    """`because` gives the reason of a guard."""

    check: str
    passed: bool
    wanted: str
    observed: str
    because: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


Check = Callable[[Simulation, Known, Mapping[str, Any]], Observation]


def service_of(simulation: Simulation, known: Known, name: str) -> ServiceSettings:
    """The service a check is about."""
    found = simulation.world.containers.service(known["cluster"], name)
    if found is None:
        raise LabError(f"The lab checks a service '{name}', which its stack does not make.")
    return found
