"""PDF by typst: documents as plain data, set by our templates, tagged and PDF/UA-1.

Papers use only the fonts that typst brings, so that every machine gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from quiz.errors import UserError
from quiz.exams.formats import prose

Document = Mapping[str, Any]
"""What a template is told. `document` names the template; the rest is what that one reads."""

_TEMPLATE = Path(__file__).with_name("templates") / "document.typ"

_LONG_WORD = re.compile(r"\S{22,}")
_UNSEEN = re.compile(r"\\u00|[\x7f\ud800-\udfff\ufffe\uffff]")
"""What a dump in JSON has where a text may hold characters that no page can."""
_INNER_BREAK = re.compile(r"(?<=[/:._=,-])(?=\w)|(?<=[a-z])(?=[A-Z])")


def typeset(documents: Iterable[Document]) -> Iterator[bytes]:
    """The PDF of each document, in their order. Raises UserError where typst is not installed.

    A document with characters that typst's own fonts lack is set with those of the machine as well; where
    these lack them too it gets boxes in their place, which PDF/UA-1 does not allow.
    """
    try:
        import typst
    except ImportError:
        remedy = 'Install it with: pip install "ecsquiz[exams]"'
        raise UserError("PDF needs typst, which is not installed.", remedy) from None
    own_fonts = typst.Compiler(_TEMPLATE, ignore_system_fonts=True)
    for document in documents:
        inputs = {"data": _as_json(document)}
        try:
            made = own_fonts.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0)
        except typst.TypstError:
            all_fonts = typst.Compiler(_TEMPLATE)
            try:
                made = all_fonts.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0)
            except typst.TypstError:
                made = all_fonts.compile(format="pdf", sys_inputs=inputs, timestamp=0)
        if not isinstance(made, bytes):
            raise TypeError("a PDF is one file")
        yield made


def _as_json(document: Document) -> str:
    text = json.dumps(document, ensure_ascii=False)
    return json.dumps(_shown(document), ensure_ascii=False) if _UNSEEN.search(text) else text


def _shown(data: Any) -> Any:
    """Plain data without the characters that stand for nothing to be seen."""
    if isinstance(data, str):
        return prose.without_controls(data)
    if isinstance(data, Mapping):
        return {name: _shown(value) for name, value in data.items()}
    return [_shown(value) for value in data] if isinstance(data, list | tuple) else data


@lru_cache(maxsize=8192)  # the variants of an exam have the same texts; nobody changes what is returned
def runs(markdown: str) -> list[dict[str, Any]]:
    """Markdown in one line as the templates read it."""
    return _runs(prose.inline(markdown))


@lru_cache(maxsize=8192)
def blocks(markdown: str) -> list[dict[str, Any]]:
    """Markdown as the templates read it."""
    return [_block(block) for block in prose.blocks(markdown)]


def _block(block: prose.Block) -> dict[str, Any]:
    match block:
        case prose.Paragraph(text):
            return {"kind": "paragraph", "runs": _runs(text)}
        case prose.Heading(text):
            return {"kind": "heading", "runs": _runs(text)}
        case prose.Code(text):
            return {"kind": "code", "text": text}
        case prose.Listing(ordered, entries):
            said = [[_block(part) for part in entry] for entry in entries]
            return {"kind": "list", "ordered": ordered, "entries": said}
        case prose.Quote(parts):
            return {"kind": "quote", "blocks": [_block(part) for part in parts]}
        case prose.Table(header, rows):
            cells = [[{"runs": _runs(cell)} for cell in row] for row in (header, *rows)]
            return {"kind": "table", "header": cells[0], "rows": cells[1:]}


def _runs(found: prose.Runs) -> list[dict[str, Any]]:
    return [asdict(run) | {"text": _LONG_WORD.sub(_breakable, run.text)} for run in found]


def _breakable(word: re.Match[str]) -> str:
    """A long name with places at which it may go on in the next line."""
    return _INNER_BREAK.sub("\u200b", word[0])
