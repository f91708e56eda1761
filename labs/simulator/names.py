"""What a host name means inside a VPC: a database, tasks behind a name of Cloud Map, or a task's own address.

https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
Names need the VPC's resolver (`enableDnsSupport`); those of a private namespace its host names as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.network import Interface


@dataclass(frozen=True)
class Peer:
    """What a name leads to. `task` is None for a database, which listens on `port` only."""

    interface: Interface
    group_ids: tuple[str, ...]
    task: Task | None = None
    port: int = 0


def resolve(simulation: Simulation, vpc_id: str, host: str) -> list[Peer]:
    """Where the name leads, for somebody in the VPC; nowhere if it is not known there."""
    own = [task for task in simulation.state.tasks.values() if task.interface and task.is_live]
    by_address = [task for task in own if task.interface and task.interface.address == host]
    if by_address:
        return [_task(task) for task in by_address]
    resolves, hostnames = simulation.world.network.resolves_names(vpc_id)
    if not resolves:
        return []
    if host.endswith(".rds.amazonaws.com"):
        found = simulation.world.databases.named(host)
        return [Peer(found.interface, found.group_ids, port=found.port)] if found else []
    return _discovered(simulation, vpc_id, host) if hostnames else []


def _discovered(simulation: Simulation, vpc_id: str, host: str) -> list[Peer]:
    registries = {
        item.arn
        for item in simulation.world.discovery.registries()
        if item.name == host and item.vpc_id == vpc_id
    }
    return [
        _task(task)
        for service in simulation.world.containers.services()
        if registries & set(service.registries)
        for task in simulation.state.tasks_of((service.cluster, service.name))
        if task.serves and task.interface
    ]


def _task(task: Task) -> Peer:
    if task.interface is None:
        raise ValueError("a task without an interface has no name")
    return Peer(task.interface, task.placement.group_ids, task)
