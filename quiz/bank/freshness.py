"""Whether a compiled bank is what a build would give now: from the same sources, by the same code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.source.folder import BANK_FILE, GLOSSARY_FILE, question_files


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One question file: its path within the bank, its bytes and their hash."""

    path: str
    content: bytes
    content_hash: str


def is_fresh(folder: Path, target: Path) -> bool:
    """Whether `target` holds just what a build of `folder` would give now."""
    try:
        with Bank.open(target) as bank:
            return bank.recipe == recipe() and bank.fingerprint == fingerprint_of(
                folder, source_files(folder)
            )
    except UserError:
        return False


@cache
def recipe() -> str:
    """Hash of the code that compiles, so that a bank from older code is compiled anew."""
    packages = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for package in ("source", "items", "bank"):
        for path in sorted((packages / package).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _source_file(folder: Path, name: str) -> SourceFile:
    try:
        with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 - Path.open is slower by half
            content = file.read()
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", folder / name) from error
    return SourceFile(name, content, hashlib.sha256(content).hexdigest())


def source_files(folder: Path) -> list[SourceFile]:
    """All question files of the bank, read. Raises UserError."""
    return [_source_file(folder, name) for name in question_files(folder)]


def fingerprint_of(folder: Path, files: Sequence[SourceFile]) -> str:
    """Hash over the paths and contents of everything that goes into the bank."""
    settings = [name for name in (BANK_FILE, GLOSSARY_FILE) if (folder / name).exists()]
    everything = [*(_source_file(folder, name) for name in settings), *files]
    hashes = json.dumps([(file.path, file.content_hash) for file in everything])
    return hashlib.sha256(hashes.encode()).hexdigest()
