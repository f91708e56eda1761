"""What the labs tell a person when something cannot be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class LabError(Exception):
    """Something the user can put right: what is wrong, and what to do next."""

    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()
