"""What the program in an image does, described rather than run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Application:
    """A value such as "$PORT" stands for the environment variable of that name.

    `paths` maps a path to a status code ("*" for all others); `boot` is seconds until it listens;
    `needs` names environment variables without which it exits with code 1. `expects` gives variables that it
    uses later, each with a pattern (of `re`) of values that work: with another one it says so in its log, and
    answers 500 at all paths that `paths` does not name.
    """

    listen: int | str = 8080
    bind: str = "0.0.0.0"  # noqa: S104 - a description of the program in the container
    paths: Mapping[str, int] = field(default_factory=lambda: {"*": 200})
    boot: float = 5.0
    latency: float = 0.05
    needs: tuple[str, ...] = ()
    expects: Mapping[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ("listening",)

    @classmethod
    def described(cls, entry: Mapping[str, Any]) -> Application:
        known = {name: value for name, value in entry.items() if name in cls.__dataclass_fields__}
        for name in ("needs", "says"):
            if name in known:
                known[name] = tuple(known[name])
        return cls(**known)

    def port(self, environment: Mapping[str, str]) -> int:
        """The port it listens on, 0 if the variable that should say so is not set."""
        value = str(_resolve(self.listen, environment))
        return int(value) if value.isdigit() else 0

    def status(self, path: str, environment: Mapping[str, str]) -> int:
        for known, code in self.paths.items():
            if known == "*" and self.unusable(environment):
                return 500
            if known == "*" or _resolve(known, environment) == path:
                return code
        return 404

    def is_reachable(self) -> bool:
        """Whether it listens on more than the loopback interface."""
        return not self.bind.startswith("127.")

    def missing(self, environment: Mapping[str, str]) -> list[str]:
        return [name for name in self.needs if name not in environment]

    def unusable(self, environment: Mapping[str, str]) -> list[str]:
        """Variables whose values do not work."""
        return [
            name
            for name, pattern in self.expects.items()
            if not re.fullmatch(pattern, environment.get(name, ""))
        ]


def _resolve(value: int | str, environment: Mapping[str, str]) -> int | str:
    if isinstance(value, str) and value.startswith("$"):
        return environment.get(value[1:], "")
    return value
