"""How much of another text survives in a question: the longest run of words that both share.

Texts are compared as words without case, marks or markup. Fenced and inline code, web addresses, front
matter and headings are left out: names and commands are nobody's own words, and a title has few of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.source import markdown

_SEED = 4
"""Runs shorter than this are not looked for."""
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LEFT_OUT = re.compile(r"`[^`\n]*`|https?://\S+|^#+ .*$", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Shared:
    """The longest run of words that a file shares with the other text."""

    path: str
    length: int
    words: str


def shared_runs(texts: Mapping[str, str], other: str) -> list[Shared]:
    """For each text, by path, its longest shared run; the longest first."""
    theirs = words_of(other)
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(theirs) - _SEED + 1):
        places[tuple(theirs[at : at + _SEED])].append(at)
    found = []
    for path, text in texts.items():
        ours = words_of(text)
        start, length = _longest(ours, theirs, places)
        found.append(Shared(path, length, " ".join(ours[start : start + length])))
    return sorted(found, key=lambda shared: (-shared.length, shared.path))


def words_of(text: str) -> list[str]:
    """The words of a Markdown text that count."""
    text = _FRONT_MATTER.sub("", text)
    rows = text.split("\n")
    for fence in markdown.fences(text):
        for number in range(fence.line - 1, min(fence.line + fence.text.count("\n") + 1, len(rows))):
            rows[number] = ""
    return _WORD.findall(_LEFT_OUT.sub(" ", "\n".join(rows)).lower())


def _longest(
    ours: Sequence[str], theirs: Sequence[str], places: Mapping[tuple[str, ...], Sequence[int]]
) -> tuple[int, int]:
    """Start and length of the longest run of `ours` that stands in `theirs`."""
    best = (0, 0)
    for start in range(len(ours) - _SEED + 1):
        for at in places.get(tuple(ours[start : start + _SEED]), ()):
            length = _SEED
            while (
                start + length < len(ours)
                and at + length < len(theirs)
                and ours[start + length] == theirs[at + length]
            ):
                length += 1
            if length > best[1]:
                best = (start, length)
    return best
