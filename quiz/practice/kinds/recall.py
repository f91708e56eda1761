"""Recall: a typed answer in the learner's own words, graded by key points."""

from __future__ import annotations

from random import Random

from quiz.grading.grade import Grade
from quiz.items.item import Item, Kind
from quiz.practice.kinds.face import Grading, Listing
from quiz.practice.outcome import Outcome

KIND = Kind.RECALL
LINES = True
INVITATION = "Type your answer. An empty line ends it; Enter alone shows the answer."
SOLUTION = "Model answer"

_MEANINGS = 3


def options(item: Item, random: Random) -> tuple[str, ...]:  # noqa: ARG001 - all kinds have this shape
    return ()


def listings(item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:  # noqa: ARG001
    return ()


def complaint(item: Item, typed: str, options: tuple[str, ...]) -> str:  # noqa: ARG001
    return ""


def judge(item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:  # noqa: ARG001
    grade: Grade = grading(item, typed)
    return Outcome(typed, grade.score, grade.rating if grade.certain else None, grade)


def hints(item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:  # noqa: ARG001
    """How many key points there are, how their terms begin, then what some of those mean."""
    rubric = grading.rubric(item)
    count = len(rubric.key_points)
    if not count:
        return (f"The model answer begins: {' '.join(rubric.reference.split()[:4])} ...",)
    steps = ["A good answer makes one point." if count == 1 else f"A good answer makes {count} points."]
    names = dict.fromkeys(term for point in rubric.key_points for term in point.terms)
    if names:
        steps.append(f"It speaks of: {', '.join(map(masked, names))}.")
    known = [term for name in names if (term := grading.term(name)) and term.meaning]
    steps += [f"{masked(term.name)} is: {term.meaning}" for term in known[:_MEANINGS]]
    return tuple(steps)


def solution(item: Item, options: tuple[str, ...]) -> Listing:  # noqa: ARG001
    return Listing.plain(item.answers[0])


def masked(name: str) -> str:
    """The first letter of each word: `t... r...`."""
    return " ".join(f"{word[0]}..." for word in name.strip("`").split())
