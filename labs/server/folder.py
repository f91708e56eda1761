"""The folder of a run: what the learner has reached, where the server is, the journal."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far the learner is. Times are Unix seconds; `passed` is None until a check passes."""

    lab: str
    started: float
    hints: int = 0
    passed: float | None = None
    gave_up: bool = False
    seed: int | None = None
    failed_checks: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)  # to the lab's questions, by name


@dataclass(frozen=True)
class Address:
    """Where the server answers, and the token for its control path."""

    pid: int
    port: int
    token: str

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class RunFolder:
    """Files are written beside and put in place whole, so that a reader never sees half a file."""

    path: Path

    @property
    def journal(self) -> Path:
        return self.path / "journal.jsonl"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def commands(self) -> Path:
        """Commands that come first on the learner's PATH."""
        return self.path / "commands"

    @property
    def aws_config(self) -> Path:
        return self.path / "aws-config"

    @property
    def aws_credentials(self) -> Path:
        return self.path / "aws-credentials"

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def progress(self) -> Progress | None:
        entry = self._read("progress.json")
        return Progress(**entry) if entry else None

    def save_progress(self, progress: Progress) -> None:
        self._write("progress.json", asdict(progress))

    def forget_progress(self) -> None:
        (self.path / "progress.json").unlink(missing_ok=True)

    def address(self) -> Address | None:
        entry = self._read("server.json")
        return Address(entry["pid"], entry["port"], entry["token"]) if entry and "port" in entry else None

    def save_address(self, address: Address) -> None:
        self._write("server.json", asdict(address))

    def failure(self) -> tuple[str, str] | None:
        """Why the server could not start: message and remedy."""
        entry = self._read("server.json")
        return (entry["error"], entry["remedy"]) if entry and "error" in entry else None

    def save_failure(self, message: str, remedy: str) -> None:
        self._write("server.json", {"error": message, "remedy": remedy})

    def forget_server(self) -> None:
        (self.path / "server.json").unlink(missing_ok=True)

    def _read(self, name: str) -> dict[str, Any] | None:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            entry: dict[str, Any] = json.loads((self.path / name).read_text(encoding="utf-8"))
            return entry
        return None

    def _write(self, name: str, entry: dict[str, Any]) -> None:
        beside = self.path / f"{name}.new"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(entry, file, indent=1)
        beside.replace(self.path / name)
