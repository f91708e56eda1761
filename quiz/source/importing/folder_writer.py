"""Writes imported questions to a bank's folder, and never over what somebody has edited there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.source.folder import BANK_FILE, question_files
from quiz.source.importing.report import File, Status
from quiz.source.question import BankSpec

_NUMBER: Final = re.compile(r"^number:[ \t]*(\d+)[ \t]*$", re.MULTILINE)
_PROMPT: Final = re.compile(r"^# (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A question's file as the document has it; `line` is where the question stands there."""

    path: str
    number: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done about a file, and the text to write, if any."""

    file: File
    text: str | None


def decide(folder: Path, new: Iterable[NewFile], *, overwrite: bool) -> list[Decision]:
    """Compare the files with those in the folder. A question's number is its identity, not its path."""
    present = dict(_present(folder))
    return [_decide(file, present.get(file.number), folder, overwrite) for file in new]


def _present(folder: Path) -> Iterator[tuple[int, Path]]:
    if not folder.is_dir():
        return
    for name in reversed(question_files(folder)):
        match = _NUMBER.search(_read(folder / name)[:2000])
        if match:
            yield int(match[1]), folder / name


def _decide(new: NewFile, present: Path | None, folder: Path, overwrite: bool) -> Decision:
    if present is None and (folder / new.path).exists():
        present = folder / new.path
    if present is None:
        return Decision(File(new.path, Status.WRITTEN, new.line, new.number), new.text)
    path = present.relative_to(folder).as_posix()
    old = _read(present)
    if old == new.text:
        return Decision(File(path, Status.UNCHANGED, new.line, new.number), None)
    if overwrite:
        return Decision(File(path, Status.OVERWRITTEN, new.line, new.number), new.text)
    same_question = _prompt(old) == _prompt(new.text) or path == new.path
    message = (
        "differs from the document; replace it with --overwrite"
        if same_question
        else f"has the number {new.number} already; import with --start-at, or replace it with --overwrite"
    )
    return Decision(File(path, Status.KEPT, new.line, new.number, message), None)


def _prompt(text: str) -> str:
    match = _PROMPT.search(text)
    return match[1] if match else ""


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", path) from error


def bank_file(spec: BankSpec) -> str:
    """The `bank.toml` of a new bank."""
    rows = [f"title = {_quoted(spec.title)}"]
    for table, entries in (("levels", spec.levels), ("topics", spec.topics)):
        for entry in entries:
            rows += ["", f"[[{table}]]", f"slug = {_quoted(entry.slug)}", f"title = {_quoted(entry.title)}"]
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; its escapes are those of JSON."""
    return json.dumps(text.replace("\x7f", ""), ensure_ascii=False)


def write(folder: Path, decisions: Iterable[Decision], bank: str | None) -> None:
    """Write what was decided, each file at once or not at all. `bank` is the text of a new bank.toml."""
    try:
        for decision in decisions:
            if decision.text is not None:
                _replace(folder / decision.file.path, decision.text)
        if bank is not None:
            _replace(folder / BANK_FILE, bank)
    except OSError as error:
        remedy = "Nothing is half written; put it right and import again."
        raise UserError(f"this cannot be written: {error.strerror}.", remedy, error.filename) from error


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
