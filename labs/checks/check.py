"""Checks a lab: lets time pass until nothing is under way, then looks at each outcome and guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from labs.checks.guards import GUARDS
from labs.checks.observation import Check, Known, Observation, Scene
from labs.checks.outcomes import OUTCOMES
from labs.errors import LabError
from labs.scenarios.scenario import Scenario, Verb
from labs.simulator.simulation import Simulation

PATIENCE = 1200.0  # virtual seconds that a repair gets to take effect


@dataclass(frozen=True)
class Report:
    """`waited` is how many virtual seconds the check let pass."""

    outcomes: tuple[Observation, ...]
    guards: tuple[Observation, ...]
    waited: float

    @property
    def passed(self) -> bool:
        return all(item.passed for item in (*self.outcomes, *self.guards))

    def as_dict(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "waited": round(self.waited),
            "outcomes": [item.as_dict() for item in self.outcomes],
            "guards": [item.as_dict() for item in self.guards],
        }


def check(simulation: Simulation, scenario: Scenario, known: Known, patience: float = PATIENCE) -> Report:
    waited = simulation.settle(patience)
    scene = Scene(simulation, known)
    return Report(
        tuple(_observe(scene, scenario.outcome, OUTCOMES)),
        tuple(_observe(scene, scenario.guards, GUARDS)),
        waited,
    )


def _observe(scene: Scene, verbs: Iterable[Verb], checks: Mapping[str, Check]) -> Iterable[Observation]:
    for verb in verbs:
        for name, parameters in verb.items():
            if name not in checks:
                raise LabError(f"There is no check '{name}'.", f"Known are {', '.join(sorted(checks))}.")
            observation = checks[name](scene, parameters)
            yield replace(observation, because=parameters.get("because", ""))
