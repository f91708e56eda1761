"""A PostgreSQL server of our own for a test run: a new cluster in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that trusts everybody on this machine."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        return f"postgresql://learner@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self.control("start", "-w", "-o", options)

    def stop(self) -> None:
        self.control("stop", "-m", "immediate")

    def control(self, *arguments: str) -> None:
        log = self.folder / "log"
        run(self.programs / "pg_ctl", "-D", self.folder / "data", "-l", log, *arguments)


def run(*command: str | Path) -> None:
    """Run a program of PostgreSQL, which refuses to run as root: then as the user `postgres`."""
    demoted = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*demoted, *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr.decode()


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="ecsquiz-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Server(programs, folder, port)
    run(
        programs / "initdb", "-D", folder / "data", "-U", "learner", "--auth=trust", "--no-sync", "-E", "UTF8"
    )
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
