"""What a session needs from outside: a keyboard, an editor, a browser, a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo


def _cannot(_url: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class World:
    """`read` shows a prompt and gives a line; it may raise EOFError. `browse` opens a URL and says whether
    it could. `pager` shows a long text; without one it is printed."""

    read: Callable[[str], str]
    write_answer: Callable[[str], str]
    clock: Callable[[], datetime]
    zone: tzinfo
    interactive: bool
    browse: Callable[[str], bool] = _cannot
    pager: Callable[[str], None] | None = None
