"""Outcomes: what customers and owners would see. They never ask how the learner got there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.calls import connected, replaceable
from labs.checks.images import kept
from labs.checks.memory import lives
from labs.checks.observation import Check, Observation, Scene
from labs.checks.rollouts import rolled_out
from labs.scenarios.steps import filled
from labs.simulator.describe import project_logs
from labs.simulator.requests import counted, shares
from labs.simulator.rules.steady_state import is_settled
from labs.simulator.simulation import Simulation
from labs.simulator.starting.log_driver import stream_name
from labs.simulator.state import Task
from labs.world.containers import Container
from labs.world.registry import parse_reference

REQUESTS = 1000  # of which the answers are counted


def stable(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The service runs as many healthy tasks as it should, of one deployment, and none is on its way."""
    simulation, service = scene.simulation, scene.service(wanted["service"])
    key, least = (service.cluster, service.name), int(wanted["at_least"])
    state = simulation.state.services.get(key)
    healthy = sum(map(simulation.state.is_healthy, simulation.state.tasks_of(key)))
    settled = state is not None and is_settled(simulation, service, state)
    observed = f"{healthy} of {service.desired} tasks healthy"
    if not settled:
        observed += _last_stop(simulation, service.cluster, service.name)
    passed = settled and healthy >= least
    return Observation(
        "stable", passed, f"service {service.name} steady with at least {least} tasks", observed
    )


def release(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """All running tasks have the digest of the release, or of the other one that will do."""
    image = wanted["image"]
    right = {scene.known.get(f"digest.{name}") for name in (image, wanted.get("or", image))}
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    running = {task.digests.get(task.definition.containers[0].name, "") for task in tasks}
    images = sorted({task.definition.containers[0].image.rsplit("/", 1)[-1] for task in tasks})
    passed = len(running) == 1 and running <= right
    return Observation(
        "release",
        passed,
        f"running tasks are {wanted.get('called', image)}",
        ", ".join(images) or "no running task",
    )


def answers(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Every request through the load balancer gets the status code."""
    path, status = wanted.get("path", "/"), int(wanted.get("status", 200))
    counts = counted(shares(scene.simulation, wanted["balancer"], path), REQUESTS)
    several = ", ".join(f"HTTP {code}: {count} of {REQUESTS}" for code, count in counts.items())
    observed = (
        "nobody listens" if not counts else several if len(counts) > 1 else f"HTTP {next(iter(counts))}"
    )
    return Observation(
        "answers",
        set(counts) == {status},
        f"GET {path} through {wanted['balancer']} gives {status}",
        observed,
    )


def reaches(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Requests come to each running task of the service, and to no other."""
    path = wanted.get("path", "/")
    found = {share.task for share in shares(scene.simulation, wanted["balancer"], path)}
    running = {task.id for task in scene.tasks(wanted["service"]) if task.serves}
    observed = f"{len(running & found)} of {len(running)} tasks get requests"
    if found - running:
        observed += ", and others do"
    text = f"GET {path} reaches every task of {wanted['service']}"
    return Observation("reaches", bool(running) and found == running, text, observed)


def environment(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Each running task sees these variables with these values. Values stay out of the report."""
    values = {name: filled(str(value), scene.known) for name, value in wanted["values"].items()}
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    wrong: set[str] = set()
    for task in tasks:
        seen = task.environment(task.definition.containers[0])
        wrong |= {name for name, value in values.items() if seen.get(name) != value}
    observed = f"not right: {', '.join(sorted(wrong))}" if wrong else "right" if tasks else "no running task"
    return Observation(
        "environment", bool(tasks) and not wrong, f"the program sees the right {', '.join(values)}", observed
    )


def runs_as(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The program of each running task has the identity that is meant for it."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    roles = sorted({task.definition.task_role.rpartition("/")[2] or "no role" for task in tasks})
    passed = roles == [wanted["role"]]
    observed = ", ".join(roles) or "no running task"
    return Observation("runs-as", passed, f"the program runs as {wanted['role']}", observed)


def logs_arrive(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Every container of every running task has events in its log stream."""
    simulation = scene.simulation
    project_logs(simulation)
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves and task.booted]
    silent = sorted(
        {
            container.name
            for task in tasks
            for container in task.definition.containers
            if not _has_events(simulation, task, container, wanted["group"])
        }
    )
    observed = f"no events from {', '.join(silent)}" if silent else "events from all containers"
    return Observation(
        "logs-arrive",
        bool(tasks) and not silent,
        f"the log group {wanted['group']} gets events from each container",
        observed if tasks else "no running task",
    )


def finished(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """In every running task a program of this image has ended with exit code 0."""
    repository = str(wanted["image"]).rsplit(":", 1)[0]
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    undone = [task for task in tasks if not _has_finished(task, repository)]
    observed = f"{len(tasks) - len(undone)} of {len(tasks)} tasks" if tasks else "no running task"
    return Observation(
        "finished", bool(tasks) and not undone, f"{wanted['called']} has ended well in each task", observed
    )


def _has_finished(task: Task, repository: str) -> bool:
    return any(
        parse_reference(container.image).repository == repository and task.exit_codes.get(container.name) == 0
        for container in task.definition.containers
    )


def _has_events(simulation: Simulation, task: Task, container: Container, group: str) -> bool:
    options = container.log_options
    return (
        container.log_driver == "awslogs"
        and options.get("awslogs-group") == group
        and options.get("awslogs-region", simulation.world.region) == simulation.world.region
        and simulation.world.logs.has_events(group, stream_name(task.id, container))
    )


def _last_stop(simulation: Simulation, cluster: str, service: str) -> str:
    failed = [
        task
        for task in simulation.state.tasks.values()
        if (task.cluster, task.service) == (cluster, service) and task.counted and task.reason
    ]
    return f", the last failure is a {failed[-1].stop_code}" if failed else ""


OUTCOMES: dict[str, Check] = {
    "stable": stable,
    "release": release,
    "answers": answers,
    "reaches": reaches,
    "environment": environment,
    "runs-as": runs_as,
    "logs-arrive": logs_arrive,
    "finished": finished,
    "connected": connected,
    "replaceable": replaceable,
    "kept": kept,
    "lives": lives,
    "rolled-out": rolled_out,
}
