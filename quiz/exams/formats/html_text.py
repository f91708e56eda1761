"""The Markdown of items as safe HTML that is also well-formed XML, for the formats that carry HTML.

Raw HTML stays text. Links keep their target only where it leads out of the bank to the web, since the files
of the bank are not beside an exam; a picture is replaced by its description for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html import escape, unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_WEB: Final = ("https://", "http://", "mailto:")
# Every variant has the same texts again.
_TEXTS: Final = 4096
_LINK: Final = ("link_open", "link_close")
_MARKS: Final = ".?!:;,"
_BREAK: Final = "\x1f"
_INLINE_TAG = re.compile(r"</?(?:a|br|code|em|strong)\b[^>]*>")
_BLOCK_TAG = re.compile(r"<[^>]*>")
# What XML 1.0 cannot hold, not even as a reference. https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")


@lru_cache(maxsize=_TEXTS)
def block(markdown: str) -> str:
    """Paragraphs, lists, tables and code as HTML, without a newline at the end."""
    return _rendered(_parser().parse(without_controls(markdown))).strip()


@lru_cache(maxsize=_TEXTS)
def inline(markdown: str) -> str:
    """One line of HTML: an option, a step. Line breaks become spaces."""
    text = " ".join(without_controls(markdown).split())
    return _rendered(_parser().parseInline(text)).strip()


@lru_cache(maxsize=_TEXTS)
def text(markdown: str) -> str:
    """The words alone, in one line, for formats and fields that show no markup.

    Paragraphs, entries and cells that end without a mark are parted by semicolons.
    """
    bare = _BLOCK_TAG.sub(_BREAK, _INLINE_TAG.sub("", block(markdown)))
    parts = [" ".join(unescape(part).split()) for part in bare.split(_BREAK)]
    said = ""
    for part in filter(None, parts):
        said += ("" if not said else " " if said[-1] in _MARKS else "; ") + part
    return said


def paragraph(words: str) -> str:
    """Plain words as a paragraph."""
    return f"<p>{escape(without_controls(words))}</p>"


def listed(entries: Sequence[str], *, ordered: bool = False) -> str:
    """A list of inline Markdown."""
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{inline(entry)}</li>' for entry in entries)}</{tag}>"


def without_controls(words: str) -> str:
    """Without the characters that no XML document may hold."""
    return _NO_XML.sub("", words)


def _rendered(tokens: list[Token]) -> str:
    parser = _parser()
    for token in tokens:
        # Only the alignment of columns is set by a style, and few readers let styles pass.
        token.attrs.pop("style", None)
        if token.children:
            token.children = list(_kept(token.children))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _kept(tokens: list[Token]) -> Iterator[Token]:
    """Inline tokens without links into the bank and with words for pictures."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            dropped.append(not str(token.attrGet("href") or "").startswith(_WEB))
        if token.type == "image":
            yield Token("text", "", 0, content=token.content)
        elif token.type not in _LINK or not dropped[-1]:
            yield token
        if token.type == "link_close":
            dropped.pop()
