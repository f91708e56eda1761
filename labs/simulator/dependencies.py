"""What a running program needs from others: can its task reach it, and does it answer?

Each task is judged from its own subnet and with its own groups, so one zone can be cut off while another is
not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from labs.simulator.application import resolved
from labs.simulator.names import Peer, resolve
from labs.simulator.paths import aws_service, peer
from labs.simulator.paths.path import Path, Source
from labs.simulator.permissions import decide
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container

ANY_OBJECT = "any-object"
SECURE = 443


def troubles(simulation: Simulation, task: Task, container: Container) -> tuple[str, ...]:
    """What does not work now, in the words of a program's log; empty while all of it works."""
    calls = simulation.program(container).calls
    if not calls or task.interface is None:
        return ()
    return simulation.once((task.id, container.name), lambda: _found(simulation, task, container, calls))


def _found(
    simulation: Simulation, task: Task, container: Container, calls: tuple[Mapping[str, str], ...]
) -> tuple[str, ...]:
    environment = task.environment(container)
    found = []
    for call in calls:
        kind, text = next(iter(call.items()))
        trouble = _KINDS[kind](simulation, task, resolved(text, environment))
        if trouble:
            found.append(trouble)
    return tuple(found)


@dataclass(frozen=True)
class Contact:
    """An attempt to connect. `obstacle` is empty, "name", "timeout" or "refused"."""

    host: str
    port: int
    obstacle: str
    address: str = ""
    peer: Peer | None = None

    def told(self) -> str:
        """What a program logs of it; empty if it worked."""
        if self.obstacle == "name":
            return f'could not resolve host "{self.host}": Name or service not known'
        words = {"timeout": "timed out", "refused": "connection refused"}
        if self.obstacle:
            return f"connect to {self.host} ({self.address}) port {self.port}: {words[self.obstacle]}"
        return ""


def connect(simulation: Simulation, task: Task, host: str, port: int) -> Contact:
    """Connect from the task. Where a name means several, the first that fails is told."""
    vpc_id = simulation.world.network.subnet(task.subnet_id).vpc_id
    peers = resolve(simulation, vpc_id, host)
    if not peers:
        return Contact(host, port, "name")
    for found in peers:
        path = peer.reach(simulation.world, _source(task), found.interface, found.group_ids, port)
        obstacle = path.obstacle or ("" if _listens(simulation, found, port) else "refused")
        if obstacle:
            return Contact(host, port, obstacle, found.interface.address, found)
    return Contact(host, port, "", peers[0].interface.address, peers[0])


def answer(simulation: Simulation, task: Task, port: int, path: str) -> int:
    """The status code of a task's program on a port, 0 if none listens there for others."""
    for container in task.definition.containers:
        program, environment = simulation.program(container), task.environment(container)
        if container.name not in task.ready or container.name in task.exit_codes:
            continue
        if program.port(environment) == port and program.is_reachable(environment):
            return program.status(path, environment)
    return 0


def _tcp(simulation: Simulation, task: Task, where: str) -> str:
    host, _, port = where.rpartition(":")
    return connect(simulation, task, host, int(port) if port.isdigit() else 0).told()


def _http(simulation: Simulation, task: Task, url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or (SECURE if parts.scheme == "https" else 80)
    contact = connect(simulation, task, parts.hostname or "", port)
    if contact.obstacle or contact.peer is None or contact.peer.task is None:
        return contact.told()
    code = answer(simulation, contact.peer.task, port, parts.path or "/")
    return "" if code < 400 else f"GET {url}: HTTP {code}"


def _bucket(simulation: Simulation, task: Task, bucket: str) -> str:
    world = simulation.world
    path = aws_service.reach(world, _source(task), "s3")
    url = f"https://{bucket}.s3.{world.region}.amazonaws.com"
    if not path.is_free:
        return f'could not connect to the endpoint URL: "{url}/": connect timeout'
    decision = decide(
        world.identity.role(task.definition.task_role),
        "s3:GetObject",
        f"arn:aws:s3:::{bucket}/{ANY_OBJECT}",
        endpoint_policy=path.endpoint.policy if path.endpoint else None,
        context=_facts(simulation, task, path),
    )
    why = decision.because("s3:GetObject")
    return "" if decision.is_allowed else f"s3://{bucket}: AccessDenied when calling GetObject: {why}"


def _facts(simulation: Simulation, task: Task, path: Path) -> dict[str, str]:
    """What conditions of policies can know about a call for a bucket, which is one of this account."""
    facts = {
        "aws:ResourceAccount": simulation.world.account,
        "aws:PrincipalAccount": simulation.world.account,
    }
    if path.endpoint is not None:
        facts["aws:SourceVpce"] = path.endpoint.id
        facts["aws:SourceVpc"] = simulation.world.network.subnet(task.subnet_id).vpc_id
    return facts


_KINDS = {"tcp": _tcp, "http": _http, "bucket": _bucket}


def _listens(simulation: Simulation, found: Peer, port: int) -> bool:
    if found.task is None:
        return found.port == port
    return answer(simulation, found.task, port, "/") != 0


def _source(task: Task) -> Source:
    address = task.interface.address if task.interface else ""
    return Source(task.subnet_id, task.placement.group_ids, task.placement.public_address, address)
