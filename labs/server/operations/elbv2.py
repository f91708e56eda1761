"""Elastic Load Balancing: the health of targets."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Operation
from labs.simulator.describe import target_shape
from labs.simulator.simulation import Simulation


def describe_target_health(response: Any, simulation: Simulation, original: Any) -> Any:
    arn = response._get_param("TargetGroupArn")
    own = [target for target in simulation.state.targets if target.group == arn]
    if not own and simulation.world.balancing.target_group(arn) is None:
        return original(response)
    wanted = response._get_param("Targets") or []
    if wanted:
        keys = {(item["Id"], item.get("Port")) for item in wanted}
        own = [target for target in own if {(target.address, target.port), (target.address, None)} & keys]
    return {"TargetHealthDescriptions": [target_shape(simulation, target) for target in own]}


OPERATIONS: dict[str, Operation] = {"describe_target_health": describe_target_health}
