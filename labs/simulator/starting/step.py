"""One step of a task's start: tried at once, and if it fails a last time when its retries are over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from labs.simulator.paths.path import Path, Source
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container
from labs.world.registry import Reference, parse_reference
from labs.world.world import World


@dataclass(frozen=True)
class Outcome:
    """How a step went: virtual seconds it took (or its retries take), and the stopped reason if it failed."""

    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Attempt:
    """A task on its way to RUNNING."""

    simulation: Simulation
    task: Task

    @property
    def world(self) -> World:
        return self.simulation.world

    @property
    def source(self) -> Source:
        """Where the task's connections start."""
        task = self.task
        address = task.interface.address if task.interface else ""
        return Source(task.subnet_id, task.placement.group_ids, task.placement.public_address, address)

    @property
    def session(self) -> str:
        """The caller's ARN in AccessDenied messages."""
        role = self.task.definition.execution_role.rsplit("/", 1)[-1]
        return f"arn:aws:sts::{self.world.account}:assumed-role/{role}/{self.task.id}"

    def way(self, path: Path) -> dict[str, str]:
        """What conditions of policies can know about the way of a call."""
        if path.endpoint is None:
            return {}
        vpc = self.world.network.subnet(self.task.subnet_id).vpc_id
        return {"aws:SourceVpce": path.endpoint.id, "aws:SourceVpc": vpc}

    def fixed_digests(self) -> dict[str, str] | None:
        """The digests of the task's deployment, to be read and completed; None for a task without one."""
        service = self.simulation.state.services.get((self.task.cluster, self.task.service))
        deployments = service.deployments if service else []
        return next((item.digests for item in deployments if item.id == self.task.deployment), None)

    def images(self) -> list[tuple[Container, Reference]]:
        return [
            (container, parse_reference(container.image)) for container in self.task.definition.containers
        ]


Step = Callable[[Attempt], Outcome]
