"""HTML: a paper a variant and one key, each a single file to print or to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from quiz.exams.formats import html_text, phrases
from quiz.exams.html_page import html_page
from quiz.exams.paper import Exam, Paper, PaperItem
from quiz.items.cloze import GAP
from quiz.items.item import Kind

LABEL: Final = "papers with room for answers and a key, single files to print or to show"
CARRIES: Final = frozenset(Kind)

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 12pt/1.45 "Libertinus Serif", Georgia, "Times New Roman", serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
h1 { font-size: 1.5rem; color: #1f4e79; margin: 0; }
h2 { font-size: 1.15rem; color: #1f4e79; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; }
h1, h2, h3 { break-after: avoid; line-height: 1.25; }
header { display: grid; grid-template-columns: 1fr auto; gap: 1rem; align-items: start; }
header svg { width: 22mm; height: 22mm; }
.signed { display: grid; grid-template-columns: 2fr 1fr; gap: 1.5rem; margin: 1rem 0; }
.signed span { border-bottom: 1px solid #111; padding-bottom: .1rem; }
.item { break-inside: avoid; margin: 1.4rem 0; }
.item p { margin: .35rem 0; }
.points, .faint { font-weight: 400; color: #555; font-size: .85em; }
code, pre { font-family: "DejaVu Sans Mono", ui-monospace, monospace; font-size: .82em;
  overflow-wrap: anywhere; }
pre { background: #f3f3f3; padding: .5rem .7rem; white-space: pre-wrap; break-inside: avoid; }
ol.letters { list-style-type: upper-alpha; } ol.letters > li::marker { font-weight: 700; }
ol, ul { margin: .4rem 0; padding-left: 1.7rem; } li { margin: .15rem 0; padding-left: .2rem; }
.pairs { display: grid; grid-template-columns: 1fr 1.3fr; gap: 1.5rem; }
.room { display: inline-block; width: 2.2em; border-bottom: 1px solid #111; margin-right: .6em; }
.line { border-bottom: 1px solid #999; height: 8.5mm; }
table { border-collapse: collapse; margin: .6rem 0; break-inside: auto; }
th, td { border-bottom: 1px solid #bbb; padding: .2rem .5rem; text-align: left; vertical-align: top; }
tr { break-inside: avoid; } .wide { overflow-x: auto; } .answers { font-size: .85em; }
@page { margin: 20mm 18mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 9pt; } }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt; } a { color: inherit; } }
"""


def render(exam: Exam) -> dict[str, bytes]:
    """`paper-A.html`, `paper-B.html` ..., and `key.html`."""
    title, language = exam.blueprint.title, exam.language
    files = {
        f"paper-{paper.label}.html": _page(
            f"{title}, paper {paper.id}", _paper(exam, paper), paper.id, language
        )
        for paper in exam.papers
    }
    files["key.html"] = _page(f"Key: {title}", _key(exam), exam.id, language)
    return {name: text.encode() for name, text in files.items()}


def _page(title: str, body: Iterator[str], name: str, language: str) -> str:
    # The id stands at the foot of each printed page, beside the page's number.
    foot = f'@page {{ @bottom-left {{ content: "{name}"; font-size: 9pt; }} }}\n'
    return html_page(title, body, _STYLE + foot, language)


# The paper


def _paper(exam: Exam, paper: Paper) -> Iterator[str]:
    yield "<header><div>"
    yield f"<h1>{escape(exam.blueprint.title)}</h1>"
    yield f'<p>Paper <strong>{paper.id}</strong></p>\n<p class="faint">{escape(phrases.facts(exam))}</p>'
    yield f"</div>{_code(paper.id)}</header>"
    yield '<p class="signed"><span>Name</span> <span>Date</span></p>'
    yield html_text.block(phrases.instructions(exam))
    for part in phrases.parts(paper):
        yield f"<h2>{escape(part.title)}</h2>"
        yield html_text.block(part.instructions)
        for placed in part.items:
            yield from _item(placed)
    yield f'<p class="faint">End of paper {paper.id}</p>'


def _code(text: str) -> str:
    """The id as a QR code."""
    import segno

    title = f"QR code of the id {text}"
    return str(segno.make_qr(text, error="m").svg_inline(border=0, omitsize=True, title=title))


def _item(placed: PaperItem) -> Iterator[str]:
    yield f'<section class="item" id="item-{placed.number}">'
    yield f'<h3>{placed.number}. <span class="points">({phrases.worth(placed)})</span></h3>'
    yield html_text.block(placed.item.stem).replace(GAP, phrases.WIDE_GAP)
    yield from _room(placed)
    yield "</section>"


def _room(placed: PaperItem) -> Iterator[str]:
    """The options, and where the answer is written."""
    kind = placed.item.kind
    if kind is Kind.MATCHING:
        left = (f'<span class="room"></span>{html_text.inline(prompt)}' for prompt in placed.prompts)
        yield f'<div class="pairs">{_listed(left)}{_lettered(placed.options)}</div>'
    elif placed.options:
        yield _lettered(placed.options)
        if kind is Kind.ORDERING:
            places = '<span class="room"></span>' * len(placed.options)
            yield f"<p>Right order: {places}</p>"
    elif kind is not Kind.CLOZE:
        yield '<div class="line"></div>' * phrases.writing_lines(placed)


def _lettered(options: Sequence[str]) -> str:
    entries = "".join(f"<li>{html_text.inline(option)}</li>" for option in options)
    return f'<ol class="letters" type="A">{entries}</ol>'


def _listed(entries: Iterator[str]) -> str:
    return f"<ol>{''.join(f'<li>{entry}</li>' for entry in entries)}</ol>"


# The key


def _key(exam: Exam) -> Iterator[str]:
    yield f"<h1>Key: {escape(exam.blueprint.title)}</h1>"
    yield f"<p>Exam <strong>{exam.id}</strong> · {escape(phrases.facts(exam))}</p>"
    yield f'<p class="faint">{escape(phrases.made_from(exam))}</p>'
    yield f"<h2>Answers</h2>\n<p>{phrases.HOW_TO_READ_THE_TABLE}</p>"
    for header, rows in phrases.answer_tables(exam):
        yield _table(header, rows)
    yield "<h2>Items</h2>"
    for number, placed in phrases.entries(exam):
        yield from _entry(number, placed)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{text}</th>' for text in header)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f'<table class="answers">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    return f'<div class="wide">{table}</div>'


def _entry(number: int, placed: PaperItem) -> Iterator[str]:
    yield f'<section class="item" id="item-{number}">'
    yield f'<h3>Item {number} <span class="points">({phrases.worth(placed)})</span></h3>'
    yield html_text.block(placed.item.stem)
    for part in phrases.solution(placed):
        yield f'<p class="faint">{part.label}</p>\n{html_text.block(part.markdown)}'
    yield f'<p class="faint">From {escape(phrases.origin(placed.candidate))}</p>\n</section>'
