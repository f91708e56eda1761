"""G001: a key point's bold terms are in the glossary. G002: no form belongs to two glossary terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source.folder import GLOSSARY_FILE
from quiz.source.lint.source import Source
from quiz.source.question import Finding

CODES: Final[Mapping[str, str]] = {
    "G001": "Every bold term of a key point is in the glossary.",
    "G002": "No form belongs to two glossary terms.",
}


def check(source: Source) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for term in source.spec.glossary:
        for form in {form.lower() for form in term.forms}:
            if form in owners:
                message = f"`{form}` belongs to `{owners[form]}` and to `{term.name}`"
                yield Finding(GLOSSARY_FILE, term.line, "G002", message)
            owners.setdefault(form, term.name)
    if not owners:
        return
    for question in source.questions:
        for point in question.key_points:
            for term_name in point.terms:
                if term_name.lower() not in owners:
                    message = f"the bold term `{term_name}` is not in {GLOSSARY_FILE}"
                    yield Finding(question.path, point.line, "G001", message)
