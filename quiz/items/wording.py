"""The words of items: plain text, stable slugs, and whether two texts say the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quiz.source.markdown import plain

_WORD = re.compile(r"[a-z0-9]+")
# Words that change with the wording and not with what is said.
_FILLERS = frozenset(
    """a an and are as at be by can do does for from has have in is it its not of on or so that the their
    then there they this to was which will with""".split()
)
SLUG_WORDS = 6

_DATED = re.compile(r"\s*\(as of \d{4}[^)]*\)")
_ELSEWHERE = re.compile(
    r"\]\(|\b(the|this|that|those|these|lines?|steps?|rows?) (\w+ )?(above|below)\b"
    r"|\b(above|below)[,.;]|\b(above|below)$|\bstep \d|\bquestion \d"
    r"|\b(one|none|each|all|both|any|neither) of (them|these|those)\b",
    re.IGNORECASE,
)


def statement(text: str) -> str:
    """A sentence as an option: plain and without its full stop, so that no option stands out."""
    return plain(text).removesuffix(".")


def slug(text: str) -> str:
    """The first telling words of `text`, for a key that outlives small changes of wording."""
    found = words(text)
    telling = [word for word in found if word not in _FILLERS] or found
    return "-".join(telling[:SLUG_WORDS])


def undated(text: str) -> str:
    """The text without its "(as of 2026-11, ...)", which is for whoever checks it later."""
    return _DATED.sub("", text)


@lru_cache(maxsize=4096)
def points_elsewhere(text: str) -> bool:
    """Whether the text speaks of what stands elsewhere on its page, as in "the command above"."""
    return _ELSEWHERE.search(text) is not None


def near_duplicates(one: str, other: str) -> bool:
    """Whether a learner could not tell the two options apart: one says all that the other says."""
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return one.strip() == other.strip()
    shared = len(first & second)
    return shared == min(len(first), len(second)) or shared / len(first | second) > 0.8


def words(text: str) -> list[str]:
    """The words of a text in lower case, without accents and marks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower())
