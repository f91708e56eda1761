"""The folder that an exam is written to. Only our own files are replaced, and nothing is removed.

A hidden list beside the files says what each of them was when it was made, so that a file that was edited by
hand since then is not overwritten, whatever its format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from quiz.errors import UserError
from quiz.exams import record

LIST_NAME: Final = ".ecsquiz-exam.json"
# Enough of a text file to find in it what made it.
_HEAD = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was made: by which exam, and the SHA-256 of its content."""

    exam: str
    digest: str


@dataclass(frozen=True, slots=True)
class Written:
    """Our files, the id of another exam that they replaced, and the papers of that exam still there."""

    paths: tuple[Path, ...]
    replaced: str = ""
    left_over: tuple[Path, ...] = ()


def write_exam(folder: Path, exam_id: str, files: Mapping[str, bytes]) -> Written:
    """Write the files of an exam, each of them whole or not at all.

    Raises UserError, before anything is written, where a file of that name was not made by us, or was
    changed since.
    """
    paths = {folder / name: content for name, content in files.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = _list_in(folder)
        for path, content in paths.items():
            _refuse_what_is_not_ours(path, content, made.get(path.name))
        previous = _exam_in(folder)
        for path, content in paths.items():
            _replace(path, content)
        made |= {path.name: Made(exam_id, _digest(content)) for path, content in paths.items()}
        _replace(folder / LIST_NAME, _as_json(made))
        others = () if previous in ("", exam_id) else _files_of(folder, previous, made)
    except OSError as error:
        reason = f"{error.strerror or error}"
        raise UserError(f"this cannot be written: {reason}.", "Choose another --out.", folder) from error
    return Written(tuple(paths), "" if previous == exam_id else previous, others)


def _refuse_what_is_not_ours(path: Path, content: bytes, made: Made | None) -> None:
    if not path.exists():
        return
    found = _digest(path.read_bytes()) if path.is_file() else ""
    if found == _digest(content):  # as it is after a run that was cut short
        return
    if made and found:
        if found != made.digest:
            raise UserError(
                "this file was changed since ecsquiz made it.", "Choose another --out, or remove it.", path
            )
    elif not _says_that_it_is_ours(path):
        raise UserError("this file was not made by ecsquiz.", "Choose another --out.", path)


def _says_that_it_is_ours(path: Path, exam_id: str = "") -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return f"{record.MADE_BY} {exam_id}".rstrip().encode() in file.read(_HEAD)


def _exam_in(folder: Path) -> str:
    """The id of the exam whose record is in the folder, or nothing."""
    found = _json_in(folder / record.FILE_NAME)
    return str(found["id"]) if isinstance(found, dict) and "id" in found else ""


def _files_of(folder: Path, exam_id: str, made: Mapping[str, Made]) -> tuple[Path, ...]:
    """Files that still belong to an earlier exam."""
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.is_file()
        and path.name != LIST_NAME
        and (
            entry.exam == exam_id if (entry := made.get(path.name)) else _says_that_it_is_ours(path, exam_id)
        )
    )


def _list_in(folder: Path) -> dict[str, Made]:
    """What was made here so far, by name; nothing where the list is missing or damaged."""
    found = _json_in(folder / LIST_NAME)
    try:
        return {name: Made(entry["exam"], entry["sha256"]) for name, entry in found["files"].items()}
    except (AttributeError, KeyError, TypeError):
        return {}


def _as_json(made: Mapping[str, Made]) -> bytes:
    files = {name: {"exam": entry.exam, "sha256": entry.digest} for name, entry in sorted(made.items())}
    return f"{json.dumps({'made_by': record.MADE_BY, 'files': files}, indent=2)}\n".encode()


def _json_in(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes()) if path.is_file() else None
    except ValueError:
        return None


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
