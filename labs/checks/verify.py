"""Proves a lab: healthy it passes, broken it fails, wrong repairs fail, accepted repairs pass."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from labs.checks.check import Report, check
from labs.scenarios.scenario import Scenario, Step
from labs.server.session import Session

FIRST_ACCOUNT = 200_000_000_000  # each case gets an account of its own, so that cases cannot meet


@dataclass(frozen=True)
class Case:
    """One proof: what was done, whether the lab should pass then, and what the check said."""

    lab: int
    name: str
    should_pass: bool
    report: Report
    seconds: float

    @property
    def holds(self) -> bool:
        return self.report.passed == self.should_pass

    def as_dict(self) -> dict[str, Any]:
        return {
            "lab": self.lab,
            "case": self.name,
            "should_pass": self.should_pass,
            "holds": self.holds,
            "seconds": round(self.seconds, 3),
            "check": self.report.as_dict(),
        }


def verify(scenario: Scenario, first_account: int = FIRST_ACCOUNT) -> Iterator[Case]:
    """All cases of a lab, one after another, without sockets and without waiting."""
    cases: list[tuple[str, bool, bool, tuple[Step, ...]]] = [
        ("healthy", True, False, ()),
        ("broken", False, True, ()),
    ]
    cases += [(f"wrong: {name}", False, True, steps) for name, steps in scenario.wrong.items()]
    cases += [(f"repair: {name}", True, True, steps) for name, steps in scenario.repairs.items()]
    for number, (name, should_pass, broken, steps) in enumerate(cases):
        begun = time.perf_counter()
        account = str(first_account + scenario.number * 1000 + number)
        session = Session(scenario, account=account, speed=0, broken=broken)
        session.actor.take(steps)
        report = check(session.simulation, scenario, session.known)
        session.middleware.close()
        yield Case(scenario.number, name, should_pass, report, time.perf_counter() - begun)
