"""Markdown as lines to be read aloud: no boxes, no rules, no marks that a screen reader spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^\s*(?:```|~~~)\s*(?P<language>\w*)")
_RULE = re.compile(r"^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?\s*)?$|^\s*([-*_]\s*){3,}$")
_LEAD = re.compile(r"^\s*(?:#+|>|[-*+])\s+")
_ENTRY = re.compile(r"^\s*(?:#+|>|[-*+]|\d+\.)\s+")
_HEADING = re.compile(r"^\s*#+\s")
_NO_TEXT = ("mermaid",)


def lines(markdown: str) -> Iterator[str]:
    """A paragraph or a list entry a line, headings and quotes without their marks, rows of tables as lists.

    Code stays as it is; a drawing is only mentioned. An empty line stands between paragraphs.
    """
    words: list[str] = []
    fence: str | None = None
    for line in markdown.strip().splitlines():
        found = _FENCE.match(line)
        if fence is not None and not found:
            if fence not in _NO_TEXT:
                yield line
            continue
        row = line.lstrip().startswith("|")
        if words and (found or row or not line.strip() or _ENTRY.match(line)):
            yield " ".join(words)
            words = []
        if found:
            yield from _opening(found["language"]) if fence is None else ()
            fence = found["language"] if fence is None else None
        elif _RULE.match(line):
            continue
        elif row:
            yield "; ".join(cell for cell in _cells(line) if cell)
        elif not line.strip():
            yield ""
        else:
            words.append(_LEAD.sub("", line).strip())
            if _HEADING.match(line):
                yield words.pop()
    if words:
        yield " ".join(words)


def _opening(language: str) -> Iterator[str]:
    yield "There is a diagram here; see the page on the site." if language in _NO_TEXT else "Code:"


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]
