"""How lines are laid out on a console: wrapped, indented, with keys, lists and inline Markdown.

Plain, for screen readers and pipes, there are no marks between words and nothing that only colour tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from quiz.practice import speech
from quiz.practice.kinds.face import Listing

if TYPE_CHECKING:
    from rich.console import RenderableType

READABLE = 92
"""Lines are no longer than this, however wide the terminal is."""

_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|(?P<code>`[^`]+`)|\[(?P<link>[^\]]+)\]\([^)\s]+\)", re.DOTALL)
# Fences, tables, lists, quotes and headings need more than the paragraphs that are written here.
_BLOCKS = re.compile(r"^\s*(```|~~~|\||>|#+ |[-*+] |\d+\. )", re.MULTILINE)


class Layout:
    """Writes lines to a console."""

    def __init__(self, console: Console, *, plain: bool = False) -> None:
        self.console = console
        self.plain = plain

    @property
    def width(self) -> int:
        return min(self.console.width, READABLE)

    def note(self, text: str, style: str = "") -> None:
        self.print(Text(text, style))

    def blank(self) -> None:
        self.print(Text())

    def keys_line(self, keys: Mapping[str, str]) -> None:
        """`e editor · s skip`: each key bold, with what it does; broken between two keys where it must be."""
        if self.plain:
            named = ((key.replace("?", "question mark"), does) for key, does in keys.items())
            self.print(Text(f"Keys: {'; '.join(f'{key} for {does}' for key, does in named)}."))
            return
        line = Text()
        for key, meaning in keys.items():
            part = Text.assemble((key, "bold cyan"), f" {meaning}")
            if line and len(line) + len(part) + 3 > self.width:
                self.print(line)
                line = Text()
            line = Text(" · ").join([line, part]) if line else part
        self.print(line)

    def heading(self, title: str, colour: str) -> None:
        self.blank()
        self.print(Text(f"{title}:" if self.plain else title, f"bold {colour}"))

    def points(self, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            self.listed(text, f"{number}." if self.plain else "-")

    def marked(self, listing: Listing) -> None:
        for mark, text in zip(listing.marks, listing.texts, strict=True):
            if mark:
                self.listed(text, mark)
            else:
                self.prose(text, indent=2)

    def listed(self, markdown: str, mark: str) -> None:
        """Markdown with `mark` before its first line and the other lines indented as far."""
        lead = f"  {mark} "
        self.wrapped(self.inline(" ".join(markdown.split())), lead, " " * len(lead))

    def wrapped(self, text: Text, lead: str = "", indent: str = "") -> None:
        """Text in lines that fit, `lead` before the first of them and `indent` before the others."""
        width = self.width - len(indent)
        for line in text.wrap(self.console, max(10, width)):
            line.rstrip()
            self.console.print(Text(lead).append_text(line), soft_wrap=True)
            lead = indent

    def prose(self, markdown: str, style: str = "", indent: int = 0) -> None:
        """Paragraphs with inline Markdown, the last one in `style`; whole Markdown where that needs it."""
        if _BLOCKS.search(markdown):
            if self.plain:
                for line in speech.lines(markdown):
                    self.wrapped(self.inline(line))
                return
            from rich.markdown import Markdown

            self.print(Padding.indent(Markdown(markdown), indent))
            return
        paragraphs = markdown.strip().split("\n\n")
        for number, paragraph in enumerate(paragraphs, 1):
            text = self.inline(" ".join(paragraph.split()))
            text.style = style if number == len(paragraphs) else ""
            self.wrapped(text, " " * indent, " " * indent)
            if number < len(paragraphs):
                self.blank()

    def inline(self, markdown: str) -> Text:
        """Bold, code and links as styles; code keeps its marks where there is no colour to show it."""
        text, end = Text(), 0
        for found in _INLINE.finditer(markdown):
            text.append(markdown[end : found.start()])
            if code := found["code"]:
                marked = not (self.plain or self.console.color_system)
                text.append(code if marked else code.strip("`"), "cyan")
            else:
                text.append(found["bold"] or found["link"], "bold" if found["bold"] else "underline")
            end = found.end()
        return text.append(markdown[end:])

    def print(self, renderable: RenderableType) -> None:
        if isinstance(renderable, Text):
            self.wrapped(renderable)
        else:
            self.console.print(renderable, width=self.width)
