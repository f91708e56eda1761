"""How long a lab takes to start, to answer, to check and to be proved, and what it takes of the memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Measurement, alternate

LAB = [sys.executable, "-m", "quiz", "lab"]
REQUESTS = 300
# A bare moto server, until it has answered its first ECS call: before that it has not loaded ECS.
BARE = """
import socket, subprocess, sys, time
import boto3
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], stderr=subprocess.DEVNULL)
while True:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        break
    except OSError:
        time.sleep(0.01)
ecs = boto3.client("ecs", "eu-west-1", endpoint_url=f"http://127.0.0.1:{port}",
                   aws_access_key_id="a", aws_secret_access_key="b")
ecs.list_clusters()
server.kill()
"""


def measure(rounds: int = 5) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as home:
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ECSQUIZ_")},
            "HOME": home,
            "XDG_DATA_HOME": str(Path(home, "data")),
        }
        yield from _commands(rounds, env, Path(home, "data", "ecsquiz", "labs"))
    yield from _requests()


def _commands(rounds: int, env: dict[str, str], runs: Path) -> Iterator[Measurement]:
    from labs.run import Run

    starts: list[float] = []
    seconds: list[float] = []

    def lab(*arguments: str, fine: tuple[int, ...] = (0,)) -> None:
        done = subprocess.run([*LAB, *arguments], env=env, capture_output=True, text=True, check=False)
        if done.returncode not in fine:
            raise RuntimeError(f"lab {arguments}: {done.stderr}")

    def timed(times: list[float], *arguments: str) -> None:
        begun = time.perf_counter()
        lab(*arguments)
        times.append(time.perf_counter() - begun)

    def start_and_stop() -> None:
        timed(starts, "start", "101")
        lab("stop")

    def second() -> None:
        """From a lab that is repaired to the next."""
        progress = run.folder.progress()
        if progress is None:
            raise RuntimeError("no lab runs")
        run.folder.save_progress(replace(progress, passed=progress.started + 1, gave_up=True))
        timed(seconds, "start", "101")

    def bare() -> None:
        subprocess.run([sys.executable, "-c", BARE], env=env, check=True, capture_output=True)

    floor, _ = alternate(rounds, bare, start_and_stop)
    taken = statistics.median(starts)
    yield Measurement("`lab start`", taken, "a bare moto server until its first ECS answer", floor, 2)
    run = Run(runs)
    lab("start", "101")
    alternate(rounds, second)
    yield Measurement("`lab start` after a repaired lab", statistics.median(seconds), limit=0.5)
    (check,) = alternate(rounds, lambda: lab("check", fine=(1,)))
    yield Measurement("`lab check`", check, limit=0.5)
    memory = _resident(run.address().pid)
    lab("stop")
    if memory:
        yield Measurement("memory of a lab's server", memory, limit=300e6, unit="B")
    (verify,) = alternate(1, lambda: lab("verify", "--all"))
    yield Measurement("`lab verify --all`", verify, limit=40.0)


def _requests() -> Iterator[Measurement]:
    """What the simulator adds to a request, beside moto alone answering the same."""
    from labs.scenarios.catalogue import find
    from labs.server.moto_application import build_moto_application
    from labs.server.session import Session
    from labs.server.transport import InProcess

    session = Session(find("101"), account="900000000001", speed=0)
    bare: Callable[..., dict[str, Any]] = InProcess(build_moto_application())  # type: ignore[arg-type]

    def asks(call: Callable[..., dict[str, Any]]) -> Callable[[], object]:
        return lambda: [
            (call("ecs.describe_clusters"), call("ec2.describe_vpcs"), call("elbv2.describe_load_balancers"))
            for _ in range(REQUESTS // 3)
        ]

    asks(session.call)(), asks(bare)()
    floor, taken = (each / REQUESTS for each in alternate(5, asks(bare), asks(session.call)))
    yield Measurement("overhead of a request", max(taken - floor, 0.0), limit=0.005)
    session.middleware.close()


def _resident(pid: int) -> float:
    """Bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0.0
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return float(line.split()[1]) * 1024
