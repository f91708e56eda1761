"""What follows when a deployment is found to have failed: no more of its tasks, and perhaps a rollback.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
The service goes back to its last completed deployment.
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment
from labs.world.containers import ServiceSettings
from labs.world.messages import ROLLING_BACK, Message


def fail(
    simulation: Simulation,
    service: ServiceSettings,
    deployment: Deployment,
    *,
    event: Message,
    reason: str,
    back: Message | None,
) -> None:
    """End the deployment for `reason`. With `back`, the reason's wording then, its service is rolled back."""
    key = (service.cluster, service.name)
    known = simulation.state.services[key]
    deployment.rollout, deployment.updated = "FAILED", simulation.now
    deployment.rollout_reason = reason
    simulation.event(key, event(service=service.name, deployment=deployment.id))
    good = next((item for item in known.history if item.rollout == "COMPLETED"), None)
    if good is None or back is None:
        deployment.finished = simulation.now
        return
    deployment.rollout_reason = back(deployment=good.id)
    known.rolling_back = deployment.id
    simulation.event(key, ROLLING_BACK(service=service.name, deployment=good.id))
    simulation.world.containers.set_service(
        service.cluster,
        service.name,
        task_definition=good.revision.task_definition,
        network_configuration=dict(good.revision.network),
    )
