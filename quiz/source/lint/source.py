"""What the rules look at: the whole source of a bank, read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quiz.source import markdown
from quiz.source.question import BankSpec, Question

# Several rules look at the same text one after the other; a text of a bank has some kilobytes.
_remembered = lru_cache(maxsize=1024)


@dataclass(frozen=True, slots=True)
class Source:
    """All questions of a bank, and the text of each file by its path.

    `labs` are the slugs of the labs that exist, or None where nobody knows.
    """

    spec: BankSpec
    questions: tuple[Question, ...]
    texts: Mapping[str, str]
    labs: frozenset[str] | None = None
    today: date | None = None

    def fences(self, *languages: str) -> Iterator[tuple[str, markdown.Fence]]:
        """(path, fence) of every fence in one of the languages; of every fence where none is named."""
        for path, text in self.texts.items():
            for fence in fences(text):
                if not languages or fence.language in languages:
                    yield path, fence


@_remembered
def fences(text: str) -> tuple[markdown.Fence, ...]:
    """The fences of a text."""
    return tuple(markdown.fences(text))


def is_fragment(fence: markdown.Fence) -> bool:
    """Whether the author says that a fence is a part of something."""
    return "fragment" in fence.info.split()


@_remembered
def prose_rows(text: str) -> tuple[str, ...]:
    """The rows of a text; code and web addresses are blanked, so that columns stay what they are."""
    rows = text.split("\n")
    for fence in fences(text):
        for number in range(fence.line - 1, min(fence.line + fence.text.count("\n") + 1, len(rows))):
            rows[number] = ""
    return tuple(re.sub(r"`[^`]*`|https?://\S+", _blank, row) for row in rows)


def _blank(match: re.Match[str]) -> str:
    return "·" * len(match[0])
