"""What a check wanted and what it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from labs.errors import LabError
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
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


@dataclass(frozen=True)
class Scene:
    """What checks look at: the simulation, and the names of the lab's parts."""

    simulation: Simulation
    known: Known

    def service(self, name: str) -> ServiceSettings:
        found = self.simulation.world.containers.service(self.known["cluster"], name)
        if found is None:
            raise LabError(f"The service '{name}' is gone.", "Start over: ecsquiz lab stop, then start.")
        return found

    def tasks(self, service: str) -> list[Task]:
        """Tasks of the service that have not stopped yet."""
        return self.simulation.state.tasks_of((self.known["cluster"], service))


Check = Callable[[Scene, Mapping[str, Any]], Observation]
