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
    r"(?P<closed>\*\*)?\s*[:.)]\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    r"^\s*(?P<bold>\*\*)?(?:A|Ans|Answer)\s*\d{0,6}\s*(?P<closed>\*\*)?\s*[:.)]\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_ALL_BOLD: Final = re.compile(r"^\*\*(?P<text>[^*]+)\*\*\s*$")


def find(lines: Sequence[Line]) -> list[Part]:
    return cut(lines, list(find_starts(lines, _question, _answer)))


def _question(text: str) -> tuple[int | None, str] | None:
    match = _QUESTION.match(text)
    if match is None:
        return None
    number = int(match["number"]) if match["number"] else None
    return number, match["text"] if match["closed"] else _with_bold_in_pairs(match["text"])


def _answer(text: str) -> str | None:
    match = _ANSWER.match(text)
    if match is None or (not match["bold"] and not text.lstrip().startswith(("A:", "Answer:", "Ans:"))):
        return None
    if match["closed"] or not match["bold"]:
        return match["text"]
    told = _with_bold_in_pairs(match["text"])
    whole = _ALL_BOLD.match(told)
    return whole["text"] if whole else told


def _with_bold_in_pairs(text: str) -> str:
    """A text whose bold began at the label before it: `Yes.** No.` is `**Yes.** No.`."""
    if text.startswith("**"):
        return text[2:].lstrip()
    return f"**{text}" if text else text
