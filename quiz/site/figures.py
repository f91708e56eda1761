"""Mermaid figures as SVG, drawn while the site is built: no script, and no other host, when it is read."""

from __future__ import annotations

import atexit
import html
import importlib.util
import json
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from quiz.site.drawing import clean

KINDS = ("flowchart", "graph", "sequenceDiagram", "stateDiagram", "stateDiagram-v2")
"""What the stylesheet has colours for. Other kinds of figure are shown as text."""

# Labels as SVG text, not as HTML inside SVG; sizes for the sans-serif that the stylesheet sets.
_SETTINGS = {
    "theme": "base",
    "look": "classic",
    "fontFamily": "sans-serif",
    "htmlLabels": False,
    # Wide enough for names such as Target.ResponseCodeMismatch.
    "flowchart": {"htmlLabels": False, "wrappingWidth": 250},
}
_FLOW = re.compile(r"[\[({]+\"?([^\[\](){}\"]+)[\"\])}]|--\s+\"?([^->|\"]+?)\"?\s+--|\|([^|]+)\|")
_TALK = re.compile(r"(?:participant|actor) \w+ as ([^\n]+)|:\s*([^\n]+)")
_LOOKS = re.compile(r"^\s*(?:classDef|class|style|linkStyle|click)\b.*$", re.MULTILINE)
_TRANSITION = re.compile(r"^\s*(\S+)\s*-->\s*([^\s:]+)(?:\s*:\s*([^\n]+))?", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>")
_DIRECTIVE = re.compile(r"^\s*%%.*$", re.MULTILINE)


def draw(source: str, name: str) -> str:
    """HTML of the figure, or "" where it cannot be drawn.

    `name` must be the figure's own on its page: the arrow heads are found by it.
    """
    source = _DIRECTIVE.sub("", source)
    kind = (source.split(maxsplit=1) or [""])[0]
    engine = _engine()
    if engine is None or kind not in KINDS:
        return ""
    try:
        svg = clean(
            engine.render_svg(source, json.dumps({"site_config": _SETTINGS, "svg": {"diagram_id": name}}))
        )
    except (ValueError, ET.ParseError):
        return ""
    except Exception:  # the engine raises kinds of its own
        return ""
    if not svg:
        return ""
    words = html.escape(in_words(source), quote=True)
    return f'<div class="figure" role="img" aria-label="{words}" data-search-exclude>{svg}</div>'


def in_words(source: str) -> str:
    """What the figure says, for those who cannot see it: its transitions, or its labels in order."""
    kind = source.split()[0] if source.split() else ""
    if kind.startswith("state"):
        steps = (_step(*match.groups()) for match in _TRANSITION.finditer(source))
        return f"State diagram: {'; '.join(steps)}"
    talk = kind == "sequenceDiagram"
    labels = (_TALK if talk else _FLOW).finditer(source if talk else _LOOKS.sub("", source))
    texts = (" ".join(filter(None, match.groups())) for match in labels)
    words = dict.fromkeys(" ".join(_BREAK.sub(" ", text).split()) for text in texts)
    return f"{'Sequence diagram' if talk else 'Diagram'}: {'; '.join(words)}"


def _step(before: str, after: str, label: str | None) -> str:
    states = f"{before.replace('[*]', 'start')} to {after.replace('[*]', 'end')}"
    return f"{states} ({label.strip()})" if label else states


@cache
def _engine() -> Any:
    """The renderer, or None where it is not installed: it has wheels for the usual platforms only."""
    if importlib.util.find_spec("merman") is None:
        return None
    import merman

    atexit.register(_engine.cache_clear)  # left to the interpreter's very end it would complain
    return merman.MermanEngine(options_json=None, services=None)
