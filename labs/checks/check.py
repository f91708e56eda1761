"""Checks a lab: lets time pass until nothing is under way, then looks at each outcome and guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from labs.checks.guards import GUARDS
from labs.checks.observation import Check, Known, Observation, Scene
from labs.checks.outcomes import OUTCOMES
from labs.errors import LabError
from labs.scenarios.questions import Question
from labs.scenarios.scenario import Scenario, Verb
from labs.scenarios.steps import filled
from labs.simulator.simulation import Simulation

Answers = Mapping[str, Sequence[str]]

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


def check(
    simulation: Simulation,
    scenario: Scenario,
    known: Known,
    answers: Answers = MappingProxyType({}),
    patience: float = PATIENCE,
) -> Report:
    """`answers` are those to the lab's questions, by name."""
    waited = simulation.settle(patience)
    scene = Scene(simulation, known)
    asked = [_answered(question, answers.get(question.name, ()), known) for question in scenario.questions]
    return Report(
        (*_observe(scene, scenario.outcome, OUTCOMES), *asked),
        tuple(_observe(scene, scenario.guards, GUARDS)),
        waited,
    )


def right_answers(scenario: Scenario, known: Known) -> dict[str, Sequence[str]]:
    """Answers that every check takes, for proofs."""
    return {
        question.name: question.right if question.choices else (filled(question.right[0], known),)
        for question in scenario.questions
    }


def _answered(question: Question, answer: Sequence[str], known: Known) -> Observation:
    """Whether the lab's question is answered rightly; the answer itself stays in the dark."""
    right = bool(answer) and question.is_right(answer, lambda text: filled(text, known))
    observed = "right" if right else "not right yet" if answer else "not answered"
    return Observation("answered", right, question.ask, observed)


def _observe(scene: Scene, verbs: Iterable[Verb], checks: Mapping[str, Check]) -> Iterable[Observation]:
    for verb in verbs:
        for name, parameters in verb.items():
            if name not in checks:
                raise LabError(f"There is no check '{name}'.", f"Known are {', '.join(sorted(checks))}.")
            observation = checks[name](scene, parameters)
            yield replace(observation, because=parameters.get("because", ""))
