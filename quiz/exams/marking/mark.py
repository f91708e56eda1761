"""From sittings as they were read to results; what cannot be told for certain is named and not marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from quiz.exams.marking.answers import read_answer
from quiz.exams.marking.judging import CERTAIN, Examiner, Mark, State, judge
from quiz.exams.marking.key import Key, KeyPaper
from quiz.exams.marking.results import Result, Results
from quiz.exams.marking.review import Decision, Decisions
from quiz.exams.marking.roster import Learner, Roster
from quiz.exams.marking.sittings import Problem, Reading, Sitting


def mark(
    reading: Reading,
    key: Key,
    examiner: Examiner,
    *,
    names: Mapping[str, str] | None = None,
    decisions: Decisions | None = None,
    roster: Roster | None = None,
) -> Results:
    """The results of all sittings that can be marked, in the order in which they were read.

    `names` gives the pseudonym of each learner, by id; without it ids and names are as they were handed in.
    `decisions` are the trainer's, of a review. With a `roster` only those in it are marked.
    """
    problems = list(reading.problems)
    results = []
    decided = decisions or Decisions()
    present = set()
    for sitting, paper in _sound(reading.sittings, key, roster, problems):
        present.add(sitting.learner)
        shown = names[sitting.learner] if names is not None else sitting.learner
        marks = tuple(_marks(sitting, paper, examiner, decided, shown, problems))
        listed = roster.find(sitting.learner) if roster else None
        name = (sitting.name or (listed.name if listed else "")) if names is None else ""
        results.append(Result(shown, name, paper.id, marks, paper.points, key.pass_mark))
    problems += decided.unused()
    problems.sort(key=lambda problem: (str(problem.place.path), problem.place.line or 0))
    absent = roster.without(present) if roster else []
    if names is not None:
        absent = [Learner(names[learner.id], "") for learner in absent]
    return Results(key, tuple(results), tuple(problems), tuple(absent))


def _sound(
    sittings: Sequence[Sitting], key: Key, roster: Roster | None, problems: list[Problem]
) -> Iterator[tuple[Sitting, KeyPaper]]:
    """The sittings of this exam, one a learner."""
    by_learner: dict[str, list[Sitting]] = {}
    papers = {}
    for sitting in sittings:
        paper = key.paper(sitting.paper) if sitting.exam.upper() in ("", key.exam) else None
        fault = _fault(sitting, key, paper, roster)
        if fault or paper is None:
            problems.append(Problem(sitting.place, fault))
            continue
        by_learner.setdefault(sitting.learner.casefold(), []).append(sitting)
        papers[id(sitting)] = paper
    for of_one in by_learner.values():
        first, *others = of_one
        same = all(_same(first, other) for other in others)
        if same:
            yield first, papers[id(first)]
        for sitting in others if same else of_one:
            elsewhere = ", ".join(str(other.place) for other in of_one if other is not sitting)
            fate = "it was marked once" if same else "neither was marked; keep one"
            said = "the same answers stand also at" if same else "this learner has other answers at"
            problems.append(Problem(sitting.place, f"{said} {elsewhere}: {fate}."))


def _fault(sitting: Sitting, key: Key, paper: KeyPaper | None, roster: Roster | None) -> str:
    if not sitting.learner:
        return "there is no learner id, so nobody can be given this mark."
    if roster and not roster.find(sitting.learner):
        return "nobody in the list of learners has this learner id."
    if not sitting.paper:
        return f"it does not say which paper it answers; the papers are {_papers(key)}."
    if paper is None:
        other = sitting.exam or sitting.paper.upper().rpartition("-")[0]
        if other and other.upper() != key.exam:
            return f"this answers a paper of exam {other.upper()}, and the key is that of {key.exam}."
        return f"there is no such paper; the papers are {_papers(key)}."
    return ""


def _papers(key: Key) -> str:
    ids = [paper.id for paper in key.papers.values()]
    return ", ".join(ids) if len(ids) <= 4 else f"{ids[0]} to {ids[-1]}"


def _same(one: Sitting, other: Sitting) -> bool:
    return (one.paper.upper(), one.answers) == (other.paper.upper(), other.answers)


def _marks(
    sitting: Sitting,
    paper: KeyPaper,
    examiner: Examiner,
    decisions: Decisions,
    learner: str,
    problems: list[Problem],
) -> Iterator[Mark]:
    for place in paper.places:
        given = read_answer(place, sitting.answers.get(place.number, ""))
        found = judge(place, given, examiner)
        decision = decisions.take(learner, paper.id, found, 0.0 - place.wrong)
        if decision is not None:
            yield settled(found, decision)
            continue
        if given.fault:
            problems.append(Problem(sitting.place, given.fault, place.number))
        yield found
    problems += [
        Problem(sitting.place, f"paper {paper.id} has no such item.", number)
        for number in _surplus(sitting.answers, paper)
    ]


def _surplus(answers: Iterable[int], paper: KeyPaper) -> list[int]:
    known = {place.number for place in paper.places}
    return sorted(number for number in answers if number not in known)


def settled(mark: Mark, decision: Decision) -> Mark:
    """The mark as the trainer wants it."""
    remarks = (*mark.remarks, *((decision.note,) if decision.note else ()))
    share = min(1.0, max(0.0, decision.points / mark.of)) if mark.of else 0.0
    return replace(
        mark,
        state=State.SETTLED,
        points=decision.points,
        share=share,
        confidence=CERTAIN,
        remarks=remarks,
    )
