"""The one exception type whose message is written for the user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(eq=False)
class UserError(Exception):
    """Something the user can put right. Shown as one line, without a traceback, exit code 1.

    `message` says what is wrong, `remedy` what to do next; `path` and `line` say where.
    """

    message: str
    remedy: str = ""
    path: Path | str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = ""
        if self.path is not None:
            place = f"{self.path}:{self.line}: " if self.line is not None else f"{self.path}: "
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy}"
