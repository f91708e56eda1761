"""A question's Markdown as small pieces of HTML that a script may put into a page as they are.

Questions are CommonMark without raw HTML: a tag in their text becomes words. Links lead to pages of the site
or to other sites; pictures become their words, so that nothing is loaded from elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

GAP: Final = "_____"
"""Stands for the missing words in the stem of a cloze."""
ROOT: Final = "../../"
"""The site's root as the practice pages see it, which are two folders deep."""

Rewrite = Callable[[str], str]
"""Gives the page, such as `13.md`, or the address for a link in a question's file; "" for one to nowhere."""

_PAGE = re.compile(r"(\d+)\.md")
_LINK = re.compile(r"\][(:]")
# Words, code and bold words in which the full rules of Markdown find nothing else. Most texts are such, and
# need no parser: that takes ten times as long.
_WORD = r"[^\W_]+(?:[,.;:?()/%'=-]+[^\W_]+)*"
_PIECE = rf"(?:{_WORD}|`(?! )[^`\n]+(?<! )`|\*\*{_WORD}(?: {_WORD})*\*\*)"
_PLAIN = re.compile(rf"(?!\d{{1,9}}[.)]){_PIECE}(?:[,.;:?)]* \(?{_PIECE})*[,.;:?)]*")
_BLANK = "\ue000"
_SHOWN_GAP = f'<span class="gap">{GAP}</span>'
_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_REMEMBERED = 100_000
"""So many texts keep their HTML while a server runs: a change of one question is shown in its own time."""


def block(text: str, rewrite: Rewrite = str) -> str:
    """Paragraphs, lists, tables and fences of Markdown as HTML."""
    if _is_plain_block(text):
        return simple_block(text)
    return _block(text, rewrite if _LINK.search(text) else str)


def line(text: str, rewrite: Rewrite = str) -> str:
    """One line of inline Markdown as HTML, without a paragraph around it."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text):
        return simple_line(text)
    return _line(text, rewrite if _LINK.search(text) else str)


def simple_block(text: str) -> str:
    """What `docs/assets/app/fragments.js` makes of a text: right for most, and for those nothing is sent."""
    return "\n".join(map(_simple_paragraph, text.split("\n\n"))) if text.strip() else ""


def simple_line(text: str) -> str:
    """One line by the rules of `simple_block`."""
    marked = _BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", _escaped(text)))
    return marked.replace(GAP, _SHOWN_GAP)


def _simple_paragraph(text: str) -> str:
    lines = text.split("\n")
    if not all(line.startswith("- ") for line in lines):
        return f"<p>{simple_line(text)}</p>"
    return "\n".join(["<ul>", *(f"<li>{simple_line(line[2:])}</li>" for line in lines), "</ul>"])


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _is_plain_block(text: str) -> bool:
    """Whether all its paragraphs are plain, and lists too, where no two of them touch."""
    listed = False
    for paragraph in text.split("\n\n"):
        lines = paragraph.split("\n")
        after_list, listed = listed, all(line.startswith("- ") for line in lines)
        if listed:
            lines = [line[2:] for line in lines]
        if (after_list and listed) or (len(lines) > 1 and not listed):
            return False
        if not all(map(_PLAIN.fullmatch, lines)):
            return False
    return True


@lru_cache(maxsize=_REMEMBERED)
def _block(text: str, rewrite: Rewrite) -> str:
    tokens = _parser().parse(text.replace(GAP, _BLANK))
    return _with_gaps(_render(tokens, rewrite))


@lru_cache(maxsize=_REMEMBERED)
def _line(text: str, rewrite: Rewrite) -> str:
    tokens = _parser().parseInline(text.replace(GAP, _BLANK))
    return _with_gaps(_render(tokens, rewrite))


def _render(tokens: Sequence[Token], rewrite: Rewrite) -> str:
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, rewrite))
        if token.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            token.tag = "p"  # the page has its own headings
    rendered: str = _parser().renderer.render(tokens, _parser().options, {})
    return rendered.strip()


def _linked(tokens: Sequence[Token], rewrite: Rewrite) -> Iterator[Token]:
    ends: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            target = address(rewrite(str(token.attrGet("href"))))
            token.attrs = {"href": target}
            ends.append(bool(target))
            if target:
                yield token
        elif token.type == "link_close":
            if ends.pop():
                yield token
        elif token.type == "image":
            yield Token("text", "", 0, content=token.content or "picture")
        else:
            yield token


def address(target: str) -> str:
    """The address of a question's page as the practice pages need it; that of another site as it is."""
    page = _PAGE.fullmatch(target)
    if page:
        return f"{ROOT}questions/{page[1]}/"
    return target if target.startswith(("https://", "http://", "mailto:")) else ""


def _with_gaps(rendered: str) -> str:
    return rendered.replace(_BLANK, _SHOWN_GAP)


def _escaped(text: str) -> str:
    return html.escape(text).replace("&#x27;", "'")
