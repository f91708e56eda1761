"""A question's Markdown in the form that the site builders must get.

Questions are CommonMark without raw HTML; the builders use Python-Markdown, which reads lists, escapes and
HTML otherwise. So everything but code fences becomes HTML here, by the parser that the rest of the engine
uses, and the builders have nothing left to interpret: a page says what the question says, no tag or script of
a question's text acts in it, and nothing is loaded from elsewhere. Fences stay Markdown, for the builders'
highlighting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quiz.site.terms import Mark

Rewrite = Callable[[str], str]
"""Gives the address on the site for an address in the question's file, or "" for one that leads nowhere."""
GLOSSARY = "../../glossary/"
"""The glossary's address as the page of a question sees it."""
Draw = Callable[[str], str]
"""Gives a Mermaid figure's HTML, or "" where it cannot be drawn."""

_TAG = re.compile(r"(<[^>]+>)")
# What Python-Markdown and its extensions would act on between tags.
_ACTIVE = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]()#+-.!|~^=:$@"}
_LANGUAGE = re.compile(r"[\w+#.-]+")
_FILE_NAME = re.compile(r'\btitle="([^"<>&{}\\]+)"')


def _undrawn(_source: str) -> str:
    return ""


def for_builders(text: str, rewrite: Rewrite = str, draw: Draw = _undrawn, mark: Mark | None = None) -> str:
    """Blocks of Markdown as HTML and canonical fences. `rewrite` is asked for every link's target.

    `mark` finds the glossary terms in prose.
    """
    parts = []
    for block in _blocks(_parser().parse(text)):
        _draw_figures(block, draw)
        if block[0].type == "fence":
            parts.append(_fence(block[0]))
        else:
            # An empty line would end the HTML for Python-Markdown; as an entity it does not.
            parts.append(_passive(_render(block, rewrite, mark)).strip().replace("\n\n", "\n&#10;"))
    return "\n\n".join(parts)


def inline(text: str, rewrite: Rewrite = str, mark: Mark | None = None) -> str:
    """One line of inline Markdown as HTML."""
    tokens = _parser().parseInline(" ".join(text.split()))
    return _passive(_render(tokens, rewrite, mark))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _nested_fence)
    return parser


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _draw_figures(tokens: Sequence[Token], draw: Draw) -> None:
    """Turn the fences that hold a figure into its HTML."""
    for token in tokens:
        if token.type == "fence" and token.info.split()[:1] == ["mermaid"]:
            figure = draw(token.content)
            if figure:
                token.type, token.content = "html_block", figure + "\n"
            else:
                token.info = "text"


def _render(tokens: Sequence[Token], rewrite: Rewrite, mark: Mark | None = None) -> str:
    in_heading = False
    for token in tokens:
        in_heading = token.type == "heading_open" or (in_heading and token.type != "heading_close")
        if token.children:
            token.children = list(_linked(token.children, rewrite))
            if mark and not in_heading:
                token.children = list(_marked(token.children, mark))
        if token.tag in ("h1", "h2"):
            token.tag = "h3"  # the page has its own first two levels
    rendered: str = _parser().renderer.render(tokens, _parser().options, {})
    return rendered


def _linked(tokens: Sequence[Token], rewrite: Rewrite) -> Iterator[Token]:
    """Inline tokens with links to pages of the site; pictures become links to them, or their words."""
    ends: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            target = rewrite(str(token.attrGet("href")))
            token.attrSet("href", target)
            ends.append(bool(target))
            if target:
                yield token
        elif token.type == "link_close":
            if ends.pop():
                yield token
        elif token.type == "image":
            yield from _words_of_picture(token, rewrite, inside_link=any(ends))
        else:
            yield token


def _marked(tokens: Sequence[Token], mark: Mark) -> Iterator[Token]:
    """Inline tokens in which terms lead to the glossary; words of links stay theirs."""
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or inside:
            yield token
            continue
        for piece in mark(token.content):
            if isinstance(piece, str):
                yield Token("text", "", 0, content=piece)
                continue
            address = f"{GLOSSARY}#{piece.anchor}"
            yield Token("link_open", "a", 1, attrs={"class": "term", "href": address, "title": piece.meaning})
            yield Token("text", "", 0, content=piece.text)
            yield Token("link_close", "a", -1)


def _words_of_picture(token: Token, rewrite: Rewrite, *, inside_link: bool) -> Iterator[Token]:
    # A picture of another host would tell it who reads here, and one beside the question's file is not here.
    source = str(token.attrGet("src"))
    words = Token("text", "", 0, content=token.content or "picture")
    target = rewrite(source) if source.startswith("https://") and not inside_link else ""
    if target:
        yield Token("link_open", "a", 1, attrs={"href": target})
        yield words
        yield Token("link_close", "a", -1)
    else:
        yield words


def _passive(rendered: str) -> str:
    """The HTML with every character that Markdown knows between tags as an entity."""
    return "".join(part if part.startswith("<") else part.translate(_ACTIVE) for part in _TAG.split(rendered))


def _fence(token: Token) -> str:
    name = _FILE_NAME.search(token.info)
    content = token.content.rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    title = f' title="{name[1]}"' if name else ""
    return f"{fence}{_language(token.info)}{title}\n{content}\n{fence}"


def _language(info: str) -> str:
    match = _LANGUAGE.match(info.strip())
    return match[0] if match else "text"


def _nested_fence(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Code inside a list or a quotation, highlighted as the builders do: they only see what stands alone."""
    from pygments import highlight  # type: ignore[import-untyped]
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    token = tokens[index]
    try:
        lexer = get_lexer_by_name(_language(token.info), stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    return str(highlight(token.content, lexer, HtmlFormatter(cssclass="highlight", wrapcode=True)))
