"""A running task of a service is registered in the service's target groups, and taken out when it stops.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
"""

from __future__ import annotations

from labs.simulator.simulation import Simulation
from labs.simulator.state import Target, Task
from labs.world.messages import DEREGISTERED, DEREGISTERING, DRAINING, REGISTERED, REGISTERING

REGISTRATION_TAKES = 2.0


def apply(simulation: Simulation) -> float | None:
    state = simulation.state
    for task in state.tasks.values():
        registered = state.targets_of(task)
        if task.serves and task.service and not registered:
            _register(simulation, task)
        elif not task.is_wanted:
            _deregister(simulation, task, [target for target in registered if target.state != "draining"])
    for target in [t for t in state.targets if t.state == "draining" and (t.due or 0) <= simulation.now]:
        state.targets.remove(target)
        simulation.note_change()
    return min((t.due for t in state.targets if t.state == "draining" and t.due is not None), default=None)


def _longest_request(simulation: Simulation, target: Target) -> float:
    """Seconds that a request to the target may take."""
    programs = [(container, simulation.program(container)) for container in target.task.definition.containers]
    return max(
        (
            program.latency
            for container, program in programs
            if program.port(target.task.environment(container)) == target.port
        ),
        default=0.0,
    )


def _register(simulation: Simulation, task: Task) -> None:
    service = simulation.world.containers.service(task.cluster, task.service)
    if service is None or task.interface is None:
        return
    for entry in service.load_balancers:
        group = simulation.world.balancing.target_group(entry.target_group)
        if group is None or group.target_type != "ip":
            continue
        due = simulation.now + REGISTRATION_TAKES
        target = Target(group.arn, task.interface.address, entry.port, task, due)
        target.set_state("initial", REGISTERING)
        simulation.state.targets.append(target)
        text = REGISTERED(service=task.service, count=1, target_group=group.arn)
        simulation.event((task.cluster, task.service), text)


def _deregister(simulation: Simulation, task: Task, targets: list[Target]) -> None:
    for target in targets:
        group = simulation.world.balancing.target_group(target.group)
        if target.state == "healthy" and _longest_request(simulation, target) > (
            group.drain_seconds if group else 0
        ):
            simulation.state.cuts.append((simulation.now, target.group))
        target.set_state("draining", DEREGISTERING)
        # Only a target that got requests has connections to drain.
        target.due = simulation.now + (group.drain_seconds if group else 0.0)
        key = (task.cluster, task.service)
        simulation.event(key, DEREGISTERED(service=task.service, count=1, target_group=target.group))
        simulation.event(key, DRAINING(service=task.service, deployment=task.deployment, count=1))
