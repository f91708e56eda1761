"""Questions that open on a click: `<details><summary>Question</summary> answer </details>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from quiz.source.importing import wording
from quiz.source.importing.drafts import Draft, Part
from quiz.source.importing.lines import Line

EXAMPLE: Final = "<details><summary>What is a task?</summary> ... </details>"

_TAG: Final = re.compile(r"`[^`]*`|<(?P<end>/?)(?P<name>details|summary)\b[^<>]*>", re.IGNORECASE)
# Summaries that hide an answer whose question stands before them.
_NO_QUESTION: Final = re.compile(
    r"^(?:click|tap|show|see|reveal|view|expand|answers?|solutions?|hints?|details|code|output|more|"
    r"explanation|example|spoiler)\b[^?]{0,40}$",
    re.IGNORECASE,
)
_GROUP: Final = 2


def find(lines: Sequence[Line]) -> list[Part]:
    """The questions in order. A <details> that never ends is text, so that it hides nothing below it."""
    return _Scan(lines).read()


@dataclass(slots=True)
class _Block:
    """One <details> on its way: its lines as they stand, and what its summary and its body say."""

    lines: list[Line] = field(default_factory=list)
    summary: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    head: int = 1
    """How many of the lines hold the summary."""


class _Scan:
    """Follows the tags through the lines. A tag may stand anywhere in a line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.endless = _endless(lines)
        self.parts: list[Part] = []
        self.block: _Block | None = None
        self.depth = 0
        self.in_summary = False

    def read(self) -> list[Part]:
        for line in self.lines:
            if self.block:
                self.block.lines.append(line)
            if line.in_code:
                self._put(line)
            else:
                self._read_line(line)
        return self.parts

    def _read_line(self, line: Line) -> None:
        start = 0
        tags = [tag for tag in _tags(line) if (line.number, tag.start()) not in self.endless]
        for tag in tags:
            name, end = tag["name"].lower(), bool(tag["end"])
            if self._is_own(name, end):
                if line.text[start : tag.start()].strip():
                    self._put(replace(line, text=line.text[start : tag.start()]))
                self._follow(name, end, line)
                start = tag.end()
        if start == 0 or line.text[start:].strip():
            self._put(replace(line, text=line.text[start:]))

    def _is_own(self, name: str, end: bool) -> bool:
        """Whether a tag belongs to the outermost block; those of nested blocks are text."""
        if name == "summary":
            return self.block is not None and self.depth == 1 and (end == self.in_summary)
        if self.block is None:
            return not end
        self.depth += -1 if end else 1
        return self.depth == 0

    def _follow(self, name: str, end: bool, line: Line) -> None:
        if name == "summary":
            self.in_summary = not end
            if end and self.block:
                self.block.head = len(self.block.lines)
        elif end:
            self._finish()
        else:
            self.block, self.depth = _Block([line]), 1

    def _put(self, line: Line) -> None:
        if self.block is None:
            self.parts.append(line)
        else:
            (self.block.summary if self.in_summary else self.block.body).append(line)

    def _finish(self) -> None:
        block, self.block, self.in_summary = self.block, None, False
        if block is not None:
            self.parts += _parts(block)


def _tags(line: Line) -> list[re.Match[str]]:
    return [] if line.in_code else [tag for tag in _TAG.finditer(line.text) if tag["name"]]


def _endless(lines: Sequence[Line]) -> set[tuple[int, int]]:
    """Line and column of each <details> without its </details>."""
    open_tags: list[tuple[int, int]] = []
    for line in lines:
        for tag in _tags(line):
            if tag["name"].lower() == "details":
                if not tag["end"]:
                    open_tags.append((line.number, tag.start()))
                elif open_tags:
                    open_tags.pop()
    return set(open_tags)


def _parts(block: _Block) -> Iterator[Part]:
    """The question that a block is; its lines if it is none; a heading and questions if it is a group."""
    summary = " ".join(line.text.strip() for line in block.summary)
    plain = wording.prompt(summary)
    number, prompt = wording.labelled(plain) or wording.numbered(plain) or (None, plain)
    if not prompt or _NO_QUESTION.match(prompt):
        yield from block.lines
        return
    if not wording.asks(prompt):
        nested = find(block.body)
        if sum(isinstance(part, Draft) for part in nested) >= _GROUP:
            yield Line(block.lines[0].number, f"## {prompt}")
            yield from nested
            return
    yield Draft(prompt, number, tuple(block.lines[: block.head]), tuple(_without_indent(block.body)))


def _without_indent(lines: Sequence[Line]) -> list[Line]:
    """The lines without the indent that all of them share, as an answer in a list item has it."""
    indents = [len(line.text) - len(line.text.lstrip(" ")) for line in lines if not line.blank]
    width = min(indents, default=0)
    return [replace(line, text=line.text[width:]) for line in lines]
