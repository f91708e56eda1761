"""What programs call, and the doors on the way: reachable for those who need them, closed to all others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from labs.checks.observation import Observation, Scene
from labs.simulator.dependencies import troubles
from labs.simulator.paths import security_group
from labs.simulator.permissions import evaluate
from labs.simulator.starting import image_layers, image_manifest, log_driver, registry_login
from labs.simulator.starting.step import Attempt, Step
from labs.simulator.state import Task

STRANGER = "10.20.99.99"  # an address of the VPC that belongs to nobody
FOREIGN_ACCOUNT = "999999999999"
# Steps of a start that change nothing when a task that runs takes them once more.
REPEATABLE: tuple[Step, ...] = (
    registry_login.take,
    log_driver.take,
    image_manifest.take,
    image_layers.take,
)
MANY_PORTS = 100  # a rule for more ports than this is no rule for a service


def connected(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """In each running task everything works that its programs call."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves and task.booted]
    cut_off = [
        task
        for task in tasks
        if any(troubles(scene.simulation, task, container) for container in task.definition.containers)
    ]
    zones = sorted({scene.simulation.world.network.subnet(task.subnet_id).zone for task in cut_off})
    observed = f"{len(tasks) - len(cut_off)} of {len(tasks)} tasks" if tasks else "no running task"
    observed += f", not in {', '.join(zones)}" if zones else ""
    text = f"every task of {wanted['service']} reaches what it needs"
    return Observation("connected", bool(tasks) and not cut_off, text, observed)


def replaceable(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """Each running task could be replaced in its own subnet: registry, log driver and layers are in reach."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.serves]
    stuck = [task for task in tasks if _start_fails(scene, task)]
    zones = sorted({scene.simulation.world.network.subnet(task.subnet_id).zone for task in stuck})
    observed = f"{len(tasks) - len(stuck)} of {len(tasks)} tasks" if tasks else "no running task"
    observed += f", not in {', '.join(zones)}" if zones else ""
    text = f"every task of {wanted['service']} could be replaced where it runs"
    return Observation("replaceable", bool(tasks) and not stuck, text, observed)


def _start_fails(scene: Scene, task: Task) -> bool:
    attempt = Attempt(scene.simulation, replace(task, digests=dict(task.digests)))
    return any(step(attempt).failure for step in REPEATABLE)


def both_zones(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The tasks of the service run in more than one Availability Zone."""
    tasks = [task for task in scene.tasks(wanted["service"]) if task.is_wanted]
    zones = sorted({scene.simulation.world.network.subnet(task.subnet_id).zone for task in tasks})
    return Observation(
        "both-zones", len(zones) > 1, "tasks in more than one zone", ", ".join(zones) or "no task"
    )


def closed_databases(scene: Scene, _: Mapping[str, Any]) -> Observation:
    """No database has a public address; each lets in security groups only, on its own port."""
    found = scene.simulation.world.databases.all()
    open_ways = []
    for item in found:
        if item.is_public:
            open_ways.append("it has a public address")
        if security_group.lets_in(scene.simulation.world, item.group_ids, item.port, STRANGER, ()):
            open_ways.append("it lets addresses in that are no tasks")
        if security_group.lets_in(
            scene.simulation.world, item.group_ids, 22, STRANGER, tuple(_known_groups(scene))
        ):
            open_ways.append("it lets in more than its port")
    observed = ", ".join(open_ways) or ("it is" if found else "it is gone")
    closed = bool(found) and not open_ways
    return Observation("closed-databases", closed, "databases open to tasks only", observed)


def narrow_group(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The tasks' security groups admit neither every port nor everybody."""
    groups = scene.simulation.world.network.security_groups(
        scene.service(wanted["service"]).placement.group_ids
    )
    wide = []
    for group in groups:
        for rule in group.ingress:
            ports = None if rule.from_port is None or rule.to_port is None else rule.to_port - rule.from_port
            if rule.protocol == "-1" or ports is None or ports > MANY_PORTS:
                wide.append(f"{group.id} admits all ports")
            elif rule.cidr:
                wide.append(f"{group.id} admits addresses ({rule.cidr})")
    observed = ", ".join(dict.fromkeys(wide)) or "they are"
    return Observation("narrow-group", not wide, "security groups as narrow as needed", observed)


def _known_groups(scene: Scene) -> list[str]:
    return [value for name, value in scene.known.items() if name.startswith("group.")]


def endpoint_closed(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """No endpoint for S3, old or new, lets anybody read a foreign bucket."""
    world = scene.simulation.world
    resource = f"arn:aws:s3:::{wanted['bucket']}/secret"
    facts = {"aws:ResourceAccount": FOREIGN_ACCOUNT, "aws:PrincipalAccount": world.account}
    task = f"arn:aws:iam::{world.account}:role/any"
    policies = [item.policy for item in world.network.endpoints(scene.known["vpc"]) if item.service == "s3"]
    is_open = any(
        evaluate([policy], "s3:GetObject", resource, facts, task) == "allowed" for policy in policies
    )
    observed = "any bucket may be read" if is_open else "foreign buckets are refused"
    return Observation("endpoint-closed", not is_open, "endpoints for our own buckets only", observed)


def by_name(scene: Scene, wanted: Mapping[str, Any]) -> Observation:
    """The variable of the running tasks names a host, and no address."""
    name = wanted["variable"]
    values = {
        task.environment(container).get(name, "")
        for task in scene.tasks(wanted["service"])
        if task.serves
        for container in task.definition.containers
    }
    addresses = [value for value in values if re.search(r"\d+\.\d+\.\d+\.\d+", value)]
    observed = "an address" if addresses else "a name"
    return Observation("by-name", not addresses, f"{name} with a name", observed)
