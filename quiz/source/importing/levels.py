"""Headings between the questions: which ones are the document's title, a level, or a topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from quiz.source.importing.wording import plain_title, slug
from quiz.source.question import BankSpec, Level

FIRST_LEVEL: Final = Level("fundamentals", "Fundamentals")
"""For questions above the first level heading of a document that has some."""
ONLY_LEVEL: Final = Level("general", "General")
"""For a document without level headings."""

# Words for one and the same level, so that "Beginner questions" find their way to "Fundamentals".
_SAME_LEVEL: Final = (
    frozenset(
        "fundamental fundamentals basic basics beginner beginners foundation foundations foundational "
        "introduction introductory intro junior easy entry novice".split()
    ),
    frozenset(["intermediate", "medium", "middle", "mid"]),
    frozenset("advanced senior expert experts hard difficult professional".split()),
    frozenset("troubleshooting scenario scenarios debugging incident incidents".split()),
)
_LEVEL_WORDS: Final = frozenset[str]().union(*_SAME_LEVEL)
_FILLERS: Final = frozenset(
    "a an and answers based by chapter concepts for in interview level levels of part q questions question "
    "real section the to topics with world".split()
)
_NO_TOPIC: Final = frozenset("contents content table toc index overview faq faqs list start here".split())
_AROUND_QUESTIONS: Final = (
    "licen",
    "contribut",
    "credit",
    "acknowledg",
    "reference",
    "resource",
    "further reading",
    "author",
    "contact",
    "about",
    "changelog",
    "disclaimer",
    "conclusion",
    "final ",
    "table of contents",
    "how to use",
)


def names_level(text: str, title: str = "") -> bool:
    """Whether a heading names a level and nothing else; words of the document's title do not count."""
    words = _words(text)
    if not _LEVEL_WORDS.isdisjoint(words) or ("level" in words and any(word.isdecimal() for word in words)):
        known = _LEVEL_WORDS | _FILLERS | set(_words(title))
        return all(word in known or word.isdecimal() for word in words)
    return False


def names_topic(text: str, title: str = "") -> bool:
    """Whether a heading that names no level says what the questions below it are about."""
    return not closes_document(text) and not (_FILLERS | _NO_TOPIC | set(_words(title))).issuperset(
        _words(text)
    )


def closes_document(text: str) -> bool:
    """Whether a heading is for what documents have around their questions: licence, references."""
    return plain_title(text).lower().startswith(_AROUND_QUESTIONS)


def level_of(text: str) -> Level:
    """The level that a heading names. Its slug is the first word that says so."""
    word = next((word for word in _words(text) if word in _LEVEL_WORDS), "")
    title = re.sub(r"[\s:–—-]+(level|questions)\s*$", "", plain_title(text), flags=re.IGNORECASE)
    return Level(word or slug(text), title)


def find_level(level: Level, spec: BankSpec) -> Level | None:
    """The bank's level of the same slug or title, or else one whose name means the same."""
    for known in spec.levels:
        if level.slug == known.slug or level.title.lower() == known.title.lower():
            return known
    words = next((words for words in _SAME_LEVEL if level.slug in words), frozenset[str]())
    for known in spec.levels:
        if not words.isdisjoint([*_words(known.slug), *_words(known.title)]):
            return known
    return None


def unique(levels: Iterable[Level]) -> list[Level]:
    """The levels by slug, the first of each, in order."""
    found: dict[str, Level] = {}
    for level in levels:
        found.setdefault(level.slug, level)
    return list(found.values())


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
