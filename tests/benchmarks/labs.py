"""How long a lab takes to start, to check and to be proved."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Measurement, alternate

LAB = [sys.executable, "-m", "quiz", "lab"]
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
        env = {**os.environ, "HOME": home, "XDG_DATA_HOME": str(Path(home, "data"))}
        starts: list[float] = []

        def lab(*arguments: str, fine: tuple[int, ...] = (0,)) -> None:
            done = subprocess.run([*LAB, *arguments], env=env, capture_output=True, text=True, check=False)
            if done.returncode not in fine:
                raise RuntimeError(f"lab {arguments}: {done.stderr}")

        def start_and_stop() -> None:
            begun = time.perf_counter()
            lab("start", "101")
            starts.append(time.perf_counter() - begun)
            lab("stop")

        def bare() -> None:
            subprocess.run([sys.executable, "-c", BARE], env=env, check=True, capture_output=True)

        floor, _ = alternate(rounds, bare, start_and_stop)
        taken = statistics.median(starts)
        yield Measurement("`lab start`", taken, "a bare moto server until its first ECS answer", floor, 2)
        lab("start", "101")
        (check,) = alternate(rounds, lambda: lab("check", fine=(1,)))
        lab("stop")
        yield Measurement("`lab check`", check, limit=0.5)
        (verify,) = alternate(1, lambda: lab("verify", "--all"))
        yield Measurement("`lab verify --all`", verify, limit=60.0)
