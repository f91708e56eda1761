"""Proves a lab: healthy it passes, broken it fails, wrong repairs fail, accepted repairs pass, still so after
a restart; and its questions take the right answers only."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from labs.checks import apart
from labs.checks.check import Report, check, right_answers
from labs.scenarios.scenario import Scenario, Step
from labs.scenarios.variation import varied
from labs.server.session import Session

FIRST_ACCOUNT = 200_000_000_000
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
    steps: Sequence[Step] = ()
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)  # instead of the right ones
    restart: bool = False


_HEALTHY, _BROKEN = _Plan("healthy", True), _Plan("broken", False)


def verify_all(
    scenarios: Sequence[Scenario], seeds: Sequence[int] = SEEDS, at_once: int | None = None
) -> Iterator[Case]:
    """All cases of several labs, some labs at once."""
    if not apart.POSSIBLE or len(scenarios) == 1:
        for scenario in scenarios:
            yield from verify(scenario, seeds)
        return
    works = [functools.partial(_listed, scenario, seeds) for scenario in scenarios]
    for cases in apart.each_apart(works, at_once or os.cpu_count() or 1):
        yield from cases


def _listed(scenario: Scenario, seeds: Sequence[int]) -> list[Case]:
    return list(verify(scenario, seeds))


def verify(scenario: Scenario, seeds: Sequence[int] = SEEDS) -> Iterator[Case]:
    """All cases of a lab, one after another, without sockets and without waiting."""
    yield from _proved(scenario, _plans(scenario))
    for seed in seeds:
        # Less is proved of a variation: where a fault is left out, half a repair may be a whole one.
        other = varied(scenario, seed)
        repairs = (_Plan(f"repair: {name}", True, steps) for name, steps in other.repairs.items())
        yield from _proved(other, [_HEALTHY, _BROKEN, *repairs])


def _plans(scenario: Scenario) -> Iterator[_Plan]:
    yield from (_HEALTHY, _BROKEN)
    for name, steps in scenario.wrong.items():
        yield _Plan(f"wrong: {name}", False, steps)
    for name, steps in scenario.repairs.items():
        yield _Plan(f"repair: {name}", True, steps, restart=True)
    steps = next(iter(scenario.repairs.values()))
    for question in scenario.questions:
        for choice in (choice for choice in question.choices if (choice,) != question.right):
            name = f"wrong answer to {question.name}: {choice}"
            yield _Plan(name, False, steps, {question.name: (choice,)})


def _proved(scenario: Scenario, plans: Iterable[_Plan]) -> Iterator[Case]:
    """Each plan in a copy of one lab, or in a lab of its own where there are no copies."""
    session: Session | None = None
    is_broken = False
    for plan in plans:
        broken = plan is not _HEALTHY
        if session is None or not apart.POSSIBLE:
            session, is_broken = _built(scenario, broken), broken
        elif broken and not is_broken:
            session.break_down()
            is_broken = True
        if apart.POSSIBLE:
            yield apart.apart(functools.partial(_led, plan, session))
        else:
            yield _led(plan, session)
            session.middleware.close()
    if session is not None:
        session.middleware.close()


def _built(scenario: Scenario, broken: bool) -> Session:
    """A lab in an account of its own, so that two labs in one process cannot meet."""
    account = str(FIRST_ACCOUNT + scenario.number)
    return Session(scenario, account=account, speed=0, broken=broken)


def _led(plan: _Plan, session: Session) -> Case:
    begun = time.perf_counter()
    scenario = session.scenario
    report, problem = _report(plan, session)
    return Case(
        scenario.number,
        plan.name,
        scenario.variation.seed if scenario.variation else None,
        plan.should_pass,
        report,
        time.perf_counter() - begun,
        problem,
    )


def _report(plan: _Plan, session: Session) -> tuple[Report, str]:
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder, "journal.jsonl")
        try:
            if plan.restart:
                session.resume(journal)
            _take(session, plan.steps)
            report = _check(session, plan)
            if not plan.restart or not report.passed:
                return report, ""
            session.middleware.note_time()
            session.middleware.close()
            again = _built(session.scenario, broken=True)
            again.resume(journal)
            report = _check(again, plan)
            again.middleware.close()
            return report, "" if report.passed else "it does not hold after a restart"
        except ClientError as refused:
            return Report((), (), 0.0), " ".join(str(refused).split())


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
    answers = {**right_answers(session.scenario, session.known), **plan.answers}
    return check(session.simulation, session.scenario, session.known, answers)
