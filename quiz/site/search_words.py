"""Other names of what a page is about, for the search: "ALB" also finds the page that spells it out."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

from quiz.site.dialect import inline
from quiz.site.terms import Glossary
from quiz.source.question import Question, Term

_WORD = re.compile(r"\w+")


def other_names(question: Question, glossary: Glossary, terms: Mapping[str, Term]) -> list[str]:
    """The forms of the question's terms that its text does not use, in alphabetical order."""
    text = "\n".join(
        [
            question.prompt,
            question.short_answer,
            *(f"{section.title}\n{section.markdown}" for section in question.sections),
            *(point.plain for point in question.key_points),
        ]
    )
    words = {_stem(word) for word in _WORD.findall(text)}
    return sorted(
        {
            form
            for name in set(glossary.names(text))
            for form in terms[name].forms
            if not words.issuperset(map(_stem, _WORD.findall(form)))
        },
        key=str.casefold,
    )


def hidden(names: Sequence[str]) -> str:
    """Read by the builders' search, and by nobody else."""
    if not names:
        return ""
    return f'<p hidden class="other-names">{inline(html.escape(", ".join(names)))}.</p>'


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s")
