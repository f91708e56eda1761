"""The list of rules, and the check of a whole folder. To add a rule, add a file and name it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from quiz.source.folder import question_files, read_spec
from quiz.source.lint import key_points, links, sections, structure
from quiz.source.lint.source import Source
from quiz.source.question import Finding
from quiz.source.reader import Reading, read_bytes

Rule = Callable[[Source], Iterator[Finding]]

RULES: Final[tuple[Rule, ...]] = (structure.check, sections.check, links.check, key_points.check)


def check_folder(folder: Path, labs: frozenset[str] | None = None) -> tuple[list[Finding], int]:
    """All findings in the questions of `folder`, sorted by place, and the number of files read."""
    spec = read_spec(folder)
    readings: dict[str, Reading] = {}
    texts: dict[str, str] = {}
    for name in question_files(folder):
        content = (folder / name).read_bytes()
        readings[name] = read_bytes(content, name)
        texts[name] = content.decode("utf-8-sig", errors="replace")
    questions = tuple(reading.question for reading in readings.values() if reading.question)
    source = Source(spec, questions, texts, labs)
    findings = [finding for reading in readings.values() for finding in reading.findings]
    for rule in RULES:
        findings += rule(source)
    return sorted(findings), len(readings)
