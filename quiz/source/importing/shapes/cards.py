"""Flash cards in plain text, as hashcards has them: `Q:` and `A:` at the start of a line, `C:` for cloze."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quiz.source.importing.dialogue import find_starts
from quiz.source.importing.drafts import Draft, Part, Skipped, cut
from quiz.source.importing.lines import Line

EXAMPLE: Final = "Q: What is a task? with A: ... on the next line"

_QUESTION: Final = re.compile(r"^(?:Q\s?(?P<number>\d{1,6})?|(?P<cloze>C)):\s*(?P<text>.*)$")
_ANSWER: Final = re.compile(r"^A\s?\d{0,6}:\s*(?P<text>.*)$")
_CLOZE: Final = "cloze card: write it as Q: and A: to import it"


def find(lines: Sequence[Line]) -> list[Part]:
    if not any(_is_answer(line) for line in lines):
        return list(lines)
    parts = cut(lines, list(find_starts(lines, _question, _answer)))
    return [known for part in parts for known in _without_cloze(part)]


def _question(text: str) -> tuple[int | None, str] | None:
    match = _QUESTION.match(text)
    if match is None:
        return None
    return int(match["number"]) if match["number"] else None, match["text"]


def _answer(text: str) -> str | None:
    match = _ANSWER.match(text)
    return match["text"] if match else None


def _is_answer(line: Line) -> bool:
    return not line.in_code and _answer(line.text) is not None


def _without_cloze(part: Part) -> Iterator[Part]:
    if isinstance(part, Draft) and part.lines[0].text.startswith("C:"):
        for line in (*part.lines, *part.body):
            yield Skipped(line, _CLOZE)
    else:
        yield part
