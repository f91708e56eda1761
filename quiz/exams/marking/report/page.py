"""One HTML page that needs nothing else: readable in the dark, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from quiz.exams.html_page import html_page

_STYLE: Final = """
:root { color-scheme: light dark; --accent: #1f4e79; --bar: #3f7d58; --line: #8886; --soft: #8881;
  --good: #2b7a4b; --bad: #b3261e; --middle: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #8ab4e0; --bar: #6fb58a; --good: #6fcf97; --bad: #ff8a80; --middle: #e3b341; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; color: var(--accent); }
h2 { font-size: 1.2rem; margin-top: 2.2rem; color: var(--accent); }
h3 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .88em;
  overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .6rem .8rem; white-space: pre-wrap; }
p, li, td { overflow-wrap: break-word; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
.wide { overflow-x: auto; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.faint { opacity: .75; font-size: .9em; }
.right { color: var(--good); } .wrong { color: var(--bad); } .partly { color: var(--middle); }
section.item { border-top: 1px solid var(--line); padding-top: .4rem; margin-top: 1.2rem;
  break-inside: avoid; }
.flag { border-left: 4px solid var(--middle); padding-left: .6rem; }
svg { max-width: 100%; height: auto; } svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
@page { margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; } a { color: inherit; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def document(title: str, body: Iterable[str], language: str = "en") -> str:
    """`body` is HTML, `title` is plain text."""
    return html_page(title, body, _STYLE, language)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """Cells are HTML; the columns `numbers` are set to the right."""
    right = frozenset(numbers)

    def cell(tag: str, place: int, text: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        look = ' class="number"' if place in right else ""
        return f"<{tag}{scope}{look}>{text}</{tag}>"

    head = "".join(cell("th", place, text) for place, text in enumerate(header))
    body = "\n".join(
        f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>" for row in rows
    )
    head = f"<thead><tr>{head}</tr></thead>"
    return f'<div class="wide"><table>\n{head}\n<tbody>\n{body}\n</tbody>\n</table></div>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and plain values."""
    said = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in pairs)
    return f"<dl>{said}</dl>"


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
