"""What one sees of an option without knowing its subject: words of the stem, exact names, strong words.

The generator evens these out, and the quality report measures whether they give the right option away.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quiz.items.wording import words

_EXACT = re.compile(r"`[^`]+`|\d|[a-z][A-Z]|[A-Z]{2}|\w[_:]\w")
_SMALL_WORDS: Final = frozenset(
    """a an and are as at be been but by can do does for from had has have how if in into is it its no not of
    on or so than that the their them then there these they this those to was were what when where which while
    who whose why will with you your""".split()
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_INSIDE: Final = 5
"""So many letters of a word tell it where it stands inside another."""
_ROOT: Final = 6
"""Letters that "protected" and "protection" have in common."""
ABSOLUTES: Final = frozenset(
    """all always any anything cannot completely each enough entirely every everything exactly fully
    impossible least must never no nobody none not nothing only simply whatever whenever without""".split()
)


@lru_cache(maxsize=16384)
def word_set(text: str) -> frozenset[str]:
    return frozenset(words(text))


@lru_cache(maxsize=16384)
def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say something, cut so that forms of one word are the same."""
    return frozenset(_root(word) for word in words(text) if word not in _SMALL_WORDS)


@lru_cache(maxsize=4096)
def exactness(text: str) -> int:
    """How much of a text is code, digits and names: what looks like knowledge."""
    return len(_EXACT.findall(text))


@lru_cache(maxsize=4096)
def strength(text: str) -> int:
    """How many words of a text leave no exception, or deny."""
    return sum(word in ABSOLUTES for word in words(text))


@lru_cache(maxsize=4096)
def joints(text: str) -> int:
    """How many marks join the parts of a text: what is hedged and complete has more of them."""
    return sum(text.count(mark) for mark in ",;:")


def echo(option: str, stem: str) -> int:
    """How many telling words an option has in common with the stem."""
    return len(telling_words(option) & telling_words(stem))


@lru_cache(maxsize=16384)
def echoes(one: str, other: str) -> bool:
    """Whether a telling word of one text stands in the other, be it inside a name or a longer word.

    `describeServices` holds "service", and "deregister" holds "register".
    """
    first, second = _inner_words(one), _inner_words(other)
    return not first.isdisjoint(second) or _inside(first, second) or _inside(second, first)


def _inside(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a long word of some stands inside one of the others."""
    row = " ".join(others)
    return any(word in row for word in some if len(word) >= _INSIDE)


@lru_cache(maxsize=4096)
def _inner_words(text: str) -> frozenset[str]:
    return telling_words(_HUMP.sub(" ", text))


def _root(word: str) -> str:
    for ending in ("ing", "ed", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not word.endswith("ss"):
            word = stem[:-1] if stem[-1] == stem[-2] and ending != "s" else stem
            break
    return word[:_ROOT]
