"""Cloze: a sentence of the answer with one term, number or name left out.

The sentences are the key points, whose bold terms an answer must mention, and those of the short answer that
hold a number with a unit or a name from code. A gap serves only where the rest decides what belongs there and
does not show it; see `gaps.decides`. Of what serves, the best few are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quiz.items import gaps
from quiz.items.difficulty import estimate
from quiz.items.instruction import with_instruction
from quiz.items.item import Item, Kind
from quiz.items.wording import points_elsewhere, slug, undated
from quiz.source.markdown import plain
from quiz.source.question import Question

KIND = Kind.CLOZE
MOST: Final = 4
GAP: Final = "_____"
LONGEST_CONTEXT: Final = 160
ALIKE: Final = 0.6
"""The share of telling words in common from which two sentences say the same."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: str
    gap: gaps.Gap
    section: str
    context: str
    score: float
    place: int


def derive(question: Question) -> Iterator[Item]:
    """The best cloze items of the question, in the order of its text."""
    for candidate in sorted(_best(question), key=lambda candidate: candidate.place):
        stem = with_instruction(_stem(candidate), candidate.gap.answers)
        yield Item(
            question=question.number,
            kind=KIND,
            key=slug(candidate.gap.name),
            stem=stem,
            answers=candidate.gap.answers,
            explanation=candidate.sentence,
            section=candidate.section,
            difficulty=estimate(KIND, candidate.gap.answers),
        )


def _stem(candidate: _Candidate) -> str:
    gap, sentence = candidate.gap, candidate.sentence
    gapped = sentence[: gap.start] + GAP + sentence[gap.end :]
    return f"{candidate.context}\n\n{gapped}" if candidate.context else gapped


def _best(question: Question) -> list[_Candidate]:
    """At most one gap a sentence, one sentence for what is said twice, and one gap an answer."""
    chosen: list[_Candidate] = []
    for candidate in sorted(_candidates(question), key=lambda candidate: (-candidate.score, candidate.place)):
        if not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
        if len(chosen) == MOST:
            break
    return chosen


def _same(one: _Candidate, other: _Candidate) -> bool:
    if slug(one.gap.name) == slug(other.gap.name):
        return True
    first, second = gaps.telling(one.sentence), gaps.telling(other.sentence)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def _candidates(question: Question) -> Iterator[_Candidate]:
    context = plain(question.prompt)
    for place, (section, text) in enumerate(_sentences(question)):
        if points_elsewhere(text):
            continue
        sentence = plain(text)
        found = [*gaps.terms(text), *gaps.numbers(sentence), *gaps.names(sentence)]
        for gap in found:
            fitting = "" if len(context) > LONGEST_CONTEXT or gaps.shows(context, gap) else context
            if gaps.decides(sentence, gap, alone=not fitting):
                yield _Candidate(
                    sentence, gap, section, fitting, gaps.score(sentence, gap, bool(fitting)), place
                )


def _sentences(question: Question) -> Iterator[tuple[str, str]]:
    """(title of the section, sentence), with the marks of emphasis that the author set."""
    for point in question.key_points:
        for sentence in _SENTENCE_END.split(point.text):
            yield "Key points", undated(sentence)
    for sentence in _SENTENCE_END.split(" ".join(question.short_answer.split())):
        yield "Short answer", undated(sentence)
