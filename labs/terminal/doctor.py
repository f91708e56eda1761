"""Whether this machine is ready for labs: what is there, what is missing, and the remedy."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from labs.server import process
from labs.server.folder import RunFolder
from labs.terminal.shell import KNOWN, shell_of

INSTALL = "Install it: pip install 'ecsquiz[labs]'"
# From these on the AWS CLI and boto3 know AWS_ENDPOINT_URL:
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
ENDPOINT_SINCE = {1: (1, 29), 2: (2, 13)}
BOTO3_SINCE = (1, 28)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `state` is "ok", "note" (works, but know this) or "bad"."""

    what: str
    state: str
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def examine(folder: RunFolder, current: Mapping[str, str]) -> Iterator[Finding]:
    """All findings, most basic first."""
    yield _python()
    yield from _packages()
    yield _aws(folder, current)
    yield _plugin(folder, current)
    yield _port()
    yield _shell(current)
    yield _folder(folder)
    yield _run(folder)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", "ok", version)


def _packages() -> Iterator[Finding]:
    for name in ("moto", "flask", "boto3"):
        if importlib.util.find_spec(name) is None:
            yield Finding(name, "bad", "not installed", INSTALL)
            continue
        version = importlib.metadata.version(name)
        if name == "moto" and not version.startswith("5.2."):
            yield Finding(name, "bad", version, "The labs need moto 5.2: pip install 'ecsquiz[labs]'")
        elif name == "boto3" and numbers(version) < BOTO3_SINCE:
            remedy = "It does not know AWS_ENDPOINT_URL: give each client endpoint_url, or update it."
            yield Finding(name, "note", version, remedy)
        else:
            yield Finding(name, "ok", version)


def _aws(folder: RunFolder, current: Mapping[str, str]) -> Finding:
    places = [place for place in _path(current) if place != str(folder.commands)]
    found = shutil.which("aws", path=os.pathsep.join([*places, os.path.dirname(sys.executable)]))  # noqa: PTH120
    if found is None:
        return Finding("AWS CLI", "bad", "not installed", INSTALL)
    try:
        done = subprocess.run(
            [found, "--version"], capture_output=True, text=True, check=False, timeout=60, env=dict(current)
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return Finding("AWS CLI", "bad", f"{found} does not run: {problem}", INSTALL)
    version = re.match(r"aws-cli/(\d+(?:\.\d+)*)", done.stdout or done.stderr)
    if version is None:
        return Finding("AWS CLI", "bad", f"{found} does not tell its version", INSTALL)
    own = numbers(version[1])
    if own < ENDPOINT_SINCE.get(own[0], (0,)):
        remedy = (
            "It does not know AWS_ENDPOINT_URL: call it as `aws` in the lab's shell, which gives it the "
            "lab's endpoint, never by its path."
        )
        return Finding("AWS CLI", "note", f"{version[1]} at {found}", remedy)
    return Finding("AWS CLI", "ok", f"{version[1]} at {found}")


def _plugin(folder: RunFolder, current: Mapping[str, str]) -> Finding:
    places = [place for place in _path(current) if place != str(folder.commands)]
    real = shutil.which("session-manager-plugin", path=os.pathsep.join(places))
    text = "the lab brings its own" + (f", in its shell before {real}" if real else "")
    return Finding("Session Manager plugin", "ok", text)


def _port() -> Finding:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
    except OSError as problem:
        return Finding("loopback port", "bad", f"cannot be had: {problem}", "Let Python listen on 127.0.0.1.")
    return Finding("loopback port", "ok", "free ones on 127.0.0.1")


def _shell(current: Mapping[str, str]) -> Finding:
    own = current.get("SHELL", "")
    name = shell_of(current)
    if shutil.which(name, path=current.get("PATH")) is None:
        return Finding(
            "shell", "note", f"{name} is not installed", 'Use eval "$(ecsquiz lab env)" instead of lab shell.'
        )
    if own and own.rpartition("/")[2] not in KNOWN:
        return Finding("shell", "note", f"{own}; ecsquiz lab shell opens bash", "Take --shell zsh or fish.")
    return Finding("shell", "ok", name)


def _folder(folder: RunFolder) -> Finding:
    root = folder.path.parent
    place = next((item for item in (root, *root.parents) if item.exists()), root)
    if not os.access(place, os.W_OK):
        return Finding("folder of runs", "bad", f"{root} cannot be written", "Name another: ECSQUIZ_LABS")
    return Finding("folder of runs", "ok", str(root))


def _run(folder: RunFolder) -> Finding:
    progress = folder.progress()
    if progress is None:
        return Finding("running lab", "ok", "none")
    if process.is_alive(folder.address()):
        return Finding("running lab", "ok", progress.lab)
    remedy = "Go on with it (ecsquiz lab resume) or drop it (ecsquiz lab stop)."
    return Finding("running lab", "note", f"{progress.lab}, whose server has ended", remedy)


def _path(current: Mapping[str, str]) -> list[str]:
    return current.get("PATH", "").split(os.pathsep)


def numbers(version: str) -> tuple[int, ...]:
    """ "2.9.19" as (2, 9, 19)."""
    return tuple(int(part) for part in re.findall(r"\d+", version))
