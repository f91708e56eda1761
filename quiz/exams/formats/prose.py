"""The Markdown of items as a small tree, for formats that are neither Markdown nor HTML.

Links to files of the bank lose their target, since those files are not there; raw HTML stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; `link` is an address outside the bank, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within an item's text, of whatever depth."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each entry has blocks of its own."""

    ordered: bool
    entries: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Heading | Code | Listing | Quote | Table


@lru_cache(maxsize=4096)  # the variants of an exam have the same texts
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    return tuple(_blocks(_Reader(_parser().parse(without_controls(markdown)))))


def inline(markdown: str) -> Runs:
    """The runs of a text that stands in one line, such as an option."""
    found: list[Run] = []
    for block in blocks(markdown):
        found += [Run(" ")] * bool(found) + list(_runs_of(block))
    return _joined(found)


def without_controls(words: str) -> str:
    """Without the characters that neither XML nor a page can hold."""
    return _CONTROL.sub("", words)


def text(runs: Sequence[Run]) -> str:
    """What is left without any look."""
    return "".join(run.text for run in runs)


def _runs_of(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph(runs) | Heading(runs):
            yield from runs
        case Code(source):
            yield Run(" ".join(source.split()), code=True)
        case Listing(_, entries):
            for index, entry in enumerate(entries):
                yield Run("; " if index else "")
                for part in entry:
                    yield from _runs_of(part)
        case Quote(parts):
            for part in parts:
                yield from _runs_of(part)
        case Table(header, rows):
            for row in (header, *rows):
                for cell in row:
                    yield from (*cell, Run(" "))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


class _Reader:
    """Tokens, one after the other."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def next(self) -> Token | None:
        if self._place == len(self._tokens):
            return None
        self._place += 1
        return self._tokens[self._place - 1]

    def until(self, kind: str) -> _Reader:
        """What comes before the token of this kind that belongs to the one just read."""
        start, level = self._place, self._tokens[self._place - 1].level
        while self._tokens[self._place].type != kind or self._tokens[self._place].level != level:
            self._place += 1
        self._place += 1
        return _Reader(self._tokens[start : self._place - 1])

    def inline(self, kind: str) -> Runs:
        """The runs of the one inline token before the token of this kind."""
        tokens = self.until(kind)
        token = tokens.next()
        return _joined(_runs(token.children or [])) if token else ()


def _blocks(reader: _Reader) -> Iterator[Block]:
    while token := reader.next():
        if token.type == "paragraph_open":
            yield Paragraph(reader.inline("paragraph_close"))
        elif token.type == "heading_open":
            yield Heading(reader.inline("heading_close"))
        elif token.type in ("fence", "code_block"):
            language = token.info.split()[0] if token.info.strip() else ""
            yield Code(token.content.rstrip("\n"), language)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _listing(reader.until(token.type.replace("open", "close")), token.type[0] == "o")
        elif token.type == "blockquote_open":
            yield Quote(tuple(_blocks(reader.until("blockquote_close"))))
        elif token.type == "table_open":
            yield _table(reader.until("table_close"))


def _listing(reader: _Reader, ordered: bool) -> Listing:
    entries = []
    while reader.next():
        entries.append(tuple(_blocks(reader.until("list_item_close"))))
    return Listing(ordered, tuple(entries))


def _table(reader: _Reader) -> Table:
    rows: list[list[Runs]] = []
    while token := reader.next():
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(reader.inline(token.type.replace("open", "close")))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    look = Run("")
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            look = replace(look, bold=token.nesting > 0)
        elif token.type in ("em_open", "em_close"):
            look = replace(look, italic=token.nesting > 0)
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            look = replace(look, link=target if ":" in target else "")
        elif token.type == "link_close":
            look = replace(look, link="")
        elif token.type in ("softbreak", "hardbreak"):
            yield replace(look, text=" ")
        elif token.content:
            yield replace(look, text=token.content, code=token.type == "code_inline")


def _joined(runs: Sequence[Run] | Iterator[Run]) -> Runs:
    """Neighbours of one look as one run, without those that hold nothing."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(run, text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)
