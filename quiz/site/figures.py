"""Mermaid figures as SVG, drawn while the site is built: no script, and no other host, when it is read."""

from __future__ import annotations

import atexit
import html
import importlib.util
import json
import re
from functools import cache
from typing import Any

_FENCE = re.compile(r"^```mermaid[^\n]*\n(?P<source>.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)
# What has no business in a figure: tags but line breaks, and links. Such a figure is shown as text.
_HOSTILE = re.compile(r"<(?!br\s*/?>)[a-z/!]|\bclick\b|javascript:", re.IGNORECASE)
_LABEL = re.compile(
    r"[\[({]+\"?(?P<node>[^\[\](){}\"]+)[\"\])}]|--\s+\"?(?P<edge>[^->|\"]+?)\"?\s+--|\|(?P<bar>[^|]+)\|"
    r"|participant \w+ as (?P<name>[^\n]+)|:\s*(?P<message>[^\n]+)"
)


def draw_figures(text: str, name: str) -> str:
    """The Markdown with each Mermaid fence as an SVG figure; as a code block where it cannot be drawn.

    `name` makes the ids inside the figures unique on a page.
    """
    count = 0

    def drawn(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        figure = _figure(match["source"], f"{name}-{count}")
        return figure or match[0].replace("```mermaid", "```text", 1)

    return _FENCE.sub(drawn, text)


def _figure(source: str, name: str) -> str:
    engine = _engine()
    if engine is None or _HOSTILE.search(source):
        return ""
    try:
        svg: str = engine.render_svg(source, json.dumps({"svg": {"diagram_id": name}}))
    except Exception:  # the engine raises its own kinds; a figure that cannot be drawn is shown as text
        return ""
    words = html.escape(_in_words(source), quote=True)
    # One line, because Python-Markdown ends a block of HTML at an empty line.
    return f'<div class="figure" role="img" aria-label="{words}">{" ".join(svg.split())}</div>'


def _in_words(source: str) -> str:
    """What the figure says, for those who cannot see it: its labels in order."""
    kind = source.split(maxsplit=1)[0] if source.split() else "figure"
    labels = (" ".join(filter(None, match.groups())) for match in _LABEL.finditer(source))
    texts = dict.fromkeys(" ".join(re.sub(r"<br\s*/?>", " ", label).split()) for label in labels)
    return f"{'Sequence diagram' if kind.startswith('sequence') else 'Diagram'}: {'; '.join(texts)}"


@cache
def _engine() -> Any:
    """The renderer, or None where it is not installed: it has wheels for the usual platforms only."""
    if importlib.util.find_spec("merman") is None:
        return None
    import merman

    atexit.register(_engine.cache_clear)  # left to the interpreter's very end it would complain
    return merman.MermanEngine(options_json=None, services=None)
