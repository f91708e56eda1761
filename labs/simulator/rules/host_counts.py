"""Each target group's healthy and unhealthy targets are counted whenever they change, for its metrics."""

from __future__ import annotations

from labs.simulator.simulation import Simulation


def apply(simulation: Simulation) -> float | None:
    counts: dict[str, list[int]] = {}
    for target in simulation.state.targets:
        both = counts.setdefault(target.group, [0, 0])
        both[0] += target.state == "healthy"
        both[1] += target.state == "unhealthy"
    known = simulation.state.host_counts
    for group in {*counts, *known}:
        healthy, unhealthy = counts.get(group, [0, 0])
        steps = known.setdefault(group, [])
        if steps and steps[-1][0] == simulation.now:
            steps[-1] = (simulation.now, (healthy, unhealthy))
        elif not steps or steps[-1][1] != (healthy, unhealthy):
            steps.append((simulation.now, (healthy, unhealthy)))
    return None
