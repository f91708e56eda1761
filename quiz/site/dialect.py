"""A question's Markdown in the dialect of the site builders.

Questions are CommonMark without raw HTML. The builders use Python-Markdown, which wants list content
indented by four spaces and an empty line before a list or a table, and which lets HTML through. Here the text
is brought into that shape, and whatever would act as HTML is made to show as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from quiz.source import markdown

_MARKER = re.compile(r"^(?P<indent> {0,3})(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]*)")
_CODE_OR_TAG = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|<(?P<link>https?://[^\s<>]+)>|<", re.DOTALL
)
_LINK = re.compile(r"(?P<start>\]\(\s*<?)(?P<target>[^)\s>]*)")
_SAFE = re.compile(r"^(https?://|mailto:|#|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*\S+")
_INDENT = "    "

Rewrite = Callable[[str], str]
"""Gives the address on the site for an address in the question's file."""


def for_builders(text: str, rewrite: Rewrite = str) -> str:
    """The text as the builders must get it. `rewrite` is asked for every link's target outside code."""
    return "\n".join(_blocks(text.expandtabs(4).split("\n"), rewrite))


def inline(text: str, rewrite: Rewrite = str) -> str:
    """One line of inline Markdown, harmless and with its links rewritten."""
    return _harmless(" ".join(text.split()), rewrite)


def _blocks(lines: list[str], rewrite: Rewrite) -> list[str]:
    """The lines of one container, brought into shape block by block."""
    out: list[str] = []
    done = 0
    for token in _top_level(lines):
        start, end = token.map or (0, 0)
        out += [""] * (start - done)
        block = lines[start:end]
        if token.type.endswith("list_open"):
            shaped = _list(block, rewrite)
        elif token.type == "fence":
            shaped = [
                line[len(block[0]) - len(block[0].lstrip()) :] if line[:1] == " " else line for line in block
            ]
        elif token.type == "code_block":
            shaped = block
        elif token.type == "blockquote_open":
            inner = [re.sub(r"^ {0,3}> ?", "", line) for line in block]
            shaped = [f"> {line}".rstrip() for line in _blocks(inner, rewrite)]
        elif token.type == "html_block":
            shaped = [line.replace("<", "&lt;") for line in block]
        else:
            shaped = _harmless("\n".join(block), rewrite).split("\n")
        if out and out[-1].strip() and shaped:
            out.append("")
        out += shaped
        done = end
    return out


def _top_level(lines: list[str]) -> list[Token]:
    """The outermost blocks, in order."""
    return [token for token in markdown.parse("\n".join(lines)) if token.level == 0 and token.nesting >= 0]


def _list(lines: list[str], rewrite: Rewrite) -> list[str]:
    """A list whose items' content stands four spaces in."""
    out: list[str] = []
    for item in _items(lines):
        match = _MARKER.match(item[0])
        if match is None:
            out += item
            continue
        content = [item[0][match.end() :], *(_dedented(line, match.end()) for line in item[1:])]
        shaped = _blocks(content, rewrite)
        marker = match["marker"] if match["marker"] in "-*+" else match["marker"].rstrip(").") + "."
        out.append((marker.ljust(len(_INDENT)) + (shaped[0] if shaped else "")).rstrip())
        out += [f"{_INDENT}{line}".rstrip() for line in shaped[1:]]
    return out


def _items(lines: list[str]) -> list[list[str]]:
    """The lines of each item of a list."""
    starts = [
        token.map[0]
        for token in markdown.parse("\n".join(lines))
        if token.type == "list_item_open" and token.level == 1 and token.map
    ]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _dedented(line: str, width: int) -> str:
    return line[width:] if not line[:width].strip() else line.lstrip()


def _harmless(text: str, rewrite: Rewrite) -> str:
    """Tags as text, links of harmless kinds only; code spans untouched."""
    parts: list[str] = []
    position = 0
    for match in _CODE_OR_TAG.finditer(text):
        parts.append(_links(text[position : match.start()], rewrite))
        if match["code"]:
            parts.append(match["code"])
        elif match["link"]:
            parts.append(f"[{match['link']}]({match['link']})")
        else:
            parts.append("&lt;")
        position = match.end()
    parts.append(_links(text[position:], rewrite))
    return "".join(parts)


def _links(text: str, rewrite: Rewrite) -> str:
    text = "\n".join(f"\\{line.lstrip()}" if _REFERENCE.match(line) else line for line in text.split("\n"))
    return _LINK.sub(lambda match: match["start"] + _target(match["target"], rewrite), text)


def _target(target: str, rewrite: Rewrite) -> str:
    return rewrite(target) if _SAFE.match(target) else "#"
