"""With the circuit breaker on, a deployment with too many failed tasks fails, and may be rolled back.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from labs.simulator.rules.deployment_failure import fail
from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment
from labs.world.containers import ServiceSettings
from labs.world.messages import DEPLOYMENT_FAILED, ROLLOUT_BROKEN, ROLLOUT_ROLLBACK

LEAST, MOST = 3, 200


def apply(simulation: Simulation) -> float | None:
    for service in simulation.world.containers.services():
        known = simulation.state.services.get((service.cluster, service.name))
        deployment = known.primary if known else None
        if known is None or deployment is None or not service.circuit_breaker.get("enable"):
            continue
        tripped = deployment.failures >= threshold(service.circuit_breaker, service.desired)
        if deployment.rollout == "IN_PROGRESS" and tripped:
            _trip(simulation, service, deployment)
    return None


def threshold(breaker: Mapping[str, Any], desired: int) -> int:
    """How many failed tasks fail the deployment."""
    config = breaker.get("thresholdConfiguration") or {}
    kind, value = config.get("type", "BOUNDED_PERCENT"), int(config.get("value", 50))
    if kind == "COUNT":
        return value
    share = math.ceil(desired * value / 100)
    return share if kind == "UNBOUNDED_PERCENT" else min(max(share, LEAST), MOST)


def _trip(simulation: Simulation, service: ServiceSettings, deployment: Deployment) -> None:
    deployment.tripped = deployment.failures
    fail(
        simulation,
        service,
        deployment,
        event=DEPLOYMENT_FAILED,
        reason=ROLLOUT_BROKEN(),
        back=ROLLOUT_ROLLBACK if service.circuit_breaker.get("rollback") else None,
    )
