"""Writing a file whole or not at all, so that a copy can be relied on whenever there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quiz.errors import UserError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives a place beside `path` to write to; what was written there takes the place of `path` at the end.

    A process that is killed in between leaves `path` as it was. Raises UserError where it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise UserError(
            f"this copy cannot be written: {error.strerror}.",
            "Make room or make its folder writable; nothing has been changed.",
            path,
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """`path`, or with a number where there is such a file already."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
