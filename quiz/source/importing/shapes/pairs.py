"""Questions and answers with labels in bold: `**Q: ...**` and `**A: ...**`, or `**Q1:** ...`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quiz.source.importing.dialogue import find_starts
from quiz.source.importing.drafts import Part, cut
from quiz.source.importing.lines import Line

EXAMPLE: Final = "**Q: What is a task?** followed by **A: ...**"

_QUESTION: Final = re.compile(
    r"^ {0,3}(?:[-*+]\s+|\d+[.)]\s+)?\*\*(?:Q|Question)\s*#?(?P<number>\d{1,6})?\s*"
    r"(?:\*\*)?\s*[:.)]\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    r"^\s*(?P<bold>\*\*)?(?:A|Ans|Answer)\s*\d{0,6}\s*(?P<closed>\*\*)?\s*[:.)]\s*(?P<text>.*)$",
    re.IGNORECASE,
)


def find(lines: Sequence[Line]) -> list[Part]:
    return cut(lines, list(find_starts(lines, _question, _answer)))


def _question(text: str) -> tuple[int | None, str] | None:
    match = _QUESTION.match(text)
    if match is None:
        return None
    return int(match["number"]) if match["number"] else None, match["text"]


def _answer(text: str) -> str | None:
    """The answer's text with its bold marks in pairs, although the first was part of the label."""
    match = _ANSWER.match(text)
    if match is None or (not match["bold"] and not text.lstrip().startswith(("A:", "Answer:", "Ans:"))):
        return None
    told = match["text"]
    if not match["bold"] or match["closed"]:
        return told
    if told.startswith("**"):
        return told[2:].lstrip()
    if told.count("**") % 2:
        return told.replace("**", "", 1)
    return f"**{told}" if told and "**" not in told else told
