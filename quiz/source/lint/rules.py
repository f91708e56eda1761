"""The list of rules, and the check of a whole folder. To add a rule, add a file and name it here.

A rule is a module with `check(source)`; `NEEDS` names a package that it cannot do without and that a plain
ecsquiz has not.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Final

from quiz.source.folder import question_files, read_spec
from quiz.source.lint import (
    aws_commands,
    code_fences,
    glossary,
    iam_actions,
    json_fences,
    key_points,
    links,
    prompts,
    sections,
    sources,
    spelling,
    structure,
)
from quiz.source.lint.source import Source
from quiz.source.question import Finding
from quiz.source.reader import Reading, read_bytes

RULES: Final[tuple[ModuleType, ...]] = (
    structure,
    sections,
    links,
    key_points,
    glossary,
    prompts,
    sources,
    aws_commands,
    json_fences,
    code_fences,
    iam_actions,
    spelling,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, sorted by place; how many files were read; packages whose rules could not look."""

    findings: tuple[Finding, ...]
    files: int
    missing: tuple[str, ...] = ()


def check_folder(folder: Path, labs: frozenset[str] | None = None, today: date | None = None) -> Checked:
    """Read all questions of `folder` and ask every rule. `labs` and `today` where they are known."""
    source, readings = read_source(folder, labs, today)
    findings = [finding for reading in readings for finding in reading.findings]
    missing = {rule.NEEDS for rule in RULES if hasattr(rule, "NEEDS") and not _installed(rule.NEEDS)}
    for rule in RULES:
        if getattr(rule, "NEEDS", None) not in missing:
            findings += rule.check(source)
    return Checked(tuple(sorted(findings)), len(readings), tuple(sorted(missing)))


def read_source(
    folder: Path, labs: frozenset[str] | None = None, today: date | None = None
) -> tuple[Source, list[Reading]]:
    """Everything that the rules look at, and how the reading of each file went."""
    spec = read_spec(folder)
    readings: list[Reading] = []
    texts: dict[str, str] = {}
    for name in question_files(folder):
        content = (folder / name).read_bytes()
        readings.append(read_bytes(content, name))
        texts[name] = content.decode("utf-8-sig", errors="replace")
    questions = tuple(reading.question for reading in readings if reading.question)
    return Source(spec, questions, texts, labs, today), readings


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
