"""How each balancer's customers fare is noted whenever it changes, for its metrics.

Simplified: customers ask for "/" at the first listener, at an even rate, since a target first answered.
"""

from __future__ import annotations

from labs.simulator.requests import shares
from labs.simulator.simulation import Simulation
from labs.simulator.state import Flow
from labs.world.balancing import Balancer

PATH = "/"


def apply(simulation: Simulation) -> float | None:
    known = simulation.state.traffic
    now = simulation.once("traffic", lambda: _traffic(simulation))
    for arn in {*now, *known}:
        flows, steps = now.get(arn, ()), known.get(arn, [])
        if not steps and not any(flow.origin == "target" for flow in flows):
            continue
        if steps and steps[-1][0] == simulation.now:
            steps[-1] = (simulation.now, flows)
        elif not steps or steps[-1][1] != flows:
            known.setdefault(arn, []).append((simulation.now, flows))
    return None


def _traffic(simulation: Simulation) -> dict[str, tuple[Flow, ...]]:
    balancing = simulation.world.balancing
    balancers = [found for name in balancing.names() if (found := balancing.balancer(name)) is not None]
    return {balancer.arn: _flows(simulation, balancer) for balancer in balancers}


def _flows(simulation: Simulation, balancer: Balancer) -> tuple[Flow, ...]:
    parts: dict[tuple[str, int, str], float] = {}
    for port in sorted(balancer.rules)[:1]:
        for share in shares(simulation, balancer.name, PATH, port):
            key = (share.group, share.code, share.origin)
            parts[key] = parts.get(key, 0.0) + share.part
    return tuple(Flow(round(part, 9), *key) for key, part in sorted(parts.items()))
