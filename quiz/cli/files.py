"""Writing a file that somebody asked for: whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from quiz.errors import UserError


def write_file(file: Path, text: str) -> None:
    """Raises UserError where it cannot be written; a file that was there before then stays as it was."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror}.", "Name another file.", file) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
