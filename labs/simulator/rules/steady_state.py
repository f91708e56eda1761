"""A deployment is complete, and its service steady, when all its tasks are healthy and no older are left.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
"""

from __future__ import annotations

from labs.simulator.rules.deployment_alarms import bake_time
from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment, ServiceState
from labs.world.containers import ServiceSettings
from labs.world.messages import DEPLOYMENT_COMPLETED, ROLLOUT_COMPLETED, STEADY


def apply(simulation: Simulation) -> float | None:
    due = []
    for service in simulation.world.containers.services():
        known = simulation.state.services.get((service.cluster, service.name))
        if known is not None and known.primary is not None:
            _forget_finished(simulation, service, known)
            if is_settled(simulation, service, known):
                due.append(_settle(simulation, service, known, known.primary))
            elif known.primary.settled is not None:
                known.primary.settled = None
                simulation.note_change()
    return min((moment for moment in due if moment is not None), default=None)


def is_settled(simulation: Simulation, service: ServiceSettings, known: ServiceState) -> bool:
    """All wanted tasks are of the newest deployment and healthy, and nothing else is left."""
    primary = known.primary
    tasks = simulation.state.tasks_of((service.cluster, service.name))
    healthy = simulation.state.is_healthy
    return (
        primary is not None
        and service.active
        and len(tasks) == service.desired
        and all(task.deployment == primary.id and healthy(task) for task in tasks)
    )


def _settle(
    simulation: Simulation, service: ServiceSettings, known: ServiceState, primary: Deployment
) -> float | None:
    """The service is steady; its deployment is complete once it is baked. When that will be, if not now."""
    key, due = (service.cluster, service.name), None
    if primary.rollout == "IN_PROGRESS":
        if primary.settled is None:
            primary.settled = simulation.now
        baked = primary.settled + bake_time(simulation, service, primary)
        if simulation.now >= baked:
            primary.rollout, primary.updated, primary.finished = "COMPLETED", simulation.now, simulation.now
            primary.rollout_reason = ROLLOUT_COMPLETED(deployment=primary.id)
            simulation.event(key, DEPLOYMENT_COMPLETED(service=service.name, deployment=primary.id))
        else:
            due = baked
    if not known.steady:
        known.steady = True
        known.quiet.clear()
        simulation.event(key, STEADY(service=service.name))
    return due


def _forget_finished(simulation: Simulation, service: ServiceSettings, known: ServiceState) -> None:
    """Older deployments are listed until their last task has stopped."""
    busy = {task.deployment for task in simulation.state.tasks_of((service.cluster, service.name))}
    kept = [item for item in known.deployments if item is known.primary or item.id in busy]
    if len(kept) != len(known.deployments):
        known.deployments = kept
        simulation.note_change()
