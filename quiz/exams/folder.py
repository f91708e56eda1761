"""The folder that an exam is written to. Only our own files are replaced, and nothing is removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quiz.errors import UserError
from quiz.exams import record

# Enough of a file to find in it what made it.
_HEAD = 200


@dataclass(frozen=True, slots=True)
class Written:
    """Our files, the id of another exam that they replaced, and the papers of that exam still there."""

    paths: tuple[Path, ...]
    replaced: str = ""
    left_over: tuple[Path, ...] = ()


def write_exam(folder: Path, exam_id: str, files: Mapping[str, bytes]) -> Written:
    """Write the files of an exam, each of them whole or not at all.

    Raises UserError, before anything is written, where a file of that name was not made by us.
    """
    paths = {folder / name: content for name, content in files.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if path.exists() and not _is_ours(path):
                raise UserError("this file was not made by ecsquiz.", "Choose another --out.", path)
        previous = _exam_in(folder)
        for path, content in paths.items():
            _replace(path, content)
        others = () if previous in ("", exam_id) else _papers_of(folder, previous)
    except OSError as error:
        reason = f"{error.strerror or error}"
        raise UserError(f"this cannot be written: {reason}.", "Choose another --out.", folder) from error
    return Written(tuple(paths), "" if previous == exam_id else previous, others)


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return record.MADE_BY.encode() in file.read(_HEAD)


def _exam_in(folder: Path) -> str:
    """The id of the exam whose record is in the folder, or nothing."""
    path = folder / record.FILE_NAME
    if not path.is_file():
        return ""
    try:
        return str(json.loads(path.read_bytes())["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _papers_of(folder: Path, exam_id: str) -> tuple[Path, ...]:
    """Files that still carry the id of an earlier exam."""
    marker = f"{record.MADE_BY} {exam_id}".encode()
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and _is_ours(path):
            with path.open("rb") as file:
                if marker in file.read(_HEAD):
                    found.append(path)
    return tuple(found)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
