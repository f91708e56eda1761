"""Writing a file that somebody asked for: whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from quiz.errors import UserError


def write_file(file: Path, text: str) -> None:
    """Raises UserError where it cannot be written; a file that was there before then stays as it was."""
    if file.exists() and not file.is_file():
        _write_into(file, text)
        return
    target = file.resolve()  # a link stays a link
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror}.", "Name another file.", file) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write_into(place: Path, text: str) -> None:
    """Into a pipe or a device, such as /dev/stdout: nothing may take its place."""
    try:
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror}.", "Name another file.", place) from error
