"""What the simulator keeps for itself: tasks, targets, deployments, events. Moments are virtual seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labs.world.containers import Container, Placement, TaskDefinition
from labs.world.messages import CHECKING, REGISTERING, HealthReason
from labs.world.network import Interface

ServiceKey = tuple[str, str]  # cluster, service name


@dataclass
class Task:
    """One task. `due` is when something happens to it next (None: nothing by itself)."""

    id: str
    cluster: str
    group: str
    definition: TaskDefinition
    placement: Placement
    subnet_id: str
    launch_type: str
    created: float
    service: str = ""
    deployment: str = ""
    started_by: str = ""
    exec_enabled: bool = False
    status: str = "PROVISIONING"
    desired: str = "RUNNING"
    due: float | None = None
    step: int = 0  # which step of the start is under way
    retrying: bool = False  # the step has failed; its last retry is at `due`
    interface: Interface | None = None
    digests: dict[str, str] = field(default_factory=dict)  # container name to image digest
    pull_started: float | None = None
    pull_stopped: float | None = None
    started: float | None = None
    stopping: float | None = None
    execution_stopped: float | None = None
    stopped: float | None = None
    stop_code: str = ""
    reason: str = ""
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)  # by container, as read at the start
    exit_codes: dict[str, int] = field(default_factory=dict)
    container_reasons: dict[str, str] = field(default_factory=dict)  # why a container ended
    ready: dict[str, float] = field(default_factory=dict)  # container to the moment its program had booted
    ended: dict[str, float] = field(
        default_factory=dict
    )  # container to the moment its program ended by itself
    troubled: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # by container: what it last complained of
    lines: list[tuple[float, str, str]] = field(default_factory=list)  # moment, container, what it logged
    health: dict[str, str] = field(default_factory=dict)  # by container: what its own health check says
    health_checked: dict[str, float] = field(default_factory=dict)
    health_failures: dict[str, int] = field(default_factory=dict)  # in a row
    delivered: dict[str, int] = field(default_factory=dict)  # lines in CloudWatch Logs, by container
    failed_health: bool = False
    counted: bool = False  # as a failure of its deployment
    booted: bool = False

    def environment(self, container: Container) -> dict[str, str]:
        """What the container sees, letter by letter: ECS puts nothing in the place of `${NAME}`."""
        return {**container.environment, **self.secrets.get(container.name, {})}

    @property
    def health_status(self) -> str:
        """HEALTHY, UNHEALTHY or UNKNOWN by the health checks of essential containers; NONE if it has none."""
        checked = [
            self.health.get(item.name, "UNKNOWN")
            for item in self.definition.containers
            if item.essential and item.raw.get("healthCheck", {}).get("command", ["NONE"])[0] != "NONE"
        ]
        return next((each for each in ("UNHEALTHY", "UNKNOWN", "HEALTHY") if each in checked), "NONE")

    @property
    def is_live(self) -> bool:
        return self.status != "STOPPED"

    @property
    def is_wanted(self) -> bool:
        return self.desired == "RUNNING"

    @property
    def serves(self) -> bool:
        return self.status == "RUNNING" and self.is_wanted


@dataclass
class Target:
    """A task registered in a target group under its address and port."""

    group: str
    address: str
    port: int
    task: Task
    due: float | None
    state: str = "initial"
    reason: HealthReason | None = REGISTERING
    detail: str = ""
    passed: int = 0
    failed: int = 0

    def set_state(self, state: str, reason: HealthReason | None = None, **fields: object) -> None:
        self.state, self.reason = state, reason
        self.detail = reason.description(**fields) if reason else ""

    def begin_checks(self) -> None:
        self.set_state("initial", CHECKING)


@dataclass(frozen=True)
class Revision:
    """What a deployment rolls out. A service whose wish differs from this gets a new deployment."""

    task_definition: str
    launch_type: str
    network: Mapping[str, Any]
    load_balancers: tuple[Any, ...]
    exec_enabled: bool
    forced: int


@dataclass
class Deployment:
    """A rollout of one revision. `failures` counts for the circuit breaker, `streak` for the throttle."""

    id: str
    revision: Revision
    created: float
    updated: float
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    rollout_reason: str = ""
    desired: int = 0
    failures: int = 0
    streak: int = 0
    hold_until: float = 0.0
    finished: float | None = None
    settled: float | None = None  # since when all its tasks are healthy and no older are left
    rollback_of: str = ""  # the deployment that failed and made this one
    tripped: int = 0  # failed tasks with which the circuit breaker tripped, 0: it did not
    watched: tuple[str, ...] | None = None  # alarms that are watched, None: not looked at yet
    alarmed: tuple[str, ...] = ()  # alarms that failed it
    digests: dict[str, str] = field(default_factory=dict)  # by container: what its tag meant at the start


@dataclass
class Event:
    id: str
    moment: float
    text: str


@dataclass
class ServiceState:
    """One service: its deployments and events, newest first."""

    created: float
    deployments: list[Deployment] = field(default_factory=list)
    history: list[Deployment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    steady: bool = False
    rolling_back: str = ""  # the failed deployment, until the one that goes back has begun
    quiet: dict[str, float] = field(
        default_factory=dict
    )  # event text to the moment until which it is not repeated

    @property
    def primary(self) -> Deployment | None:
        return self.deployments[0] if self.deployments else None


@dataclass(frozen=True)
class Session:
    """A session of ECS Exec: where it runs, and the command that it was opened with."""

    task: str
    container: str
    command: str


@dataclass(frozen=True)
class Flow:
    """A part (0 to 1) of a balancer's requests. `group` is empty where no target was chosen."""

    part: float
    group: str
    code: int
    origin: str


@dataclass
class State:
    """Everything, in the order in which it came to be."""

    tasks: dict[str, Task] = field(default_factory=dict)
    services: dict[ServiceKey, ServiceState] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)  # of ECS Exec, by id
    host_counts: dict[str, list[tuple[float, tuple[int, int]]]] = field(
        default_factory=dict
    )  # by target group
    traffic: dict[str, list[tuple[float, tuple[Flow, ...]]]] = field(default_factory=dict)  # by balancer
    handed_over: float = 0.0  # when the learner took over
    cuts: list[tuple[float, str]] = field(default_factory=list)  # when a target group cut off requests
    alarms_since: dict[str, float] = field(default_factory=dict)  # since when each alarm is as it is
    alarms_seen: dict[str, object] = field(default_factory=dict)  # how each alarm was, to notice a change
    pushed: dict[tuple[str, str], float] = field(default_factory=dict)  # by repository and digest
    midnight: float = 24 * 3600.0  # when lifecycle policies act next
    previews: dict[str, str] = field(
        default_factory=dict
    )  # repository to the lifecycle policy that was tried

    def tasks_of(self, key: ServiceKey) -> list[Task]:
        """Tasks of the service that have not stopped yet."""
        return [t for t in self.tasks.values() if (t.cluster, t.service) == key and t.is_live]

    def targets_of(self, task: Task) -> list[Target]:
        return [target for target in self.targets if target.task is task]

    def is_healthy(self, task: Task) -> bool:
        """Running, wanted, healthy by its own checks and in each target group it is registered in."""
        targets = all(target.state == "healthy" for target in self.targets_of(task))
        return task.serves and task.booted and targets and task.health_status in ("HEALTHY", "NONE")
