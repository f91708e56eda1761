"""A question's Markdown in the form that the site builders must get.

Questions are CommonMark without raw HTML; the builders use Python-Markdown, which reads lists, escapes and
HTML otherwise. So everything but code fences becomes HTML here, by the parser that the rest of the engine
uses, and the builders have nothing left to interpret: a page says what the question says, and no tag or
script of a question's text acts in it. Fences stay Markdown, for the builders' highlighting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

Rewrite = Callable[[str], str]
"""Gives the address on the site for an address in the question's file."""

_TAG = re.compile(r"(<[^>]+>)")
# What Python-Markdown and its extensions would act on between tags.
_ACTIVE = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]()#+-.!|~^=:$@"}
_LANGUAGE = re.compile(r"[\w+#.-]+")


def for_builders(text: str, rewrite: Rewrite = str) -> str:
    """Blocks of Markdown as HTML and canonical fences. `rewrite` is asked for every link's target."""
    parts = []
    for block in _blocks(_parser().parse(text)):
        if block[0].type == "fence":
            parts.append(_fence(block[0]))
        else:
            # An empty line would end the HTML for Python-Markdown; as an entity it does not.
            html = _passive(_render(block, rewrite)).strip().replace("\n\n", "\n&#10;")
            parts.append(html)
    return "\n\n".join(parts)


def inline(text: str, rewrite: Rewrite = str) -> str:
    """One line of inline Markdown as HTML."""
    tokens = _parser().parseInline(" ".join(text.split()))
    return _passive(_render(tokens, rewrite))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _render(tokens: Sequence[Token], rewrite: Rewrite) -> str:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", rewrite(str(child.attrGet("href"))))
        if token.tag == "h1" or token.tag == "h2":
            token.tag = "h3"  # the page has its own first two levels
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html


def _passive(html: str) -> str:
    """The HTML with every character that Markdown knows between tags as an entity."""
    return "".join(part if part.startswith("<") else part.translate(_ACTIVE) for part in _TAG.split(html))


def _fence(token: Token) -> str:
    language = _LANGUAGE.match(token.info.strip())
    content = token.content.rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language[0] if language else 'text'}\n{content}\n{fence}"
