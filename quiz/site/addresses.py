"""Where things are on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from quiz.source.question import Question

_FILE = re.compile(r"(?P<path>[^#]*\.md)(?P<anchor>#.*)?$")


def page_of(question: Question) -> str:
    """The page's file in `docs/questions`: named by the question's number, which never changes."""
    return f"{question.number}.md"


def links_of(question: Question, pages: Mapping[str, str]) -> Callable[[str], str]:
    """Turns links between question files into links between pages; one that leads nowhere becomes "#".

    `pages` maps the path of every question's file to its page.
    """
    folder = posixpath.dirname(question.path)

    def rewrite(target: str) -> str:
        match = _FILE.match(target)
        if match is None or "://" in target:
            return target
        # Headings get other anchors on the site, so the link leads to the page.
        return pages.get(posixpath.normpath(posixpath.join(folder, match["path"])), "#")

    return rewrite
