"""Choosing the items of a paper: balanced, spread over the questions, and none that answers another."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop

from quiz.errors import UserError
from quiz.exams.blueprint import Selection
from quiz.exams.overlap import Traces, answer_each_other
from quiz.exams.pool import Candidate
from quiz.source.question import Question


def assemble(pool: Sequence[Candidate], selection: Selection, seed: int) -> tuple[Candidate, ...]:
    """`selection.count` items of the pool. Raises UserError where there are not so many.

    The choice hangs on the seed and on the names of the items, so that a question added to the bank
    moves as few other items as balance allows.
    """
    admitted = [candidate for candidate in pool if selection.admits(candidate.item, candidate.question)]
    if len(admitted) < selection.count:
        raise _too_few(pool, selection, len(admitted))
    draft = _Draft(admitted, selection, seed)
    draft.fill()
    if len(draft.chosen) < selection.count:
        draft.make_room()
    if len(draft.chosen) < selection.count:
        raise UserError(
            f"only {len(draft.chosen)} of the {len(admitted)} items{selection.describe()} "
            "go together on one paper, because the others give answers away; "
            f"--count asks for {selection.count}.",
            f"Ask for --count {len(draft.chosen)}{_wider(pool, selection)}.",
        )
    return tuple(draft.chosen)


class _Draft:
    """A paper while it is being filled."""

    def __init__(self, pool: Sequence[Candidate], selection: Selection, seed: int) -> None:
        self.selection = selection
        self.seed = seed
        self.chosen: list[Candidate] = []
        self._traces: dict[str, Traces] = {}
        self._questions = {candidate.question.number: candidate.question for candidate in pool}
        self._ranks = {number: self._rank(str(number)) for number in self._questions}
        self._by_question: dict[int, list[Candidate]] = {}
        for candidate in sorted(pool, key=lambda entry: self._rank(entry.item.id)):
            self._by_question.setdefault(candidate.question.number, []).append(candidate)
        self._open = {number: list(candidates) for number, candidates in self._by_question.items()}
        self._load: Counter[tuple[str, str | int]] = Counter()

    def fill(self) -> None:
        """Add items until there are enough, or until each one left answers one that is chosen."""
        while len(self.chosen) < self.selection.count:
            found = self._next()
            if found is None:
                return
            self._add(found)

    def make_room(self) -> None:
        """Where items run out: give up one that shuts out two or more of its own question."""
        for candidate in reversed(self.chosen.copy()):
            if len(self.chosen) >= self.selection.count:
                return
            position = self.chosen.index(candidate)
            before = self.chosen.copy()
            del self.chosen[position]
            for other in self._by_question[candidate.question.number]:
                wanted = len(self.chosen) < self.selection.count
                if wanted and other not in (candidate, *self.chosen) and self._fits(other):
                    self.chosen.append(other)
            if len(self.chosen) <= len(before):
                self.chosen = before

    def _rank(self, name: str) -> float:
        return random.Random(f"{self.seed}/{name}").random()  # noqa: S311 - a fair draw, not a secret

    def _preference(self, number: int) -> tuple[float, ...]:
        question = self._questions[number]
        topics = self._counted_topics(question)
        return (
            self._load["question", number],
            self._load["level", question.level],
            sum(self._load["topic", topic] for topic in topics) / len(topics),
            self._ranks[number],
        )

    def _counted_topics(self, question: Question) -> Sequence[str]:
        """The topics that an item of this question is an item of, as far as they were asked for."""
        wanted = self.selection.topics or question.topics
        return [topic for topic in question.topics if topic in wanted] or [""]

    def _next(self) -> Candidate | None:
        """From the question most wanted, or, where nothing of that one fits any more, from the next."""
        wanted = [(self._preference(number), number) for number in self._open]
        heapify(wanted)
        while wanted:
            _, number = heappop(wanted)
            found = self._take(number)
            if found is not None:
                return found
            del self._open[number]
        return None

    def _take(self, number: int) -> Candidate | None:
        """The item of this question whose kind is rarest so far. Items that can no longer fit are dropped."""
        waiting = self._open[number]
        for candidate in sorted(waiting, key=lambda entry: self._load["kind", entry.item.kind]):
            waiting.remove(candidate)
            if self._fits(candidate):
                return candidate
        return None

    def _add(self, candidate: Candidate) -> None:
        self.chosen.append(candidate)
        question = candidate.question
        self._load["question", question.number] += 1
        self._load["level", question.level] += 1
        self._load["kind", candidate.item.kind] += 1
        for topic in self._counted_topics(question):
            self._load["topic", topic] += 1

    def _fits(self, candidate: Candidate) -> bool:
        traces = self._traces_of(candidate)
        return not any(answer_each_other(traces, self._traces_of(other)) for other in self.chosen)

    def _traces_of(self, candidate: Candidate) -> Traces:
        if candidate.item.id not in self._traces:
            self._traces[candidate.item.id] = Traces.of(candidate)
        return self._traces[candidate.item.id]


def _too_few(pool: Sequence[Candidate], selection: Selection, count: int) -> UserError:
    ask = f"Ask for --count {count}" if count else "Ask for something else"
    return UserError(
        f"the bank has {count} {'item' if count == 1 else 'items'}{selection.describe()}; "
        f"--count asks for {selection.count}.",
        f"{ask}{_wider(pool, selection)}.",
    )


def _wider(pool: Sequence[Candidate], selection: Selection) -> str:
    """How many items there would be without each of the filters that holds any back, in words."""
    wider = {
        "--level": replace(selection, levels=()),
        "--topic": replace(selection, topics=()),
        "--kind": replace(selection, kinds=()),
    }
    now = _count(pool, selection)
    counts = {option: _count(pool, wide) for option, wide in wider.items()}
    said = [f"{count} without {option}" for option, count in counts.items() if count > now]
    return f", or widen the choice: there are {', '.join(said)}" if said else ""


def _count(pool: Sequence[Candidate], selection: Selection) -> int:
    return sum(selection.admits(candidate.item, candidate.question) for candidate in pool)
