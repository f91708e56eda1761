"""Guards about the service itself: its size, its health check, and that it served meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.simulator.metrics import outage
from labs.world.balancing import TargetGroup

FAILURES = (400, 404, 500, 502, 503)  # what no health check may take for an answer


def desired(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The service has the agreed size."""
    service, count = scene.service(wanted["service"]), int(wanted["count"])
    return Observation(
        "desired", service.desired == count, f"a desired count of {count}", f"it is {service.desired}"
    )


def checked(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The balancer's health check would still notice a sick task."""
    groups = _groups(scene, wanted["service"])
    lax = [group.name for group in groups if any(_accepts(group.codes, code) for code in FAILURES)]
    observed = (
        f"{', '.join(lax)} takes errors for healthy" if lax else "it asks" if groups else "there is none"
    )
    return Observation("checked", bool(groups) and not lax, "a health check that a sick task fails", observed)


def served(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Since the learner took over, there was always a healthy task."""
    simulation = scene.simulation
    down = sum(
        outage(simulation, group.arn, simulation.state.handed_over, simulation.now)
        for group in _groups(scene, wanted["service"])
    )
    observed = f"nothing answered for {down:.0f} seconds" if down else "somebody always answered"
    return Observation("served", not down, "customers served all the time", observed)


def _groups(scene: Scene, service: str) -> list[TargetGroup]:
    balancing = scene.simulation.world.balancing
    entries = scene.service(service).load_balancers
    return [group for entry in entries if (group := balancing.target_group(entry.target_group)) is not None]


def _accepts(codes: str, code: int) -> bool:
    parts = (part.split("-") for part in codes.split(","))
    return any(int(part[0]) <= code <= int(part[-1]) for part in parts)


def container_checked(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Every task of the service has a container health check that can fail."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.is_wanted]
    without = [task for task in tasks if task.health_status == "NONE"]
    observed = "there is none" if without else "there is one" if tasks else "no task"
    return Observation("container-checked", bool(tasks) and not without, "a container health check", observed)


def probes_traffic(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The target group's health check asks the port that customers are sent to."""
    ports = {entry.target_group: entry.port for entry in scene.service(wanted["service"]).load_balancers}
    elsewhere = [
        group.check_port
        for group in _groups(scene, wanted["service"])
        if group.check_port not in (None, ports[group.arn])
    ]
    observed = f"it asks {elsewhere[0]}" if elsewhere else "it does"
    return Observation(
        "probes-traffic", bool(ports) and not elsewhere, "a health check on the port of the traffic", observed
    )
