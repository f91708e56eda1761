"""The glossary page."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.site.dialect import inline
from quiz.site.pages.question import front_matter
from quiz.source.question import Term


def glossary_page(terms: Sequence[Term]) -> str:
    """Every term with its meaning, other names, and what it is confused with, in alphabetical order."""
    parts = [front_matter("Glossary"), "# Glossary"]
    if not terms:
        parts.append("This bank has no glossary.")
    for term in sorted(terms, key=lambda term: term.name.casefold()):
        lines = [f"### {inline(term.name)}", inline(term.meaning)]
        notes = []
        if term.aliases:
            notes.append(f"Also: {inline(', '.join(term.aliases))}.")
        if term.near_misses:
            notes.append(f"Not to be confused with: {inline(', '.join(term.near_misses))}.")
        parts += [*lines, " ".join(notes)]
    return "\n\n".join(part for part in parts if part) + "\n"
