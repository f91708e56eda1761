"""The practice page: its form stands in the page, so that it can be filled in before any script has come."""

from __future__ import annotations

from collections.abc import Container, Iterable
from html import escape
from typing import Final

from quiz.items.item import Kind
from quiz.site.pages.frame import front_matter
from quiz.source.markdown import plain
from quiz.source.question import BankSpec

PAGE: Final = "try/practice.md"
APP: Final = "assets/app/practice.js"
"""The script that brings the form to life, below the site's pages."""
KINDS: Final = {
    Kind.RECALL: "Free answer",
    Kind.CHOICE: "Choice",
    Kind.CLOZE: "Gap",
    Kind.ORDERING: "Order",
    Kind.MATCHING: "Pairs",
    Kind.COMMAND: "Command",
}
_LENGTHS: Final = {
    "10": "10 answers",
    "20": "20 answers",
    "50": "50 answers",
    "m5": "5 minutes",
    "m15": "15 minutes",
    "m30": "30 minutes",
}
_USUAL_LENGTH: Final = "20"


def practice_page(spec: BankSpec, kinds: Container[Kind]) -> str:
    """The page for a bank that has items of these kinds. `docs/assets/app/start.js` reads the form."""
    levels = [("", "All levels"), *((level.slug, plain(level.title)) for level in spec.levels)]
    topics = [("", "All topics"), *((topic.slug, plain(topic.title)) for topic in spec.topics)]
    lines = [
        '<div id="practice" class="practice" data-root="../../" data-app="practice.js">',
        '<form class="start" autocomplete="off" data-search-exclude>',
        '<div class="fields">',
        _menu("level", "Level", levels, ""),
        _menu("topic", "Topic", topics, ""),
        _menu("length", "How long", _LENGTHS.items(), _USUAL_LENGTH),
        "</div>",
        '<fieldset class="kinds">',
        "<legend>Kinds</legend>",
        *(_box(kind, name) for kind, name in KINDS.items() if kind in kinds),
        "</fieldset>",
        '<p class="row"><button type="submit" class="main" disabled>Start</button>'
        '<span class="counts loading" role="status">Getting the questions ...</span></p>',
        "</form>",
        '<noscript><p>Practising here needs JavaScript. Without it, read the <a href="../../questions/">'
        "questions</a>, or practise in the terminal with <code>ecsquiz practice</code>.</p></noscript>",
        "</div>",
    ]
    return "\n\n".join([front_matter("Practise", contents=False), "# Practise", "\n".join(lines)]) + "\n"


def _menu(name: str, label: str, options: Iterable[tuple[str, str]], usual: str) -> str:
    shown = "".join(
        f'<option value="{escape(value)}"{" selected" if value == usual else ""}>{escape(words)}</option>'
        for value, words in options
    )
    return (
        f'<div class="field"><label for="start-{name}">{label}</label>'
        f'<select id="start-{name}" name="{name}">{shown}</select></div>'
    )


def _box(kind: Kind, name: str) -> str:
    return (
        f'<label class="kind"><input type="checkbox" name="kind" value="{kind.value}" checked> {name}</label>'
    )
