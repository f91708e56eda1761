"""L001 and L002: links to other questions and to labs lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from quiz.source import markdown
from quiz.source.lint.source import Source
from quiz.source.question import Finding

_LINK = re.compile(r"\]\((?P<target>[^)\s#:]+\.md)(?:#[^)\s]*)?\)")


def check(source: Source) -> Iterator[Finding]:
    for path, text in source.texts.items():
        yield from _broken_links(path, text, source)
    for question in source.questions:
        if question.lab and source.labs is not None and question.lab not in source.labs:
            yield Finding(question.path, 1, "L002", f"there is no lab `{question.lab}`")


def _broken_links(path: str, text: str, source: Source) -> Iterator[Finding]:
    folder = posixpath.dirname(path)
    in_code = _fenced_lines(text)
    for number, row in enumerate(text.split("\n"), 1):
        if number in in_code:
            continue
        for match in _LINK.finditer(row):
            if posixpath.normpath(posixpath.join(folder, match["target"])) not in source.texts:
                yield Finding(path, number, "L001", f"broken link to {match['target']}")


def _fenced_lines(text: str) -> set[int]:
    return {
        fence.line + offset for fence in markdown.fences(text) for offset in range(fence.text.count("\n") + 2)
    }
