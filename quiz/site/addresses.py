"""Where things are on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from quiz.source.question import Question, Term

_FILE = re.compile(r"(?P<path>[^#]*\.md)(?P<anchor>#.*)?$")
_ELSEWHERE = ("https://", "http://", "mailto:")


def page_of(question: Question) -> str:
    """The page's file in `docs/questions`: named by the question's number, which never changes."""
    return f"{question.number}.md"


def links_of(question: Question, pages: Mapping[str, str]) -> Callable[[str], str]:
    """Turns links of a question's file into links of its page; one that leads nowhere becomes "".

    `pages` maps the path of every question's file to its page. Links to other sites stay. Links to other
    files do not, because the site has only pages, and neither do links to headings: theirs have other names.
    """
    folder = posixpath.dirname(question.path)

    def rewrite(target: str) -> str:
        if target.startswith(_ELSEWHERE):
            return target
        match = _FILE.match(target)
        return (
            pages.get(posixpath.normpath(posixpath.join(folder, unquote(match["path"]))), "") if match else ""
        )

    return rewrite


def in_html(page: str) -> str:
    """The address of a question's page as the HTML of another one needs it.

    It goes through the site's root, since Zensical takes what stays below `docs` for files, and rewrites it.

    >>> in_html("13.md")
    '../../questions/13/'
    """
    return page if page.startswith(_ELSEWHERE) or not page else f"../../questions/{page.removesuffix('.md')}/"


def term_anchors(terms: Sequence[Term]) -> dict[str, str]:
    """The id of each term's heading on the glossary page, by the term's name."""
    taken: dict[str, str] = {}
    used: set[str] = set()
    for term in terms:
        slug = anchor = f"term-{re.sub(r'[^a-z0-9]+', '-', term.name.casefold()).strip('-')}"
        number = 1
        while anchor in used:
            number += 1
            anchor = f"{slug}-{number}"
        used.add(anchor)
        taken[term.name] = anchor
    return taken


def name_of(source: str) -> str:
    """A source's address in fewer words: its last part, and the host it is at.

    >>> name_of("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html")
    'task cannot pull image (docs.aws.amazon.com)'
    """
    address = urlsplit(source)
    parts = [part for part in address.path.split("/") if part]
    if not parts:
        return address.netloc
    words = re.sub(r"[-_+]+", " ", unquote(re.sub(r"\.\w{2,5}$", "", parts[-1])))
    return f"{words} ({address.netloc})"
