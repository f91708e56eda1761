"""Starting the server as a process of its own, asking it things, and ending it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

from labs.errors import LabError
from labs.server.control import CONTROL, TOKEN_HEADER
from labs.server.folder import Address, RunFolder

LONGEST_START = 60.0  # seconds
NOT_RUNNING = "Start it again with ecsquiz lab start; your work is kept."


def spawn(
    folder: RunFolder, lab: str, port: int = 0, seed: int | None = None, or_any: bool = False
) -> Address:
    """Start the server for a lab and wait until it answers. Port 0: any that is free.

    `or_any`: take another port should `port` be taken.
    """
    folder.forget_server()
    with folder.log.open("ab") as log:
        options: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
            options = {"creationflags": flags}
        command = [
            sys.executable,
            "-m",
            "labs",
            "--lab",
            lab,
            "--folder",
            str(folder.path),
            "--port",
            str(port),
            *([] if seed is None else ["--seed", str(seed)]),
            *(["--any-port"] if or_any else []),
        ]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        address = folder.address()
        if address is not None:
            return address
        if process.poll() is not None:
            failure = folder.failure() or (f"The lab's server ended at once, see {folder.log}.", "")
            raise LabError(*failure)
        time.sleep(0.01)
    process.kill()
    raise LabError(
        f"The lab's server did not start, see {folder.log}.", "Try again: ecsquiz lab stop, then start."
    )


def ask(address: Address, command: str, **parameters: Any) -> dict[str, Any]:
    """Send a control command. LabError if the server is gone or refuses."""
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=120)
    try:
        headers = {TOKEN_HEADER: address.token, "Content-Type": "application/json"}
        connection.request("POST", CONTROL + command, json.dumps(parameters), headers)
        response = connection.getresponse()
        answer: dict[str, Any] = json.loads(response.read())
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise LabError("The lab's server does not answer.", NOT_RUNNING) from problem
    finally:
        connection.close()
    if response.status != 200:
        raise LabError(answer.get("error", "The lab's server refused."), answer.get("remedy", ""))
    return answer


def lab_at(address: Address | None) -> str | None:
    """The lab that this very server answers for: its port may since belong to somebody else."""
    if address is None:
        return None
    try:
        answer = ask(address, "ping")
    except LabError:
        return None
    return str(answer.get("lab", "")) if answer.get("pid") == address.pid else None


def is_alive(address: Address | None) -> bool:
    """Whether this very server answers."""
    return lab_at(address) is not None


def end(address: Address) -> None:
    """Ask the server to end, and wait for it. One that does not answer but is ours is terminated."""
    if not is_alive(address):
        return
    with contextlib.suppress(LabError):  # it may be gone before its answer has arrived
        ask(address, "stop")
    for _ in range(200):
        if not is_alive(address):
            return
        time.sleep(0.02)
    os.kill(address.pid, signal.SIGTERM)
