"""Failed tasks are counted and told in events; those that never ran throttle the next start.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html: the time between
restarts grows up to 15 minutes, only for tasks that never reached RUNNING; a new deployment starts afresh.
How it grows is not documented; here it doubles from 15 seconds after the third failure in a row.
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Deployment, ServiceKey, ServiceState, Task
from labs.world.messages import CONTAINER_EXITED, FAILED_TO_START, START_IMPAIRED, UNABLE_TO_PLACE

FREE_FAILURES = 3
FIRST_DELAY, LONGEST_DELAY = 15.0, 900.0
NOT_REPEATED_FOR = (
    6 * 3600.0
)  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html


def apply(simulation: Simulation) -> float | None:
    state = simulation.state
    for task in state.tasks.values():
        known = state.services.get((task.cluster, task.service))
        if known is None or task.counted or task.is_wanted:
            continue
        if task.stop_code in (FAILED_TO_START, CONTAINER_EXITED) or task.failed_health:
            task.counted = True
            _count(simulation, known, task)
    for known in state.services.values():
        primary = known.primary
        if (
            primary is not None
            and (primary.failures or primary.streak)
            and _has_healthy_task(simulation, primary)
        ):
            # "Once a deployment has one or more successfully running tasks, the failed task count resets."
            primary.failures = primary.streak = 0
            primary.hold_until = 0.0
            simulation.note_change()
    return None


def _count(simulation: Simulation, known: ServiceState, task: Task) -> None:
    simulation.note_change()
    key = (task.cluster, task.service)
    deployment = next((item for item in known.deployments if item.id == task.deployment), None)
    if task.stop_code == FAILED_TO_START:
        _tell(simulation, key, known, UNABLE_TO_PLACE(service=task.service, reason=task.reason))
    if deployment is None:
        return
    deployment.failures += 1
    deployment.updated = simulation.now
    if task.stop_code == FAILED_TO_START:
        deployment.streak += 1
        if deployment.streak >= FREE_FAILURES:
            delay = min(FIRST_DELAY * 2 ** (deployment.streak - FREE_FAILURES), LONGEST_DELAY)
            deployment.hold_until = simulation.now + delay
            _tell(simulation, key, known, START_IMPAIRED(service=task.service))


def _tell(simulation: Simulation, key: ServiceKey, known: ServiceState, text: str) -> None:
    """Write the event unless the same one was written lately."""
    if known.quiet.get(text, 0.0) <= simulation.now:
        known.quiet[text] = simulation.now + NOT_REPEATED_FOR
        simulation.event(key, text)


def _has_healthy_task(simulation: Simulation, deployment: Deployment) -> bool:
    state = simulation.state
    return any(task.deployment == deployment.id and state.is_healthy(task) for task in state.tasks.values())
