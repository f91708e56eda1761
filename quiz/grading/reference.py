"""How much of a whole reference text an answer says, for rubrics without key points.

h = 0.95 (0.45 sqrt(t) + 0.30 sqrt(r) + 0.25 sqrt(c)), where t is the share of the reference's stems that
the answer has (weighted by the root of their rarity, question words 0.15), r the share of its 4-grams of
letters, and c the cosine of the two texts' 4-gram counts (question words 0.4, function words 0.8). The grams
stay within words, so the order of words does not matter. The factor puts the mark from which most answers
are right at 0.5.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from quiz.grading.lexicon import FUNCTION_WORDS, NEGATORS

GRAM = 4
SCALE = 0.95
STEM_WEIGHT, RECALL_WEIGHT, COSINE_WEIGHT = 0.45, 0.30, 0.25
QUESTION_STEM = 0.15
QUESTION_GRAM, FUNCTION_GRAM = 0.40, 0.80
_MUCH = 60
"""Stems of a reference from which more of them are not asked of an answer."""


class Reference:
    """A reference text, prepared."""

    def __init__(self, spelt: Iterable[str], stems: Mapping[str, float], question: frozenset[str]) -> None:
        """Its lower-case words, its stems with their weights, and the words of the prompt."""
        self._question = question
        self._profile = profile(spelt, question)
        self._length = math.sqrt(sum(count * count for count in self._profile.values()))
        heaviest = sorted(self._profile.values(), reverse=True)
        self._gram_total = sum(heaviest)
        self._stems = stems
        self._stem_total = sum(sorted(stems.values(), reverse=True)[:_MUCH])
        share = self._stem_total / sum(stems.values()) if stems else 1.0
        self._gram_total *= share

    def score(self, spelt: Iterable[str], matched: Mapping[str, float]) -> float:
        """h of an answer, 0 to 1, from its lower-case words and the stems that it matched."""
        if not self._stem_total:
            return 0.0
        answer = profile(spelt, self._question)
        stems = self._stems
        said = sum(weight * matched[root] for root, weight in stems.items() if root in matched)
        tokens = min(1.0, said / self._stem_total)
        shared = self._profile.keys() & answer.keys()
        recall = min(1.0, sum(self._profile[gram] for gram in shared) / self._gram_total)
        dot = sum(self._profile[gram] * answer[gram] for gram in sorted(shared))
        length = math.sqrt(sum(count * count for count in answer.values()))
        cosine = dot / (self._length * length) if dot else 0.0
        return SCALE * (
            STEM_WEIGHT * math.sqrt(tokens)
            + RECALL_WEIGHT * math.sqrt(recall)
            + COSINE_WEIGHT * math.sqrt(cosine)
        )


def profile(spelt: Iterable[str], question: frozenset[str]) -> dict[str, float]:
    """The 4-grams of the words, each counted as often as it occurs, with the weights of their words."""
    counts: dict[str, float] = {}
    for word in spelt:
        functional = word in FUNCTION_WORDS or word in NEGATORS
        weight = FUNCTION_GRAM if functional else QUESTION_GRAM if word in question else 1.0
        for gram in grams(word):
            counts[gram] = counts.get(gram, 0.0) + weight
    return counts


@lru_cache(maxsize=32_768)
def grams(word: str) -> tuple[str, ...]:
    """The 4-grams of one word with a space at either end; a shorter word is one gram."""
    padded = f" {word} "
    return tuple(padded[start : start + GRAM] for start in range(max(1, len(padded) - GRAM + 1)))
