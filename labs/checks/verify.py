"""Proves a lab: healthy it passes, broken it fails, wrong repairs fail, accepted repairs pass, still so after
a restart; and its questions take the right answers only."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from labs.checks.check import Report, check, right_answers
from labs.scenarios.scenario import Scenario, Step
from labs.scenarios.variation import varied
from labs.server.session import Session

FIRST_ACCOUNT = 200_000_000_000  # each case gets an account of its own, so that cases cannot meet
SEEDS = (1, 2)


@dataclass(frozen=True)
class Case:
    """One proof: what was done, whether the lab should pass then, and what the check said."""

    lab: int
    name: str
    seed: int | None
    should_pass: bool
    report: Report
    seconds: float
    problem: str = ""  # why the proof could not be led to its end

    @property
    def holds(self) -> bool:
        return self.report.passed == self.should_pass and not self.problem

    def line(self) -> str:
        """The proof in one line."""
        seed = "" if self.seed is None else f" (seed {self.seed})"
        expected = "passes" if self.should_pass else "fails"
        mark = "ok  " if self.holds else "NOT "
        problem = f": {self.problem}" if self.problem else ""
        return f"{mark}{self.lab}{seed} {self.name}: {expected} ({self.seconds:.2f} s){problem}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "lab": self.lab,
            "case": self.name,
            "seed": self.seed,
            "should_pass": self.should_pass,
            "holds": self.holds,
            "problem": self.problem,
            "seconds": round(self.seconds, 3),
            "check": self.report.as_dict(),
        }


@dataclass(frozen=True)
class _Plan:
    """A case to be led: `steps` are taken before the check, `answers` given to the lab's questions."""

    name: str
    should_pass: bool
    scenario: Scenario
    broken: bool = True
    steps: Sequence[Step] = ()
    answers: Mapping[str, Sequence[str]] | None = None  # None: the right ones
    restart: bool = False


def verify(
    scenario: Scenario, first_account: int = FIRST_ACCOUNT, seeds: Sequence[int] = SEEDS
) -> Iterator[Case]:
    """All cases of a lab, one after another, without sockets and without waiting."""
    plans = list(_as_written(scenario))
    for seed in seeds:
        plans += _with_seed(varied(scenario, seed))
    for number, plan in enumerate(plans):
        yield _led(plan, str(first_account + scenario.number * 1000 + number))


def _as_written(scenario: Scenario) -> Iterator[_Plan]:
    yield _Plan("healthy", True, scenario, broken=False)
    yield _Plan("broken", False, scenario)
    for name, steps in scenario.wrong.items():
        yield _Plan(f"wrong: {name}", False, scenario, steps=steps)
    for name, steps in scenario.repairs.items():
        yield _Plan(f"repair: {name}", True, scenario, steps=steps, restart=True)
    steps = next(iter(scenario.repairs.values()))
    for question in scenario.questions:
        for choice in (choice for choice in question.choices if (choice,) != question.right):
            yield _Plan(
                f"wrong answer to {question.name}: {choice}",
                False,
                scenario,
                steps=steps,
                answers={question.name: (choice,)},
            )


def _with_seed(scenario: Scenario) -> Iterator[_Plan]:
    """Less is proved of a variation: where a fault is left out, half a repair may be a whole one."""
    yield _Plan("healthy", True, scenario, broken=False)
    yield _Plan("broken", False, scenario)
    for name, steps in scenario.repairs.items():
        yield _Plan(f"repair: {name}", True, scenario, steps=steps)


def _led(plan: _Plan, account: str) -> Case:
    begun = time.perf_counter()
    variation = plan.scenario.variation
    report, problem = _report(plan, account)
    return Case(
        plan.scenario.number,
        plan.name,
        variation.seed if variation else None,
        plan.should_pass,
        report,
        time.perf_counter() - begun,
        problem,
    )


def _report(plan: _Plan, account: str) -> tuple[Report, str]:
    session = Session(plan.scenario, account=account, speed=0, broken=plan.broken)
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder, "journal.jsonl")
        try:
            if plan.restart:
                session.resume(journal)
            _take(session, plan.steps)
            report = _check(session, plan)
            if plan.restart and report.passed:
                session.middleware.note_time()
                session.middleware.close()
                session = Session(plan.scenario, account=account, speed=0)
                session.resume(journal)
                again = _check(session, plan)
                return again, "" if again.passed else "it does not hold after a restart"
            return report, ""
        except ClientError as refused:
            return Report((), (), 0.0), " ".join(str(refused).split())
        finally:
            session.middleware.close()


def _take(session: Session, steps: Sequence[Step]) -> None:
    """Where a fault is left out, its repair may be refused: what it would make is there."""
    variation = session.scenario.variation
    if not (variation and variation.left_out):
        session.actor.take(steps)
        return
    for step in steps:
        with contextlib.suppress(ClientError):
            session.actor.take([step])


def _check(session: Session, plan: _Plan) -> Report:
    answers = {**right_answers(plan.scenario, session.known), **(plan.answers or {})}
    return check(session.simulation, plan.scenario, session.known, answers)
