"""The simulation: jumps from one due moment to the next and lets the rules act until nothing changes.

A rule is a function `apply(simulation) -> float | None`. It does what is due at `simulation.now`, and says
when it next has something to do by itself (None: only after a change). Acting again at the same moment must
change nothing, so that it does not matter in how many pieces time passes.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from labs.simulator.application import Application
from labs.simulator.lifecycle import StoredImage
from labs.simulator.state import Event, ServiceKey, State, Task
from labs.simulator.trail import Trail
from labs.world.clock import Clock
from labs.world.containers import Container, Placement, TaskDefinition
from labs.world.registry import Stored, parse_reference
from labs.world.world import World

Answer = TypeVar("Answer")
Rule = Callable[["Simulation"], "float | None"]

MOST_ROUNDS = 100  # of the rules at one moment; more means that two rules undo each other
KEPT_FOR = 24 * 3600.0  # AWS shows stopped tasks for an hour; a lab keeps the evidence longer


@dataclass
class Simulation:
    """One world, its clock and what the simulator holds about it."""

    world: World
    clock: Clock
    rules: Sequence[Rule]
    applications: Mapping[str, Application] = field(default_factory=dict)
    seed: str = "0"
    load: float = 1.0  # requests a second from the lab's customers
    state: State = field(default_factory=State)
    changed: bool = False
    revision: int = 0  # grows with every change
    answers: dict[object, tuple[int, Any]] = field(default_factory=dict)  # worked out at a revision
    trail: Trail = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(f"simulation {self.seed}")  # noqa: S311 - ids, not secrets
        self.trail = Trail(self.seed)

    @property
    def now(self) -> float:
        return self.clock.now

    # -- time

    def catch_up(self) -> float:
        """Let as much virtual time pass as the wall clock asks for; seconds."""
        elapsed = self.clock.take_elapsed()
        self.advance(elapsed)
        return elapsed

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        due = self.act()
        while due is not None and due <= end:
            self.clock.now = max(self.now, due)
            due = self.act()
        self.clock.now = end

    def settle(self, limit: float) -> float:
        """Let time pass until nothing is under way or due within `limit` seconds; how many it took."""
        begun = self.now
        due = self.act()
        while due is not None and due - begun <= limit:
            self.advance(max(due - self.now, 0.0))
            due = self.act()
        return self.now - begun

    def act(self) -> float | None:
        """Let the rules act at this moment until nothing changes; the moment of what is due next."""
        for _ in range(MOST_ROUNDS):
            self.changed = False
            moments = [moment for rule in self.rules if (moment := rule(self)) is not None]
            if not self.changed:
                return min(moments, default=None)
        raise RuntimeError(f"the rules do not come to rest at virtual second {self.now}")

    def world_changed(self) -> None:
        """Tell that somebody wrote to the world: what was settled must be looked at again."""
        self.revision += 1
        self.world.known_paths.clear()
        for target in self.state.targets:
            group = self.world.balancing.target_group(target.group)
            if group is not None and target.due is None and target.state != "draining":
                target.due = self.now + group.interval
        for task in [t for t in self.state.tasks.values() if t.stopped and self.now - t.stopped > KEPT_FOR]:
            del self.state.tasks[task.id]

    # -- things that rules do

    def note_change(self) -> None:
        self.changed = True
        self.revision += 1

    def once(self, key: object, work: Callable[[], Answer]) -> Answer:
        """The answer of `work`, worked out again only after something has changed."""
        revision, answer = self.answers.get(key, (-1, None))
        if revision != self.revision:
            answer = work()
            self.answers[key] = (self.revision, answer)
        found: Answer = answer
        return found

    def new_id(self) -> str:
        return f"{self._random.getrandbits(128):032x}"

    def new_number(self) -> int:
        return self._random.randrange(10**18, 10**19)

    def application(self, image: str) -> Application:
        """The program in an image, found by `repository:tag`, then by repository."""
        reference = parse_reference(image)
        known = self.applications
        digest_tag = ""
        if reference.digest and reference.in_ecr:
            found = self.world.registry.image(reference)
            digest_tag = found.tags[0] if found and found.tags else ""
        tagged = f"{reference.repository}:{reference.tag or digest_tag}"
        return known.get(tagged) or known.get(reference.repository) or Application()

    def program(self, container: Container) -> Application:
        """The program that a container runs."""
        return self.application(container.image).started_by(container.raw)

    def stored_images(self, repository: Stored) -> list[StoredImage]:
        """The images of the repository with the moments at which they were pushed."""
        moments = self.state.pushed
        return [
            StoredImage(image.digest, image.tags, moments.get((repository.name, image.digest), self.now))
            for image in repository.images
        ]

    def event(self, key: ServiceKey, text: str) -> None:
        identity = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        self.state.services[key].events.insert(0, Event(identity, self.now, text))
        self.note_change()

    def launch(
        self,
        cluster: str,
        definition: TaskDefinition,
        placement: Placement,
        launch_type: str,
        *,
        service: str = "",
        deployment: str = "",
        group: str = "",
        started_by: str = "",
        exec_enabled: bool = False,
    ) -> Task:
        """Begin a task, in the subnet with the fewest tasks of its service."""
        live = [task for task in self.state.tasks.values() if task.is_live and task.service == service]
        subnet_id = min(
            placement.subnet_ids, key=lambda subnet: sum(task.subnet_id == subnet for task in live)
        )
        task = Task(
            id=self.new_id(),
            cluster=cluster,
            group=group or f"family:{definition.family}",
            definition=definition,
            placement=placement,
            subnet_id=subnet_id,
            launch_type=launch_type,
            created=self.now,
            service=service,
            deployment=deployment,
            started_by=started_by,
            exec_enabled=exec_enabled,
            due=self.now,
        )
        self.state.tasks[task.id] = task
        self.note_change()
        return task

    def stop(self, task: Task, code: str, reason: str) -> None:
        """Begin to stop a task. The first reason is the one that stays."""
        if not task.is_wanted:
            return
        task.desired, task.stop_code, task.reason, task.stopping = "STOPPED", code, reason, self.now
        task.due = self.now
        self.note_change()
