"""Anki's note types, one a kind of item: what their fields hold and how their cards show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from quiz.exams.formats import html_text
from quiz.exams.paper import PaperItem
from quiz.items.cloze import GAP
from quiz.items.item import Item, Kind

CHANGED: Final = 1_795_392_000
"""When these note types were changed last, in seconds since 1970: 2026-11-23. Anki takes over newer ones."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """Names of the fields, and the two sides of the only card, in Anki's template language."""

    fields: tuple[str, ...]
    front: str
    back: str


_ID: Final = "Id"
_EXPLANATION: Final = "{{#Explanation}}<div class=explanation>{{Explanation}}</div>{{/Explanation}}"
_END: Final = f"{_EXPLANATION}<div class=id>{{{{{_ID}}}}}</div>"
_ANSWER: Final = "{{FrontSide}}<hr id=answer>"

TYPES: Final = {
    Kind.CHOICE: NoteType(
        ("Question", "Options", "Answer", "Explanation", _ID),
        "{{Question}}{{Options}}",
        f"{_ANSWER}<div class=right>{{{{Answer}}}}</div>{_END}",
    ),
    Kind.CLOZE: NoteType(
        ("Text", "Also right", "Explanation", _ID),
        "{{cloze:Text}}",
        "{{cloze:Text}}{{#Also right}}<p>Also right: {{Also right}}</p>{{/Also right}}" + _END,
    ),
    Kind.ORDERING: NoteType(
        ("Question", "Steps", "Order", "Explanation", _ID),
        "{{Question}}{{Steps}}",
        f"{_ANSWER}{{{{Order}}}}{_END}",
    ),
    Kind.MATCHING: NoteType(
        ("Question", "Left", "Right", "Pairs", "Explanation", _ID),
        "{{Question}}<div class=columns><div>{{Left}}</div><div>{{Right}}</div></div>",
        f"{_ANSWER}{{{{Pairs}}}}{_END}",
    ),
    Kind.COMMAND: NoteType(
        ("Question", "Command", "Also right", "Explanation", _ID),
        "{{Question}}{{type:Command}}",
        # Not the front side: its field to type into would be shown again.
        "{{Question}}<hr id=answer>{{type:Command}}"
        "{{#Also right}}<p>Also right:</p>{{Also right}}{{/Also right}}" + _END,
    ),
    Kind.RECALL: NoteType(
        ("Question", "Key points", "Answer", "Explanation", _ID),
        "{{Question}}",
        _ANSWER + "{{#Key points}}<p>A good answer says:</p>{{Key points}}{{/Key points}}{{Answer}}" + _END,
    ),
}

STYLE: Final = """\
.card { font: 18px/1.45 system-ui, sans-serif; max-width: 42em; margin: 0 auto; padding: 0 .5em; }
code { font: .9em ui-monospace, monospace; }
pre { overflow-x: auto; padding: .6em; border: 1px solid #8886; border-radius: 4px; }
table { border-collapse: collapse; }
th, td { border: 1px solid #8886; padding: .2em .5em; text-align: left; vertical-align: top; }
li { margin: .25em 0; }
.columns { display: flex; gap: 2em; }
.right, .cloze { font-weight: bold; color: #1a7f37; }
.nightMode .right, .nightMode .cloze { color: #4ac26b; }
.explanation { margin-top: 1em; }
.id { margin-top: 1.5em; font-size: .7em; opacity: .6; }
"""


def fields(placed: PaperItem) -> Iterator[str]:
    """What the fields of the item's note type hold, in their order."""
    yield from _own(placed)
    yield "" if _says_the_same_again(placed.item) else html_text.block(placed.item.explanation)
    yield escape(placed.item.id)


def _says_the_same_again(item: Item) -> bool:
    """Whether the explanation only repeats the answer: the steps, the pairs, the sentence without its gap."""
    sentence = item.kind is Kind.CLOZE and item.explanation in item.stem.replace(GAP, item.answers[0])
    return sentence or item.kind in (Kind.ORDERING, Kind.MATCHING)


def _own(placed: PaperItem) -> Iterator[str]:
    item = placed.item
    stem = html_text.block(item.stem)
    match item.kind:
        case Kind.CHOICE:
            yield from (stem, _lettered(placed.options))
            yield ", ".join(_right(placed))
        case Kind.CLOZE:
            yield stem.replace(GAP, f"{{{{c1::{_in_cloze(item.answers[0])}}}}}")
            yield ", ".join(html_text.inline(answer) for answer in item.answers[1:])
        case Kind.ORDERING:
            yield from (stem, html_text.listed(placed.options), html_text.listed(item.answers, ordered=True))
        case Kind.MATCHING:
            yield from (stem, html_text.listed(placed.prompts, ordered=True), _lettered(placed.options))
            yield _pairs(placed)
        case Kind.COMMAND:
            yield from (stem, escape(item.answers[0], quote=False))
            yield "".join(f"<pre><code>{escape(command)}</code></pre>" for command in item.answers[1:])
        case Kind.RECALL:
            points = [point.text for point in placed.candidate.question.key_points]
            yield from (stem, html_text.listed(points) if points else "")
            yield html_text.block("\n\n".join(item.answers))


def _lettered(options: tuple[str, ...]) -> str:
    return html_text.listed(options, ordered=True).replace("<ol>", '<ol type="A">', 1)


def _right(placed: PaperItem) -> Iterator[str]:
    right = [option for option in placed.options if option in placed.item.answers]
    for letter, option in zip(placed.letters, right, strict=True):
        yield f"{letter}. {html_text.inline(option)}"


def _pairs(placed: PaperItem) -> str:
    rows = (
        f"<tr><td>{html_text.inline(prompt)}</td><td>{html_text.inline(partner)}</td></tr>"
        for prompt, partner in zip(placed.prompts, placed.answers, strict=True)
    )
    return f"<table>{''.join(rows)}</table>"


def _in_cloze(answer: str) -> str:
    """Without what would end the gap or begin its hint: two colons or two braces."""
    return html_text.inline(answer).replace("::", "&#58;&#58;").replace("}}", "&#125;&#125;")
