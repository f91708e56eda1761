"""Learners' spellings to the words of a question: misspellings, and close forms of one word."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

CLOSE = 80.0
"""Least `fuzz.ratio` at which two stems count as forms of one word."""
LIKELY = 0.72
"""Least OSA similarity at which an unknown word counts as a misspelling of a word of the question."""
_SHORTEST = 4
_NEGATING_PREFIXES = ("un", "im", "in", "non", "dis", "de", "ir", "il", "mis", "anti")


def repaired(word: str, candidates: Sequence[str], likeness: float = LIKELY) -> str | None:
    """The candidate that an unknown word most probably was meant to be, or None.

    A transposition is one slip (optimal string alignment). One of the first two letters must agree, and
    between words of four letters only an exchange counts: too many everyday words differ from each other
    in one of four letters.
    """
    if len(word) < _SHORTEST or word.isdigit():
        return None
    best = process.extract(word, candidates, scorer=OSA.normalized_similarity, score_cutoff=likeness, limit=4)
    for candidate, _, _ in best:
        if abs(len(candidate) - len(word)) > 2 or len(candidate) < _SHORTEST or candidate.isdigit():
            continue
        if not set(candidate[:2]).intersection(word[:2]):
            continue
        if len(candidate) == len(word) == _SHORTEST and sorted(word) != sorted(candidate):
            continue
        return candidate
    return None


def closest(root: str, candidates: Sequence[str]) -> tuple[str, float] | None:
    """The stem among the candidates that is another form of this one, and how far it counts, 0 to 1."""
    if len(root) < _SHORTEST or not root.isalpha():
        return None
    for candidate, ratio, _ in process.extract(
        root, candidates, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=3
    ):
        if len(candidate) >= _SHORTEST and candidate.isalpha() and not opposed(root, candidate):
            return candidate, 0.95 * ratio / 100
    return None


def opposed(one: str, other: str) -> bool:
    """Whether one is the other with a negating prefix: healthy and unhealthy are close but not alike."""
    short, long = sorted((one, other), key=len)
    return any(long.startswith(prefix) and long[len(prefix) :] == short for prefix in _NEGATING_PREFIXES)
