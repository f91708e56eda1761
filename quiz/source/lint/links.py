"""L001 to L003: links to other questions, to their headings and to labs lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from quiz.source import markdown
from quiz.source.lint.source import Source, prose_rows
from quiz.source.question import Finding, Fix

CODES: Final[Mapping[str, str]] = {
    "L001": "A link to a question leads to a file of the bank.",
    "L002": "The lab of a question exists.",
    "L003": "The anchor of a link is a heading of its page.",
}
_LINK = re.compile(r"\]\((?P<target>[^)\s#:]+\.md)?(?:#(?P<anchor>[^)\s]*))?\)")


def check(source: Source) -> Iterator[Finding]:
    for path, text in source.texts.items():
        yield from _broken_links(path, text, source)
    for question in source.questions:
        if question.lab and source.labs is not None and question.lab not in source.labs:
            yield Finding(question.path, 1, "L002", f"there is no lab `{question.lab}`")


def _broken_links(path: str, text: str, source: Source) -> Iterator[Finding]:
    for number, row in enumerate(prose_rows(text), 1):
        for match in _LINK.finditer(row):
            target = _resolved(path, match["target"])
            if target not in source.texts:
                message = f"broken link to {match['target']}"
                yield Finding(path, number, "L001", message, _moved(path, match, source))
            elif match["anchor"] is not None and match["anchor"] not in _anchors(source.texts[target]):
                yield Finding(path, number, "L003", f"{target} has no heading `#{match['anchor']}`")


def _resolved(path: str, target: str | None) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path


def _moved(path: str, match: re.Match[str], source: Source) -> Fix | None:
    """The link to the file that bears the number now, where there is exactly one."""
    number = re.match(r"\d+(?=-)", posixpath.basename(match["target"]))
    if number is None:
        return None
    holders = [other for other in source.texts if posixpath.basename(other).startswith(f"{number[0]}-")]
    if len(holders) != 1:
        return None
    relative = posixpath.relpath(holders[0], posixpath.dirname(path) or ".")
    return Fix(match.start("target"), match.end("target"), relative)


@cache
def _anchors(text: str) -> frozenset[str]:
    """The anchors of a page's headings, as Python-Markdown makes them."""
    return frozenset(markdown.anchor(heading.text) for heading in markdown.headings(markdown.parse(text)))
