"""The glossary page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from quiz.site.addresses import term_anchors
from quiz.site.dialect import inline
from quiz.site.pages.frame import front_matter
from quiz.source.question import Term


def glossary_page(terms: Sequence[Term]) -> str:
    """Every term with its meaning, other names, and what it is confused with, in alphabetical order."""
    parts = [front_matter("Glossary"), "# Glossary"]
    if not terms:
        parts.append("This bank has no glossary.")
    anchors = term_anchors(terms)
    groups = {letter: list(group) for letter, group in groupby(sorted(terms, key=_order), _letter)}
    if len(groups) > 1:
        letters = " ".join(f"[{letter}](#{letter.lower()})" for letter in groups)
        parts.append(f'<p class="letters" markdown="span" data-search-exclude>{letters}</p>')
    for letter, group in groups.items():
        parts += [f"## {letter}", *(_entry(term, anchors[term.name]) for term in group)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _order(term: Term) -> tuple[bool, str]:
    return _letter(term) == "Other", term.name.casefold()


def _letter(term: Term) -> str:
    first = term.name[:1].upper()
    return first if "A" <= first <= "Z" else "Other"


def _entry(term: Term, anchor: str) -> str:
    # A heading of HTML: search finds the term, and the list of contents keeps to letters.
    notes = []
    if term.aliases:
        notes.append(f"Also: {inline(', '.join(term.aliases))}.")
    if term.near_misses:
        notes.append(f"Not to be confused with: {inline(', '.join(term.near_misses))}.")
    rows = [f'<h3 id="{anchor}">{inline(term.name)}</h3>', f"<p>{inline(term.meaning)}</p>"]
    if notes:
        rows.append(f'<p class="note">{" ".join(notes)}</p>')
    return "\n".join(['<div class="term">', *rows, "</div>"])
