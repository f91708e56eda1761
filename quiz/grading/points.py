"""How much of one key point an answer says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.grading.contradiction import Stance
from quiz.grading.grade import PointGrade, Verdict
from quiz.grading.prepared import Prepared, PreparedPoint
from quiz.grading.reading import Matched, Reading
from quiz.grading.terms import Stems

NOTHING = 0.25
"""Share of a point's weight up to which nothing of it is said: words that any answer uses."""
ALL = 0.62
"""Share of a point's weight from which all of it is said."""
TOGETHER = 0.50
"""How much the best sentence counts against all sentences together: scattered words say less."""
COVERED = 0.50
PARTLY = 0.20
_UNNAMED = 0.45
"""What a point counts at most where none of its terms is named."""
_CONTRADICTED_PART = 1 / 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a point is said: its share 0 to 1, and the stems of the rubric that count for it."""

    share: float
    matched: Matched


def coverage(prepared: Prepared, reading: Reading) -> list[Coverage]:
    """How much of each point is said; clauses about a rival of the point's subject say nothing of it."""
    spoken = {clause.subject for said in reading.sentences for clause in said.clauses if clause.subject}
    found: dict[int, Coverage] = {}
    read_by: dict[frozenset[Stems], tuple[Matched, list[float]]] = {}
    for place, point in enumerate(prepared.points):
        foreign = frozenset(subject for subject in spoken if prepared.subjects.rival(subject, point.subject))
        if foreign not in read_by:
            read_by[foreign] = _shares(prepared, reading.without(foreign))
        matched, shares = read_by[foreign]
        found[place] = Coverage(min(1.0, max(0.0, (shares[place] - NOTHING) / (ALL - NOTHING))), matched)
    return [found[place] for place in range(len(prepared.points))]


def _shares(prepared: Prepared, sentences: Sequence[Matched]) -> tuple[Matched, list[float]]:
    """All that the sentences match, and the share of each point's weight, the best sentence weighed in."""
    index = prepared.point_index
    everything: Matched = {}
    best = [0.0] * len(prepared.points)
    for sentence in sentences:
        everything.update(sentence)
        said = [0.0] * len(best)
        for root, quality in sentence.items():
            for place, weight in index.get(root, ()):
                said[place] += weight * quality
        best = list(map(max, best, said))
    whole = [0.0] * len(best)
    for root, quality in everything.items():
        for place, weight in index.get(root, ()):
            whole[place] += weight * quality
    return everything, [
        (1 - TOGETHER) * of_all + TOGETHER * of_one for of_all, of_one in zip(whole, best, strict=True)
    ]


def grade_point(
    target: PreparedPoint, covered: Coverage, stances: Sequence[Stance], bodies: Sequence[float]
) -> PointGrade:
    """The verdict on one point; `stances` are those on each of its statements, `bodies` their weights."""
    if not target.stems:
        return PointGrade(target.point, Verdict.MISSED, 0.0)
    share = covered.share
    evidence = tuple(dict.fromkeys(stance.evidence for stance in stances if stance.evidence))
    offences = [stance for stance in stances if stance.contradicts]
    against = sum(body for body, stance in zip(bodies, stances, strict=True) if stance.contradicts)
    if offences and against >= _CONTRADICTED_PART * sum(bodies):
        offence = max(offences, key=lambda stance: stance.attack)
        return PointGrade(target.point, Verdict.CONTRADICTED, share, (offence.offence,), offence.reason)
    if target.terms and not any(named(forms, covered.matched) for forms in target.terms):
        share = min(share, _UNNAMED)
        if share >= PARTLY:
            missing = ", ".join(target.point.terms)
            return PointGrade(target.point, Verdict.PARTLY, share, evidence, f"not named: {missing}")
    if share >= COVERED:
        return PointGrade(target.point, Verdict.COVERED, share, evidence)
    if share >= PARTLY:
        return PointGrade(target.point, Verdict.PARTLY, share, evidence)
    return PointGrade(target.point, Verdict.MISSED, share)


def named(forms: Sequence[Stems], matched: Mapping[str, float]) -> bool:
    """Whether the answer uses all words of one of the forms of a term."""
    return any(all(root in matched for root in form) for form in forms)
