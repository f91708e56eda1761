"""One run of a lab in this process: the stack built, broken, and brought to where its journal ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from labs.scenarios.scenario import Scenario
from labs.scenarios.steps import Actor
from labs.server.journal import Journal, Tick, read_journal
from labs.server.middleware import Middleware
from labs.server.request import USER
from labs.server.transport import InProcess
from labs.simulator.application import Application
from labs.simulator.rules import RULES
from labs.simulator.simulation import Simulation
from labs.stacks import fargate_web
from labs.world.clock import Clock
from labs.world.world import World

ACCOUNT = "123456789012"
REGISTRY_ACCOUNT = "222222222222"
STACKS = {"fargate-web": fargate_web.build}
SETTLE_LIMIT = 1800.0
BUILDER = "terraform"  # who made the stack, for CloudTrail


class Session:
    """`known` holds the names by which the lab refers to its parts."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        account: str = ACCOUNT,
        speed: float = 60.0,
        wall: Callable[[], float] = time.time,
        broken: bool = True,
    ) -> None:
        self.scenario = scenario
        applications = {name: Application.described(entry) for name, entry in scenario.applications.items()}
        # The real lab has nice numbers; proofs side by side have a registry each.
        registry = REGISTRY_ACCOUNT if account == ACCOUNT else str(int(account) + 500_000_000_000)
        world = World(account, registry_account=registry)
        clock = Clock(wall, speed)
        variation = scenario.variation
        seed = f"lab {scenario.number}" + (f" {variation.seed}" if variation else "")
        self.simulation = Simulation(world, clock, RULES, applications, seed, scenario.load)
        self.middleware = Middleware(self.simulation)
        self.call = InProcess(self.middleware)
        self._user = BUILDER
        self._sign()
        world.identity.add_managed_policies()
        self.known = self._build(account)
        self.simulation.settle(SETTLE_LIMIT)
        self.actor = Actor(self._named_call, self.middleware.pass_time, self.known, self._sign)
        if broken:
            self.break_down()
        self._hand_over()

    def break_down(self) -> None:
        """Let everything go wrong that goes wrong in this lab."""
        self._user = BUILDER
        for steps in self.scenario.faults.values():
            self.actor.take(steps)
        self._hand_over()

    def _hand_over(self) -> None:
        self._user = USER
        self.simulation.state.handed_over = self.simulation.now
        self._sign()

    def _sign(self, user: str = "") -> None:
        """From now on it is `user` who changes things; without a name, whose turn it is."""
        self.middleware.user = user or self._user

    def _build(self, account: str) -> dict[str, str]:
        """Make the stack, under other names if the lab is varied."""
        scenario, variation = self.scenario, self.scenario.variation
        known = STACKS[scenario.stack](
            self._named_call,
            account,
            {**scenario.options, "registry_account": self.simulation.world.registry_account},
            scenario.images,
        )
        return variation.known(known) if variation else known

    def _named_call(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """A call whose parameters carry the names of the variation."""
        variation = self.scenario.variation
        return self.call(name, **(variation.named(parameters) if variation else parameters))

    def resume(self, path: Path) -> None:
        """Repeat what the journal holds, then go on writing it."""
        for entry in read_journal(path):
            if isinstance(entry, Tick):
                self.simulation.advance(max(entry.moment - self.simulation.now, 0.0))
            else:
                self.middleware.repeat(entry)
        self.middleware.journal = Journal(path)

    def go_live(self) -> None:
        """From now on wall time counts."""
        self.simulation.clock.take_elapsed()
        self.middleware.live = True
