"""A lab as its folder describes it: `<number>-<slug>/lab.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labs.errors import LabError
from labs.scenarios.questions import Question, read_questions
from labs.scenarios.variation import Variation, Vary, read_vary

Step = Mapping[str, Any]
Verb = Mapping[str, Mapping[str, Any]]  # one name and its parameters


@dataclass(frozen=True)
class Scenario:
    """One lab. Steps are API calls or the macros of `labs.scenarios.steps`. All fields: docs/lab-guide.md"""

    number: int
    slug: str
    title: str
    level: str
    minutes: int
    question: int
    brief: str
    stack: str
    options: Mapping[str, Any]
    images: tuple[str, ...]
    applications: Mapping[str, Mapping[str, Any]]
    faults: Mapping[str, tuple[Step, ...]]
    outcome: tuple[Verb, ...]
    guards: tuple[Verb, ...]
    hints: tuple[str, ...]
    repairs: Mapping[str, tuple[Step, ...]]
    wrong: Mapping[str, tuple[Step, ...]]
    debrief: str
    vary: Vary = field(default_factory=Vary)
    questions: tuple[Question, ...] = ()
    load: float = 1.0  # requests a second from customers
    variation: Variation | None = None  # None: the lab as written

    @property
    def name(self) -> str:
        return f"{self.number}-{self.slug}"

    def named(self, text: str) -> str:
        """The text with the names that the variation gives things."""
        return str(self.variation.named(text)) if self.variation else text


def read_scenario(folder: Path) -> Scenario:
    """Read a lab's folder. LabError names the file and what is missing in it."""
    import yaml

    path = folder / "lab.yaml"
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        entry = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both loaders are safe
        number, _, slug = folder.name.partition("-")
        return Scenario(
            number=int(number),
            slug=slug,
            title=entry["title"],
            level=entry["level"],
            minutes=int(entry["minutes"]),
            question=int(entry["question"]),
            brief=entry["brief"],
            stack=entry["stack"]["use"],
            options=entry["stack"]["options"],
            images=tuple(entry.get("images", ())),
            applications=entry.get("applications", {}),
            faults=_named_steps(entry["faults"]),
            outcome=tuple(entry["outcome"]),
            guards=tuple(entry.get("guards", ())),
            hints=tuple(entry["hints"]),
            repairs=_named_steps(entry["repairs"]),
            wrong=_named_steps(entry["wrong"]),
            debrief=entry["debrief"],
            vary=read_vary(entry.get("vary", {}), entry["faults"]),
            questions=read_questions(entry.get("questions", {})),
            load=float(entry.get("load", 1.0)),
        )
    except LabError as problem:
        raise LabError(f"{path}: {problem.message}", problem.remedy) from problem
    except KeyError as missing:
        raise LabError(
            f"{path}: the entry {missing} is missing.", "Compare with another lab.yaml."
        ) from missing
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as problem:
        text = " ".join(str(problem).split())
        raise LabError(f"{path}: not a lab: {text}", "Compare with another lab.yaml.") from problem


def _named_steps(entry: Mapping[str, Any]) -> dict[str, tuple[Step, ...]]:
    return {name: tuple(steps) for name, steps in entry.items()}
