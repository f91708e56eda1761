"""Virtual time: faster than the wall, only when asked; it ages the past, it does not fake the present."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

LONGEST_GAP = 600.0  # virtual seconds: a coffee break must not become hours of crash loop


@dataclass
class Clock:
    """Virtual seconds since the lab was built.

    `wall` gives Unix seconds, `speed` virtual seconds per wall second. An event that happened n virtual
    seconds ago is shown as n seconds before the wall's present, so signatures, `--since 5m` and metric
    windows keep working after a jump.
    """

    wall: Callable[[], float]
    speed: float = 60.0
    now: float = 0.0
    last: float = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.wall()

    def take_elapsed(self) -> float:
        """Virtual seconds that passed since the last call, at most LONGEST_GAP."""
        wall = self.wall()
        elapsed, self.last = max(wall - self.last, 0.0) * self.speed, wall
        return min(elapsed, LONGEST_GAP)

    def shown(self, moment: float) -> datetime:
        """The date at which the virtual moment appears to have been."""
        return datetime.fromtimestamp(self.wall() - (self.now - moment), UTC)
