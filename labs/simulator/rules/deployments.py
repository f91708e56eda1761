"""A service whose wish differs from what its newest deployment rolls out gets a new deployment.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment, Revision, ServiceState
from labs.world.containers import ServiceSettings
from labs.world.messages import ROLLOUT_RUNNING


def apply(simulation: Simulation) -> float | None:
    for service in simulation.world.containers.services():
        key = (service.cluster, service.name)
        known = simulation.state.services.get(key)
        if known is None:
            known = simulation.state.services[key] = ServiceState(created=simulation.now)
            simulation.note_change()
        primary = known.primary
        if service.active and (primary is None or primary.revision != revision_of(service)):
            _begin(simulation, known, revision_of(service))
        elif primary is not None and primary.desired != service.desired:
            primary.desired = service.desired
            known.steady = False
            simulation.note_change()
    return None


def revision_of(service: ServiceSettings) -> Revision:
    return Revision(
        task_definition=service.task_definition,
        launch_type=service.launch_type,
        network=service.network,
        load_balancers=service.load_balancers,
        exec_enabled=service.exec_enabled,
        forced=service.forced,
    )


def _begin(simulation: Simulation, known: ServiceState, revision: Revision) -> None:
    for older in known.deployments:
        older.status = "ACTIVE"
        older.desired = 0
    now = simulation.now
    made = Deployment(f"ecs-svc/{simulation.new_number()}", revision, created=now, updated=now)
    made.rollback_of, known.rolling_back = known.rolling_back, ""
    made.rollout_reason = ROLLOUT_RUNNING(deployment=made.id)
    known.deployments.insert(0, made)
    known.history.insert(0, made)
    known.steady = False
    known.quiet.clear()
    simulation.note_change()
