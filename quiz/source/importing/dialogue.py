"""Questions and answers that are told apart by labels at the start of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from quiz.source.importing import wording
from quiz.source.importing.drafts import Start
from quiz.source.importing.lines import Line, without_gaps_around

Found = TypeVar("Found")
Question = Callable[[str], tuple[int | None, str] | None]
"""The number, if any, and the text of a line that starts a question."""
Answer = Callable[[str], str | None]
"""The text of a line that starts an answer."""


def find_starts(lines: Sequence[Line], question: Question, answer: Answer) -> Iterator[Start]:
    """Each question with its prompt: the first paragraph before the answer's label.

    Without such a label it is the line, or as much as is in bold.
    """
    asked = [(index, found) for index, line in enumerate(lines) if (found := _match(question, line))]
    ends = [*(index for index, _ in asked), len(lines)]
    for (first, (number, text)), end in zip(asked, ends[1:], strict=True):
        wordings = [replace(lines[first], text=text), *lines[first + 1 : end]]
        labels = (index for index in range(1, len(wordings)) if _match(answer, wordings[index]) is not None)
        label = next(labels, None)
        length = _bold(wordings) if label is None else _paragraph(wordings[:label])
        prompt = wording.prompt(" ".join(line.text.strip() for line in wordings[:length]).replace("**", ""))
        if label is None:
            yield Start(first, first + length, prompt, number)
            continue
        told = answer(wordings[label].text) or ""
        answers = (replace(wordings[label], text=told),) if told.strip() else ()
        context = tuple(without_gaps_around(wordings[length:label]))
        yield Start(first, first + label + 1, prompt, number, 0, context, answers)


def _match(label: Callable[[str], Found | None], line: Line) -> Found | None:
    return None if line.in_code else label(line.text)


def _bold(lines: Sequence[Line]) -> int:
    """How many lines it takes until the bold that the first one opens is closed, within a paragraph."""
    text = ""
    for count, line in enumerate(lines[: _paragraph(lines)], 1):
        text += line.text
        if text.count("**") % 2 == 0:
            return count
    return 1


def _paragraph(lines: Sequence[Line]) -> int:
    """How many lines the first paragraph takes up; at least one."""
    return next((n for n, line in enumerate(lines) if n and (line.is_gap or line.in_code)), len(lines))
