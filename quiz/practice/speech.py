"""Markdown as lines to be read aloud: no boxes, no rules, no marks that a screen reader spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^\s*(```|~~~)")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_LEAD = re.compile(r"^\s*(?:#+|>|[-*+])\s+")


def lines(markdown: str) -> Iterator[str]:
    """Line by line: headings, entries and quotes without their marks, table rows as lists, code as it is.

    An empty line stands between paragraphs.
    """
    in_code = False
    for line in markdown.strip().splitlines():
        if _FENCE.match(line):
            in_code = not in_code
            if in_code:
                yield "Code:"
        elif in_code:
            yield line
        elif "|" in line and _RULE.match(line):
            continue
        elif line.lstrip().startswith("|"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            yield "; ".join(cell.strip().replace("\\|", "|") for cell in cells if cell.strip())
        else:
            yield _LEAD.sub("", line)
