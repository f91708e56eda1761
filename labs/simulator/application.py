"""What the program in an image does, described rather than run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from labs.simulator.command import BUILT_IN, chosen

DEFAULT_KEEP_ALIVE = 5  # of a program whose variable for it is not set, as in Node.js
NOT_FOUND_AFTER = 0.5  # seconds until the shell has ended


@dataclass(frozen=True)
class Application:
    """A value such as "$PORT" stands for the environment variable of that name.

    `paths` maps a path to a status code ("*" for all others); `boot` is seconds until it listens;
    `keep_alive` seconds after which it closes idle connections (0: never), `latency` seconds of an answer;
    `needs` names environment variables without which it exits with code 1. `expects` gives variables that it
    uses later, each with a pattern (of `re`) of values that work: with another one it says so in its log, and
    answers 500 at all paths that `paths` does not name.

    `calls` are what it needs while it runs, as `{tcp: "$DB_HOST:5432"}`, `{http: $ORDERS_URL}` or `{bucket:
    media}`; while one of them does not work it says so in its log, and answers 500 at all paths that `paths`
    does not name.

    `architectures` are those that the image was built for (X86_64, ARM64).

    `memory` is how much it takes, see `labs.simulator.memory`; `cpu` what it asks of the processor, see
    `labs.simulator.load`.

    `programs` are the files that a command can start, each with what differs from the image's own program;
    without them the command does not matter. `exits` is the exit code of a program that has finished when its
    `boot` is over, `stops_with` the one after SIGTERM.
    """

    listen: int | str = 8080
    architectures: tuple[str, ...] = ("X86_64",)
    bind: str = "0.0.0.0"  # noqa: S104 - a description of the program in the container
    paths: Mapping[str, int] = field(default_factory=lambda: {"*": 200})
    boot: float = 5.0
    latency: float = 0.05
    keep_alive: float | str = 0
    needs: tuple[str, ...] = ()
    expects: Mapping[str, str] = field(default_factory=dict)
    calls: tuple[Mapping[str, str], ...] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)
    cpu: Mapping[str, float] = field(default_factory=dict)
    says: tuple[str, ...] = ("listening",)
    programs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    exits: int | None = None
    stops_with: int = 0

    @classmethod
    def described(cls, entry: Mapping[str, Any]) -> Application:
        return cls(**_fields(entry))

    def started_by(self, definition: Mapping[str, Any]) -> Application:
        """The program that a container definition starts in this image."""
        if not self.programs:
            return self
        choice = chosen(definition, self.programs)
        if choice.missing:
            line = f"sh: 1: {choice.missing}: not found"
            return replace(self, listen=0, boot=NOT_FOUND_AFTER, needs=(), says=(line,), exits=127)
        if choice.name in BUILT_IN:
            return replace(self, listen=0, needs=(), says=(), exits=None)
        if not choice.name:
            return self
        return replace(self, **_fields(self.programs[choice.name]))

    def port(self, environment: Mapping[str, str]) -> int:
        """The port it listens on, 0 if the variable that should say so is not set."""
        value = str(_resolve(self.listen, environment))
        return int(value) if value.isdigit() else 0

    def status(self, path: str, environment: Mapping[str, str], troubled: bool = False) -> int:
        """The code for a path. `troubled`: something that it calls does not work."""
        for known, code in self.paths.items():
            if known == "*" and (troubled or self.unusable(environment)):
                return 500
            if known == "*" or _resolve(known, environment) == path:
                return code
        return 404

    def is_reachable(self, environment: Mapping[str, str]) -> bool:
        """Whether it listens on more than the loopback interface."""
        bound = str(_resolve(self.bind, environment))
        return not bound.startswith("127.") and bound not in ("localhost", "::1")

    def keeps_alive(self, environment: Mapping[str, str]) -> float | None:
        """Seconds until it closes an idle connection; None: it leaves that to the other side."""
        if not self.keep_alive:
            return None
        value = str(_resolve(self.keep_alive, environment))
        return float(value) if value.isdigit() else float(DEFAULT_KEEP_ALIVE)

    def missing(self, environment: Mapping[str, str]) -> list[str]:
        return [name for name in self.needs if name not in environment]

    def unusable(self, environment: Mapping[str, str]) -> list[str]:
        """Variables whose values do not work."""
        return [
            name
            for name, pattern in self.expects.items()
            if not re.fullmatch(pattern, environment.get(name, ""))
        ]


def resolved(text: str, environment: Mapping[str, str]) -> str:
    """The text with variables put in, as "$DB_HOST:5432"."""
    return re.sub(r"\$([A-Z_][A-Z0-9_]*)", lambda match: environment.get(match[1], ""), text)


def _resolve(value: float | str, environment: Mapping[str, str]) -> float | str:
    if isinstance(value, str) and value.startswith("$"):
        return environment.get(value[1:], "")
    return value


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in entry.items() if name in Application.__dataclass_fields__}
    return {
        name: tuple(value) if name in ("needs", "says", "calls", "architectures") else value
        for name, value in known.items()
    }
