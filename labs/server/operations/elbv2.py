"""Elastic Load Balancing: the health of targets, and actions in the long form in which AWS answers them."""

from __future__ import annotations

from typing import Any

from labs.server.operations import Call, Operation
from labs.simulator.describe import target_shape


def describe_target_health(call: Call) -> Any:
    arn = call.parameter("TargetGroupArn")
    own = [target for target in call.simulation.state.targets if target.group == arn]
    if not own and call.simulation.world.balancing.target_group(arn) is None:
        return call.ask_moto()
    wanted = call.parameter("Targets") or []
    if wanted:
        keys = {(item["Id"], item.get("Port")) for item in wanted}
        own = [target for target in own if {(target.address, target.port), (target.address, None)} & keys]
    return {"TargetHealthDescriptions": [target_shape(call.simulation, target) for target in own]}


def describe_listeners(call: Call) -> Any:
    call.simulation.world.balancing.complete_actions()
    return call.ask_moto()


def describe_rules(call: Call) -> Any:
    call.simulation.world.balancing.complete_actions()
    return call.ask_moto()


OPERATIONS: dict[str, Operation] = {
    operation.__name__: operation
    for operation in (describe_target_health, describe_listeners, describe_rules)
}
