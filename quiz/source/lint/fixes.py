"""Carry out the remedies that findings bring with them."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from quiz.source.question import Finding


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """The text after the fixes of its findings. Of two that overlap, the later in the line is done."""
    rows = text.split("\n")
    by_place = sorted(
        ((finding.line - 1, finding.fix) for finding in findings if finding.fix),
        key=lambda place: (place[0], place[1].start, place[1].end),
        reverse=True,
    )
    untouched: dict[int, int] = {}
    for index, fix in by_place:
        if fix.end <= untouched.get(index, len(rows[index])):
            rows[index] = rows[index][: fix.start] + fix.text + rows[index][fix.end :]
            untouched[index] = fix.start
    return "\n".join(rows)


def fix_folder(folder: Path, findings: Iterable[Finding]) -> int:
    """Fix the files of `folder`; each is replaced as a whole or not at all. Returns how many changed."""
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.fix:
            by_path[finding.path].append(finding)
    changed = 0
    for name, its_findings in by_path.items():
        path = folder / name
        # newline="": the file keeps its line ends
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        after = fixed(text, its_findings)
        if after != text:
            _replace(path, after)
            changed += 1
    return changed


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise
