"""Judging one answer: points by the rules of the exam, and how certain that is.

| kind | earns |
|---|---|
| choice | all or nothing; a wrong one costs what the blueprint says |
| cloze | all or nothing; the glossary's other forms and slips of the keyboard are accepted |
| matching | the share of the pairs that are right |
| ordering | Kendall's tau of the order, not below nothing |
| command | the share that the command's grading gives |
| recall | the score of free-text grading |

Partial credit is given in half points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from random import Random
from typing import Final

from quiz.exams.marking.answers import Given
from quiz.exams.marking.key import Key, KeyItem, KeyPlace
from quiz.exams.paper import option_letter
from quiz.grading.grade import Grade, Rubric
from quiz.grading.grader import Grader
from quiz.grading.rating import PASS
from quiz.grading.vocabulary import Vocabulary
from quiz.items.item import Item, Kind
from quiz.practice.kinds import FACES
from quiz.source.question import Term

CERTAIN: Final = 1.0
FORGIVEN: Final = 0.85
"""A word that is nearly right was taken for right."""
NEARLY: Final = 0.6
"""A written answer that is wrong by a little."""
WRITTEN_WRONG: Final = 0.75
"""Another word in a gap may be right as well, as only a person can tell."""
PARTLY: Final = 0.8
REMARKED: Final = 0.65
BORDERLINE: Final = 0.65
UNKNOWN_WORDS: Final = 0.3
CLEAR: Final = 0.9
LOW: Final = 0.7
"""Below this confidence a person has to look."""

_BORDER: Final = 0.08
"""How near a score of free text is to the one from which it passes, to be on the border."""
_LIKE: Final = 0.75


class State(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    SETTLED = "settled"
    """By the trainer, whatever it was."""


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and what became of it in an answer: covered, partly, missed or contradicted."""

    text: str
    verdict: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer earned. `share` is that of the item's points, 0 to 1, before anything is taken off."""

    number: int
    item: str
    answer: str
    state: State
    points: float
    of: float
    share: float
    confidence: float = CERTAIN
    chosen: tuple[int, ...] = ()
    """Of a choice: the place of the option among the answers and then the distractors of the item."""
    covered: tuple[Point, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class Examiner:
    """What can be asked of right and wrong, as practice asks it of a bank; here it comes from a key."""

    key: Key
    vocabulary: Vocabulary
    glossary: tuple[Term, ...] = ()
    grader: Grader = field(init=False)

    def __post_init__(self) -> None:
        self.grader = Grader(self.vocabulary)

    def __call__(self, item: Item, answer: str) -> Grade:
        return self.grader.grade(self.rubric(item), answer)

    def rubric(self, item: Item) -> Rubric:
        return self.key.items[item.id].rubric

    def term(self, text: str) -> Term | None:
        return self._terms.get(_folded(text))

    def is_term_word(self, word: str) -> bool:
        return word in self._term_words

    def operations(self) -> frozenset[str]:
        return self._operations

    @cached_property
    def _terms(self) -> dict[str, Term]:
        others = {_folded(form): term for term in self.glossary for form in term.aliases}
        return others | {_folded(term.name): term for term in self.glossary}

    @cached_property
    def _term_words(self) -> frozenset[str]:
        return frozenset(word for form in self._terms for word in re.findall(r"[^\W\d_]+", form))

    @cached_property
    def _operations(self) -> frozenset[str]:
        from quiz.grading.commands.parsing import parse

        items = (found.item for found in self.key.items.values())
        return frozenset(
            parse(model).name for item in items if item.kind is Kind.COMMAND for model in item.answers
        )


def texts_of(items: Iterable[KeyItem]) -> list[str]:
    """What the key itself tells of how common words are, where there is no bank to ask."""
    found = []
    for item in items:
        points = (point.text for point in item.key_points)
        mistakes = (f"{mistake.wrong}\n{mistake.right}" for mistake in item.mistakes)
        found.append("\n\n".join((item.item.stem, *item.item.answers, *points, *mistakes)))
    return found


def judge(place: KeyPlace, given: Given, examiner: Examiner) -> Mark:
    """What the answer to one item earns."""
    kind = place.of.item.kind
    if given.fault:
        return Mark(
            place.number, place.of.id, given.text, State.UNREADABLE, 0.0, place.points, 0.0, 0.0,
            remarks=(given.fault,),
        )  # fmt: skip
    if given.blank:
        return Mark(place.number, place.of.id, "", State.BLANK, 0.0, place.points, 0.0)
    if kind is Kind.CHOICE:
        return _choice(place, given)
    if kind in (Kind.MATCHING, Kind.ORDERING):
        return _letters(place, given)
    if kind is Kind.RECALL:
        return _free_text(place, given, examiner)
    return _written(place, given, examiner)


def _choice(place: KeyPlace, given: Given) -> Mark:
    letter, item = given.letters[0], place.of.item
    right = letter in place.letters
    option = place.options[[option_letter(index) for index in range(len(place.options))].index(letter)]
    points = place.points if right else 0.0 - place.wrong
    state = State.RIGHT if right else State.WRONG
    chosen = ([*item.answers, *item.distractors].index(option),)
    return Mark(place.number, item.id, given.text, state, points, place.points, float(right), chosen=chosen)


def _letters(place: KeyPlace, given: Given) -> Mark:
    """Matching and ordering: as many of the letters as are right, or how much of the order is."""
    if place.of.item.kind is Kind.MATCHING:
        hits = [said == right for said, right in zip(given.letters, place.letters, strict=True)]
        share = sum(hits) / len(hits)
    else:
        share = _tau([place.letters.index(letter) for letter in given.letters])
    return _of_share(place, given, share, CERTAIN, ())


def _tau(places: list[int]) -> float:
    """Kendall's tau of an order, not below 0: of all pairs, those in the right order less those in the wrong.

    Kendall, M. G. (1938). A new measure of rank correlation. Biometrika 30, 81-93.
    """
    signs = [1 if one < other else -1 for index, one in enumerate(places) for other in places[index + 1 :]]
    return max(0.0, sum(signs) / len(signs)) if signs else 1.0


def _written(place: KeyPlace, given: Given, examiner: Examiner) -> Mark:
    """Cloze and command, as practice judges them."""
    item = place.of.item
    face = FACES[item.kind]
    complaint = face.complaint(item, given.text, ())
    if complaint:
        return _of_share(place, given, 0.0, WRITTEN_WRONG, (complaint,))
    outcome = face.judge(item, given.text, face.options(item, Random(0)), examiner)  # noqa: S311
    if outcome.score >= 1:
        confidence = FORGIVEN if outcome.remarks else CERTAIN
    elif outcome.score > 0:
        confidence = PARTLY
    elif item.kind is Kind.COMMAND:
        confidence = CLEAR
    else:
        confidence = NEARLY if _nearly(given.text, item.answers) else WRITTEN_WRONG
    return _of_share(place, given, outcome.score, confidence, outcome.remarks)


def _nearly(text: str, answers: Iterable[str]) -> bool:
    from rapidfuzz import fuzz

    said = text.casefold()
    return any(fuzz.ratio(said, answer.casefold()) >= 100 * _LIKE for answer in answers)


def _free_text(place: KeyPlace, given: Given, examiner: Examiner) -> Mark:
    grade = examiner(place.of.item, given.text)
    if not grade.certain:
        confidence = UNKNOWN_WORDS
    elif abs(grade.score - PASS) < _BORDER:
        confidence = BORDERLINE
    else:
        confidence = REMARKED if grade.remarks and grade.score > 0 else CLEAR
    points = tuple(
        Point(point.point.plain, point.verdict.value, "; ".join(point.evidence)) for point in grade.points
    )
    mistakes = tuple(f"A common mistake: {mistake.wrong}" for mistake in grade.mistakes)
    return _of_share(place, given, grade.score, confidence, (*grade.remarks, *mistakes), points)


def _of_share(
    place: KeyPlace,
    given: Given,
    share: float,
    confidence: float,
    remarks: tuple[str, ...],
    covered: tuple[Point, ...] = (),
) -> Mark:
    points = place.points if share >= 1 else math.floor(2 * place.points * share + 0.5) / 2
    state = State.RIGHT if share >= 1 else State.PARTLY if points > 0 else State.WRONG
    return Mark(
        place.number, place.of.id, given.text, state, points, place.points, share, confidence,
        covered=covered, remarks=remarks,
    )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.replace("`", "").lower().split()).rstrip(".")
