"""The programs that a shell in a container has: they look at what the simulation knows of the task."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from labs.simulator.dependencies import answer, connect
from labs.simulator.memory import curve
from labs.simulator.names import resolve
from labs.simulator.simulation import Simulation
from labs.simulator.state import Task
from labs.world.containers import Container

OWN = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1")  # noqa: S104 - names of the task itself
RESOLVER = "169.254.169.253"
CURL_ERRORS = {
    "name": "curl: (6) Could not resolve host: {host}\n",
    "refused": "curl: (7) Failed to connect to {host} port {port}: Connection refused\n",
    "timeout": "curl: (28) Failed to connect to {host} port {port}: Connection timed out\n",
}


@dataclass(frozen=True)
class Place:
    """Where a program runs."""

    simulation: Simulation
    task: Task
    container: Container

    @property
    def address(self) -> str:
        return self.task.interface.address if self.task.interface else ""

    @property
    def memory(self) -> float:
        """MiB that the container's program takes now."""
        ready = self.task.ready.get(self.container.name)
        if ready is None:
            return 0.0
        program = self.simulation.program(self.container)
        used = curve(program.memory, self.task.environment(self.container))
        return used.at(self.simulation.now - ready) or 24.0


def env(place: Place, words: Sequence[str]) -> str:
    own = {"HOSTNAME": f"ip-{place.address.replace('.', '-')}", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    known = {**own, **place.task.environment(place.container)}
    if words:
        return "".join(f"{known[name]}\n" for name in words if name in known)
    return "".join(f"{name}={value}\n" for name, value in sorted(known.items()))


def echo(place: Place, words: Sequence[str]) -> str:
    known = place.task.environment(place.container)
    text = " ".join(words)
    return re.sub(r"\$\{?(\w+)\}?", lambda match: known.get(match[1], ""), text) + "\n"


def hostname(place: Place, words: Sequence[str]) -> str:
    return f"{place.address}\n" if "-i" in words or "-I" in words else env(place, ["HOSTNAME"])


def cat(place: Place, words: Sequence[str]) -> str:
    output = ""
    for path in words:
        if path == "/etc/resolv.conf":
            output += f"nameserver {RESOLVER}\nsearch ec2.internal\n"
        elif path == "/proc/1/status":
            kilobytes = round(place.memory * 1024)
            output += f"Name:\t{place.container.name}\nPid:\t1\n"
            output += f"VmRSS:\t{kilobytes:8d} kB\nRssAnon:\t{kilobytes:8d} kB\n"
        elif path == "/sys/fs/cgroup/memory.max":
            limit = int(place.container.raw.get("memory") or 0)
            output += f"{limit << 20}\n" if limit else "max\n"
        elif path == "/sys/fs/cgroup/memory.current":
            output += f"{round(place.memory) << 20}\n"
        else:
            output += f"cat: {path}: No such file or directory\n"
    return output


def processes(place: Place, _: Sequence[str]) -> str:
    return f"  PID   RSS COMMAND\n    1 {round(place.memory):4d}m {place.container.name}\n   42    2m sh\n"


def curl(place: Place, words: Sequence[str]) -> str:
    """GET the first URL. -i, -I and -v show the status, -w with %{http_code} only that."""
    url = next(
        (word for word in words if not word.startswith("-") and ("//" in word or ":" in word or "." in word)),
        "",
    )
    parts = urlsplit(url if "//" in url else f"http://{url}")
    host, path = parts.hostname or "", parts.path or "/"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    obstacle, code = _asked(place, host, port, path)
    if obstacle:
        failed = CURL_ERRORS[obstacle].format(host=host, port=port)
        return f"000{failed}" if any("http_code" in word for word in words) else failed
    if any("http_code" in word for word in words):
        return f"{code}\n"
    if {"-i", "-I", "-v", "-sI", "-si", "-Is", "-is"} & set(words):
        return f"HTTP/1.1 {code}\n\n"
    if "-f" in words or "-fs" in words or "-sf" in words:
        return "" if code < 400 else f"curl: (22) The requested URL returned error: {code}\n"
    return f"answered with status {code}\n"


def nc(place: Place, words: Sequence[str]) -> str:
    plain = [word for word in words if not word.startswith("-")]
    if len(plain) < 2 or not plain[-1].isdigit():
        return "usage: nc -zv host port\n"
    host, port = plain[-2], int(plain[-1])
    if host in OWN:
        return (
            f"{host} ({port}) open\n"
            if _own(place, port, "/")
            else f"nc: {host} ({port}): Connection refused\n"
        )
    contact = connect(place.simulation, place.task, host, port)
    if not contact.obstacle:
        return f"{host} ({contact.address}:{port}) open\n"
    if contact.obstacle == "name":
        return f"nc: bad address '{host}'\n"
    words_of = {"timeout": "Operation timed out", "refused": "Connection refused"}
    return f"nc: {host} ({contact.address}:{port}): {words_of[contact.obstacle]}\n"


def nslookup(place: Place, words: Sequence[str]) -> str:
    host = words[-1] if words else ""
    vpc_id = place.simulation.world.network.subnet(place.task.subnet_id).vpc_id
    found = resolve(place.simulation, vpc_id, host)
    head = f"Server:\t\t{RESOLVER}\n\n"
    if not found:
        return head + f"** server can't find {host}: NXDOMAIN\n"
    return head + "".join(f"Name:\t{host}\nAddress: {peer.interface.address}\n" for peer in found)


def listening(place: Place, _: Sequence[str]) -> str:
    """What listens in the task, as `ss -ltn` shows it."""
    output = "State   Local Address:Port\n"
    for container in place.task.definition.containers:
        if container.name not in place.task.ready or container.name in place.task.exit_codes:
            continue
        environment = place.task.environment(container)
        program = place.simulation.program(container)
        bound = "0.0.0.0" if program.is_reachable(environment) else "127.0.0.1"  # noqa: S104 - told, not bound
        if program.port(environment):
            output += f"LISTEN  {bound}:{program.port(environment)}\n"
    return output


def nothing(_place: Place, _words: Sequence[str]) -> str:
    return ""


def _asked(place: Place, host: str, port: int, path: str) -> tuple[str, int]:
    """Obstacle and status code of a request from the container."""
    if host in OWN:
        code = _own(place, port, path)
        return ("", code) if code else ("refused", 0)
    if host == place.address:
        code = answer(place.simulation, place.task, port, path)
        return ("", code) if code else ("refused", 0)
    contact = connect(place.simulation, place.task, host, port)
    if contact.obstacle or contact.peer is None or contact.peer.task is None:
        return contact.obstacle or "refused", 0
    return "", answer(place.simulation, contact.peer.task, port, path)


def _own(place: Place, port: int, path: str) -> int:
    """The status code over loopback, which every container of the task shares; 0 if nothing listens."""
    for container in place.task.definition.containers:
        if container.name not in place.task.ready or container.name in place.task.exit_codes:
            continue
        program, environment = place.simulation.program(container), place.task.environment(container)
        if program.port(environment) == port:
            return program.status(path, environment)
    return 0


PROGRAMS: dict[str, Callable[[Place, Sequence[str]], str]] = {
    "env": env,
    "printenv": env,
    "echo": echo,
    "hostname": hostname,
    "cat": cat,
    "ps": processes,
    "top": processes,
    "curl": curl,
    "wget": curl,
    "nc": nc,
    "nslookup": nslookup,
    "ss": listening,
    "netstat": listening,
    "true": nothing,
    "cd": nothing,
}
