"""Which questions belong together, and in which order a topic is learnt. All of it follows from the bank."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from quiz.site.terms import Glossary
from quiz.source.question import Question

COUNT: Final = 5
"""How many related questions a page names."""
TOPICS: Final = 0.3
"""What topics in common add to the likeness of the terms, which is 0 to 1; the same topics add all of it."""
ASKED_BEFORE: Final = 0.2
"""What it adds that the other question leads to this one."""
LEAST: Final = 0.12
"""A question that is less like this one is not worth a link."""
COMMON: Final = 200
"""A term that more questions use says nothing about two of them, and would be compared in all of those."""


def terms_by_question(questions: Sequence[Question], glossary: Glossary) -> dict[int, Counter[str]]:
    """The terms of each question by its number: those of prompt and key points count double."""
    return {question.number: _terms(question, glossary) for question in questions}


def _terms(question: Question, glossary: Glossary) -> Counter[str]:
    used = Counter(glossary.names(question.short_answer))
    for text in (question.prompt, *(point.plain for point in question.key_points)):
        for name in glossary.names(text):
            used[name] += 2
    for point in question.key_points:
        for term in point.terms:
            if not glossary.names(term):
                used[term.casefold()] += 2
    return used


def related(
    questions: Sequence[Question], terms: Mapping[int, Counter[str]], count: int = COUNT
) -> dict[int, list[Question]]:
    """For each question by its number the most alike others, the most alike first.

    Alike is who shares terms (the cosine of their counts, where a rare term weighs more), then topics, and
    who leads to the question as a follow-up. A question's own follow-ups are left out: its page names them.
    """
    known = {question.number: question for question in questions}
    likeness = _likeness(terms)
    found = {}
    for question in questions:
        own = {follow_up.number for follow_up in question.follow_ups} | {question.number}
        scores = {
            other: score + _other_ties(question, known[other])
            for other, score in likeness[question.number].items()
            if other not in own
        }
        best = heapq.nsmallest(count, scores, key=lambda number: (-scores[number], number))
        found[question.number] = [known[number] for number in best if scores[number] >= LEAST]
    return found


def _likeness(terms: Mapping[int, Counter[str]]) -> dict[int, defaultdict[int, float]]:
    """The cosine between the terms of each question and of each other that shares one."""
    users: defaultdict[str, list[int]] = defaultdict(list)
    for number, used in terms.items():
        for name in used:
            users[name].append(number)
    rarity = {name: log(1 + len(terms) / len(numbers)) for name, numbers in users.items()}
    weights = {
        number: {name: sqrt(times) * rarity[name] for name, times in used.items()}
        for number, used in terms.items()
    }
    length = {
        number: sqrt(sum(weight * weight for weight in row.values())) for number, row in weights.items()
    }
    found: dict[int, defaultdict[int, float]] = {number: defaultdict(float) for number in terms}
    for name, numbers in users.items():
        if len(numbers) > COMMON:
            continue
        shares = [(number, weights[number][name] / length[number]) for number in numbers]
        for one, share in shares:
            row = found[one]
            for other, others in shares:
                row[other] += share * others
    return found


def _other_ties(question: Question, other: Question) -> float:
    mine, theirs = set(question.topics), set(other.topics)
    topics = TOPICS * len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    leads_here = any(follow_up.number == question.number for follow_up in other.follow_ups)
    return topics + ASKED_BEFORE * leads_here


@dataclass(frozen=True, slots=True)
class Order:
    """In which order to learn the questions of a topic."""

    levels: Sequence[str]
    difficulty: Mapping[int, float]
    """By question number: the mean difficulty of its items, 0 to 1."""

    def of(self, topic: str, questions: Iterable[Question]) -> list[Question]:
        """The questions of a topic, level by level; within one, a question comes before those it asks next.

        Of those that may come next, one that is filed under the topic first of all goes before one that only
        touches it, then the easier. Where questions lead to each other in a circle, the same rule begins it.
        """
        rows = [question for question in questions if topic in question.topics]
        return [
            question
            for level in self.levels
            for question in self._within(topic, [question for question in rows if question.level == level])
        ]

    def _within(self, topic: str, questions: Sequence[Question]) -> list[Question]:
        def place(number: int) -> tuple[bool, float, int]:
            touches = known[number].topics[:1] != (topic,)
            return touches, self.difficulty.get(number, 0.5), number

        known = {question.number: question for question in questions}
        before: dict[int, set[int]] = {number: set() for number in known}
        for question in questions:
            for follow_up in question.follow_ups:
                if follow_up.number in before and follow_up.number != question.number:
                    before[follow_up.number].add(question.number)
        order: list[Question] = []
        while before:
            free = [number for number, waits in before.items() if not waits] or list(before)
            chosen = min(free, key=place)
            order.append(known[chosen])
            del before[chosen]
            for waits in before.values():
                waits.discard(chosen)
        return order


def words_of(
    numbers: Sequence[int], terms: Mapping[int, Counter[str]], names: Iterable[str], count: int = 8
) -> list[str]:
    """The glossary terms that tell these questions from all others: often here, seldom elsewhere."""
    allowed = set(names)
    here: Counter[str] = Counter(name for number in numbers for name in terms[number] if name in allowed)
    all_over: Counter[str] = Counter(name for used in terms.values() for name in used)
    share = {name: times * times / all_over[name] for name, times in here.items() if times > 1}
    return sorted(share, key=lambda name: (-share[name], name))[:count]
