"""The list of rules, and the check of a whole folder. To add a rule, add a file and name it here.

A rule is a module with `CODES`, what each of its codes demands, and `check(source)`. `NEEDS` names a package
that it cannot do without and that a plain ecsquiz has not.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Final

from quiz.source import reader
from quiz.source.folder import question_files, read_spec
from quiz.source.lint import (
    aws_commands,
    code_fences,
    glossary,
    iam_actions,
    json_fences,
    key_points,
    links,
    metrics,
    mojibake,
    policies,
    prompts,
    sections,
    service_definitions,
    sources,
    spelling,
    structure,
    task_definitions,
    terraform,
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
    task_definitions,
    service_definitions,
    policies,
    iam_actions,
    metrics,
    code_fences,
    terraform,
    mojibake,
    spelling,
)


def codes(rules: Sequence[ModuleType] = RULES) -> dict[str, str]:
    """Every code that a finding may have, and what it demands."""
    return {code: demand for module in (reader, *rules) for code, demand in _codes(module).items()}


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, sorted by place; how many files were read; packages whose rules could not look."""

    findings: tuple[Finding, ...]
    files: int
    missing: tuple[str, ...] = ()


def check_folder(
    folder: Path,
    labs: frozenset[str] | None = None,
    today: date | None = None,
    select: Collection[str] = (),
    rules: Sequence[ModuleType] = RULES,
) -> Checked:
    """Read all questions of `folder` and ask every rule. `labs` and `today` where they are known.

    `select` holds beginnings of codes: with any, only their findings are looked for. `rules` may hold those
    of other packages too.
    """
    wanted = tuple(select) or ("",)
    source, readings = read_source(folder, labs, today)
    findings = [finding for reading in readings for finding in reading.findings]
    asked = [rule for rule in rules if any(code.startswith(wanted) for code in _codes(rule))]
    missing = {rule.NEEDS for rule in asked if hasattr(rule, "NEEDS") and not _installed(rule.NEEDS)}
    for rule in asked:
        if getattr(rule, "NEEDS", None) not in missing:
            findings += rule.check(source)
    selected = sorted(finding for finding in findings if finding.code.startswith(wanted))
    return Checked(tuple(selected), len(readings), tuple(sorted(missing)))


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
        texts[name] = _text(content)
    questions = tuple(reading.question for reading in readings if reading.question)
    return Source(spec, questions, texts, labs, today), readings


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""  # F000 tells; there is nothing to look at


def _codes(module: ModuleType) -> Mapping[str, str]:
    codes: Mapping[str, str] = module.CODES
    return codes


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
