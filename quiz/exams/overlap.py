"""Whether two items on one paper would answer each other.

Similarities are those of rapidfuzz, in percent, over lower-case words without filler words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, utils

from quiz.exams.pool import Candidate
from quiz.items.item import Kind

ALIKE: Final = 85
# Of two texts that alike, the shorter is at least this share of the longer: the ratio is 2m / (a + b).
_SHORTEST: Final = ALIKE / (200 - ALIKE)
# A shorter answer, such as the name of a role, appears in many texts without being given away by them.
_TELLING: Final = 4
# Two items that share this many options can be solved by comparing them.
_SHARED_OPTIONS: Final = 2

_FILLERS = frozenset(
    """a an and are as at be been by can do does for from had has have how if in into is it its of on or so
    than that the their then there these they this those to was were what when where which who why will
    with would you your""".split()
)


@dataclass(frozen=True, slots=True)
class Traces:
    """What an item shows to the learner and what it asks for, as text to compare."""

    question: int
    kind: Kind
    prompt: str
    """Its words in alphabetical order, so that those of another in another order are the same."""
    shown: tuple[str, ...]
    asked: tuple[str, ...]
    options: tuple[str, ...]

    @classmethod
    def of(cls, candidate: Candidate) -> Traces:
        item, question = candidate.item, candidate.question
        free = item.kind is Kind.RECALL
        answers = tuple(point.plain for point in question.key_points) if free else item.answers
        options = () if free else (*item.answers, *item.distractors, *item.prompts)
        return cls(
            question=item.question,
            kind=item.kind,
            prompt=" ".join(sorted(_words(question.prompt).split())),
            shown=_texts((item.stem, *options)),
            asked=_texts(answers),
            options=_texts(options),
        )


class Together:
    """Items that stand on one paper, and whether others can join them."""

    def __init__(self) -> None:
        self._chosen: dict[str, Candidate] = {}
        self._traces: dict[str, Traces] = {}
        self._known: dict[str, dict[str, bool]] = {}
        """Which pairs of ids clash, as far as it was asked."""

    def add(self, candidate: Candidate) -> None:
        self._chosen[candidate.item.id] = candidate

    def clear(self) -> None:
        self._chosen.clear()

    def remove(self, candidate: Candidate) -> None:
        del self._chosen[candidate.item.id]

    def admits(self, candidate: Candidate) -> bool:
        """Whether it is not there yet, and nothing there answers it or is answered by it."""
        return next(self._clashing(candidate), None) is None

    def clashes(self, candidate: Candidate) -> list[Candidate]:
        """What is there and answers it or is answered by it; the candidate itself, if it is there."""
        return list(self._clashing(candidate))

    def _clashing(self, candidate: Candidate) -> Iterator[Candidate]:
        if candidate.item.id in self._chosen:
            yield candidate
            return
        known = self._known.setdefault(candidate.item.id, {})
        for name, other in self._chosen.items():
            if name not in known:
                clash = answer_each_other(self._traces_of(candidate), self._traces_of(other))
                known[name] = clash
                self._known.setdefault(name, {})[candidate.item.id] = clash
            if known[name]:
                yield other

    def _traces_of(self, candidate: Candidate) -> Traces:
        if candidate.item.id not in self._traces:
            self._traces[candidate.item.id] = Traces.of(candidate)
        return self._traces[candidate.item.id]


def answer_each_other(one: Traces, other: Traces) -> bool:
    """True if a learner who reads one of the items learns the answer to the other."""
    if one.question == other.question:
        # The other items of a question are made of the very points that its free answer should say.
        if Kind.RECALL in (one.kind, other.kind):
            return True
    elif _same(one.prompt, other.prompt):
        return True
    return _share_options(one, other) or _gives_away(one, other) or _gives_away(other, one)


def _share_options(one: Traces, other: Traces) -> bool:
    shared = sum(any(_same(text, option) for option in other.options) for text in one.options)
    return shared >= _SHARED_OPTIONS


def _gives_away(reader: Traces, asker: Traces) -> bool:
    """Whether a text of one says what an answer of the other says, perhaps among other things."""
    for answer in asker.asked:
        length = len(answer)
        telling = answer.count(" ") + 1 >= _TELLING
        for text in reader.shown:
            if telling and len(text) >= length:
                if fuzz.token_set_ratio(text, answer, score_cutoff=ALIKE):
                    return True
            elif _same(text, answer):
                return True
    return False


def _same(one: str, other: str) -> bool:
    # Most pairs differ in length by more than the ratio allows: asking would take longer than looking.
    shorter, longer = len(one), len(other)
    if shorter > longer:
        shorter, longer = longer, shorter
    return shorter >= _SHORTEST * longer and fuzz.ratio(one, other, score_cutoff=ALIKE) > 0


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words for words in map(_words, texts) if words)


def _words(text: str) -> str:
    return " ".join(word for word in utils.default_process(text).split() if word not in _FILLERS)
