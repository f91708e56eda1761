"""One HTML page that needs nothing else: readable in the dark, on paper and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from quiz.exams.formats import prose

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
    content = "\n".join(body)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n"
        "</body>\n</html>\n"
    )


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


def inline(markdown: str) -> str:
    """Markdown in one line as HTML."""
    return _runs(prose.inline(markdown))


def blocks(markdown: str) -> str:
    """Markdown as HTML."""
    return "\n".join(map(_block, prose.blocks(markdown)))


def _block(block: prose.Block) -> str:
    match block:
        case prose.Paragraph(runs):
            return f"<p>{_runs(runs)}</p>"
        case prose.Heading(runs):
            return f"<p><strong>{_runs(runs)}</strong></p>"
        case prose.Code(text):
            return f"<pre><code>{escape(text)}</code></pre>"
        case prose.Listing(ordered, entries):
            tag = "ol" if ordered else "ul"
            said = "".join(f"<li>{''.join(map(_entry, entry))}</li>" for entry in entries)
            return f"<{tag}>{said}</{tag}>"
        case prose.Quote(parts):
            return f"<blockquote>{''.join(map(_block, parts))}</blockquote>"
        case prose.Table(header, rows):
            return table([_runs(cell) for cell in header], [[_runs(cell) for cell in row] for row in rows])


def _entry(block: prose.Block) -> str:
    return _runs(block.runs) if isinstance(block, prose.Paragraph) else _block(block)


def _runs(runs: prose.Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: prose.Run) -> str:
    look = escape(run.text, quote=False)
    if run.code:
        look = f"<code>{look}</code>"
    if run.bold:
        look = f"<strong>{look}</strong>"
    if run.italic:
        look = f"<em>{look}</em>"
    return f'<a href="{escape(run.link)}">{look}</a>' if run.link else look
