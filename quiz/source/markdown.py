"""Block structure of Markdown: headings, fences, tables and list items with their lines.

Inline parsing is switched off: the bank keeps inline Markdown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKS = re.compile(r"\*\*|__")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    depth: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block; `info` is the whole info string, `line` that of the opening fence."""

    info: str
    text: str
    line: int

    @property
    def language(self) -> str:
        return self.info.split()[0].lower() if self.info.strip() else ""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """A top-level list item: its text with continuation lines joined, and its line."""

    text: str
    line: int
    ordered: bool


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").disable("inline")


def parse(text: str) -> Sequence[Token]:
    """Block tokens of `text`. Inline tokens carry their raw Markdown in `.content`."""
    return _parser().parse(text)


@lru_cache(maxsize=16)  # as many as a question has
def parse_section(text: str) -> Sequence[Token]:
    """The same for a section, at which several kinds of items look one after the other: only to be read."""
    return parse(text)


def headings(tokens: Sequence[Token], first_line: int = 1) -> list[Heading]:
    """Top-level headings outside fences, lists and quotes."""
    found = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            found.append(Heading(int(token.tag[1]), tokens[index + 1].content, token.map[0] + first_line))
    return found


def fences(text: str, first_line: int = 1) -> list[Fence]:
    """All fenced blocks, nested ones included."""
    return [
        Fence(token.info.strip(), token.content, token.map[0] + first_line)
        for token in parse(text)
        if token.type == "fence" and token.map
    ]


def tables(text: str, first_line: int = 1) -> list[Table]:
    """All tables; a row is a tuple of cells as raw Markdown."""
    if "|" not in text:
        return []
    found: list[Table] = []
    rows: list[list[str]] = []
    line = 0
    for token in parse_section(text):
        if token.type == "table_open":
            rows, line = [], (token.map[0] if token.map else 0) + first_line
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level >= 4:
            rows[-1].append(token.content)
        elif token.type == "table_close":
            header, *body = rows
            found.append(Table(tuple(header), tuple(tuple(row) for row in body), line))
            rows = []
    return found


def list_items(text: str, first_line: int = 1) -> list[ListItem]:
    """Items of the top-level lists of `text`, nested lists left out."""
    found: list[ListItem] = []
    ordered = False
    for token in parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open") and token.level == 0:
            ordered = token.type.startswith("ordered")
        if token.type == "inline" and token.level == 3 and token.map:
            joined = " ".join(part.strip() for part in token.content.splitlines())
            found.append(ListItem(joined, token.map[0] + first_line, ordered))
    return found


def bold_terms(text: str) -> tuple[str, ...]:
    """The words set in bold, in order of appearance, without backticks."""
    return tuple(" ".join(match.replace("`", "").split()) for match in _BOLD.findall(text))


def anchor(title: str) -> str:
    """The anchor of a heading, as Python-Markdown makes it."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain(title)).strip().lower())


@lru_cache(maxsize=4096)  # each kind of item reads the same cells
def plain(text: str) -> str:
    """Inline Markdown without emphasis and link targets; code marks stay."""
    return " ".join(_LINK.sub(r"\1", _MARKS.sub("", text)).split())
