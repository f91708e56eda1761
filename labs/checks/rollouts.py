"""How the last rollout went: how long it took, what was left meanwhile, what customers noticed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.scenarios.steps import seconds
from labs.simulator.metrics import cuts, outage
from labs.simulator.state import Deployment
from labs.world.containers import ServiceSettings


def rolled_out(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The last deployment was done `within` a time, kept `keeping` percent of the tasks, lost no request."""
    service = scene.service(wanted["service"])
    state = scene.simulation.state.services[(service.cluster, service.name)]
    within, keeping = seconds(wanted["within"]), int(wanted.get("keeping", 100))
    text = f"a last rollout in {within / 60:g} minutes, with {keeping}% of the tasks and no lost request"
    last = state.history[0]
    if last.finished is None or last.rollout != "COMPLETED":
        return Observation("rolled-out", False, text, "the last rollout is not complete")
    took = last.finished - last.created
    faults = [f"it took {took / 60:.0f} minutes"] if took > within else []
    if len(state.history) > 1:  # a first rollout replaces nothing
        faults += _losses(scene, service, last, keeping)
    return Observation(
        "rolled-out", not faults, text, ", ".join(faults) or f"it took {took / 60:.1f} minutes"
    )


def _losses(scene: Scene, service: ServiceSettings, last: Deployment, keeping: int) -> list[str]:
    """What customers noticed while the deployment ran."""
    begin, end = last.created, last.finished or scene.simulation.now
    floor = math.ceil(service.desired * keeping / 100)
    faults = []
    for entry in service.load_balancers:
        group = entry.target_group
        least = _fewest_healthy(scene, group, begin, end)
        if least < floor:
            faults.append(f"only {least} of {service.desired} tasks were left for a while")
        if down := outage(scene.simulation, group, begin, end):
            faults.append(f"nothing answered for {down:.0f} seconds")
        if cut := cuts(scene.simulation, group, begin, end):
            faults.append(f"{cut} tasks went with requests under way")
    return faults


def _fewest_healthy(scene: Scene, group: str, begin: float, end: float) -> int:
    counts = scene.simulation.state.host_counts.get(group, [])
    before = [both[0] for moment, both in counts if moment <= begin][-1:]
    return min([*before, *(both[0] for moment, both in counts if begin < moment <= end)], default=0)
