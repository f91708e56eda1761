"""A question in our format, as text, and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quiz.source.importing.lines import Line
from quiz.source.importing.sections import Part
from quiz.source.importing.wording import slug

_YAML_WORDS: Final = frozenset(["true", "false", "null"])


def file_name(number: int, level: str, prompt: str) -> str:
    """Where the question belongs in the bank's folder: `fundamentals/007-what-is-a-task.md`."""
    return f"{level}/{number:03}-{slug(prompt) or 'question'}.md"


def render(number: int, level: str, topics: Sequence[str], prompt: str, parts: Sequence[Part]) -> str:
    """The file of a question. Code blocks and all other lines but headings stand in it as they were."""
    named = ", ".join(_yaml(topic) for topic in topics)
    rows = [
        "---",
        f"number: {number}",
        f"level: {_yaml(level)}",
        f"topics: [{named}]",
        "---",
        f"# {prompt}",
    ]
    for part in parts:
        rows += ["", f"## {part.title}", *_rows(part.lines)]
    return "\n".join(rows) + "\n"


def _yaml(slug: str) -> str:
    """A slug as YAML reads it back: `no` and `12` need quotes."""
    return slug if re.fullmatch(r"[a-z][a-z0-9-]{3,}", slug) and slug not in _YAML_WORDS else f'"{slug}"'


def _rows(lines: Sequence[Line]) -> list[str]:
    """The lines without rules, with one blank line at most between two and one before a heading."""
    rows: list[str] = []
    for line in lines:
        if line.in_code:
            rows.append(line.text)
        elif line.is_gap:
            if rows and rows[-1].strip():
                rows.append("")
        else:
            if line.heading and rows and rows[-1].strip():
                rows.append("")
            rows.append(line.text)
    return rows
