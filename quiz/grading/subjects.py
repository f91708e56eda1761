"""What a statement is about, where a question sets two things against each other.

"The task role", "the execution role": a statement that is true of one is false of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from quiz.grading.clauses import Clause
from quiz.grading.terms import Stems
from quiz.grading.text import plain
from quiz.grading.vocabulary import Vocabulary
from quiz.source.question import KeyPoint

_LEADING = 4
_REACH = 6
_RUN_ON = 20
_LONGEST = 3
_BETWEEN = re.compile(r"\bbetween (.{2,60}?) and (.{2,60}?)(?=[?,.;:]|$)", re.IGNORECASE)
_VERSUS = re.compile(r"([\w-]+(?: [\w-]+){0,2}) (?:vs\.?|versus) ([\w-]+(?: [\w-]+){0,2})", re.IGNORECASE)


class Mention(NamedTuple):
    """A subject named in a clause: where among its stems, and whether it is denied there."""

    subject: Stems
    place: int
    denied: bool


class Subjects:
    """The subjects of one question and which of them may be taken for each other."""

    def __init__(self, rivals: Mapping[Stems, frozenset[Stems]], names: Mapping[Stems, str]) -> None:
        self._rivals = rivals
        self._names = names
        self._by_first: dict[str, list[Stems]] = {}
        for subject in sorted(rivals, key=lambda stems: (-len(stems), stems)):
            self._by_first.setdefault(subject[0], []).append(subject)

    def __bool__(self) -> bool:
        return bool(self._rivals)

    def __iter__(self) -> Iterator[Stems]:
        return iter(self._rivals)

    def name(self, subject: Stems | None) -> str:
        """The subject as the question writes it, with an article if it is an ordinary noun."""
        name = self._names.get(subject or (), "") or " ".join(subject or ())
        return f"the {name}" if name[:1].islower() else name

    def rival(self, one: Stems | None, other: Stems | None) -> bool:
        """Whether what is true of one is false of the other."""
        return one is not None and other is not None and other in self._rivals.get(one, ())

    def mentions(self, clause: Clause) -> list[Mention]:
        """Every mention of a subject in the clause, in order."""
        found = []
        index = 0
        while index < len(clause.stems):
            subject = self._at(clause.stems, index)
            if subject is not None:
                denied = (clause.polarities[index] > 0) != clause.reversed
                found.append(Mention(subject, index, denied))
            index += len(subject) if subject else 1
        return found

    def leading(self, mentions: Sequence[Mention], length: int) -> Stems | None:
        """What a clause of so many stems with these mentions is about.

        That is its only subject that is not denied, or of several the first, if it stands among the clause's
        first six stems and not beside the second ("the task role and the execution role"). In a clause that
        goes on and on, for want of punctuation, the first says nothing of the rest.
        """
        affirmed = [mention for mention in mentions if not mention.denied]
        if not affirmed:
            return None
        first = affirmed[0]
        other = next((mention for mention in affirmed if mention.subject != first.subject), None)
        if other is None:
            return first.subject
        beside = other.place <= first.place + len(first.subject)
        return None if beside or first.place >= _REACH or length > _RUN_ON else first.subject

    def exchanged(self, one: Sequence[Stems], other: Sequence[Stems]) -> bool:
        """Whether two sentences name the same number of subjects, and rivals wherever they differ."""
        return (
            len(one) == len(other)
            and one != other
            and all(this == that or self.rival(this, that) for this, that in zip(one, other, strict=True))
        )

    def _at(self, stems: Sequence[str], index: int) -> Stems | None:
        if index >= len(stems):
            return None
        for subject in self._by_first.get(stems[index], ()):
            if tuple(stems[index : index + len(subject)]) == subject:
                return subject
        return None


def subjects_of(prompt: str, points: Iterable[KeyPoint], vocabulary: Vocabulary) -> Subjects:
    """The subjects that a question contrasts; none for a question that contrasts nothing.

    Candidates are the bold terms that key points begin with, what the prompt names ("between X and Y"), and
    what the glossary says is confused with either. Two are rivals if the prompt names both, the glossary
    warns of confusing them, or they are two kinds of one thing ("task role", "execution role").
    """
    asked = plain(prompt)
    prompted = vocabulary.canonical_stems(asked)
    compared = _compared(asked, vocabulary)
    names: dict[Stems, str] = {}
    for point in points:
        subject = _leading_term(point, vocabulary)
        if subject is not None:
            names.setdefault(subject, point.terms[0])
    for subject in compared:
        names.setdefault(subject, "")
    for subject in list(names):
        for near in sorted(vocabulary.terms.confusable.get(subject, ())):
            names.setdefault(near, "")
    rivals: dict[Stems, set[Stems]] = {}
    for one, other in combinations(names, 2):
        if _contains(one, other) or _contains(other, one):
            continue
        if (
            (one in compared and other in compared)
            or (_contains(prompted, one) and _contains(prompted, other))
            or other in vocabulary.terms.confusable.get(one, ())
            or (len(one) == len(other) > 1 and one[-1] == other[-1] and one[0] != other[0])
        ):
            rivals.setdefault(one, set()).add(other)
            rivals.setdefault(other, set()).add(one)
    shown = {subject: names[subject] or vocabulary.terms.names.get(subject, "") for subject in rivals}
    return Subjects({subject: frozenset(others) for subject, others in rivals.items()}, shown)


def _leading_term(point: KeyPoint, vocabulary: Vocabulary) -> Stems | None:
    if not point.terms:
        return None
    subject = vocabulary.canonical_stems(point.terms[0])
    begin = vocabulary.canonical_stems(point.plain)[:_LEADING]
    leads = 0 < len(subject) <= _LONGEST and any(
        begin[index : index + len(subject)] == subject for index in range(2)
    )
    return subject if leads else None


def _compared(prompt: str, vocabulary: Vocabulary) -> tuple[Stems, ...]:
    """The two things that the prompt names as compared, or nothing."""
    match = _BETWEEN.search(prompt) or _VERSUS.search(prompt)
    if match is None:
        return ()
    pair = tuple(vocabulary.canonical_stems(match.group(place)) for place in (1, 2))
    return pair if all(0 < len(side) <= _LONGEST for side in pair) and pair[0] != pair[1] else ()


def _contains(stems: Stems, part: Stems) -> bool:
    width = len(part)
    return any(stems[index : index + width] == part for index in range(len(stems) - width + 1))
