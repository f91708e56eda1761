"""How much of one key point an answer says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.grading.contradiction import Stance
from quiz.grading.grade import PointGrade, Verdict
from quiz.grading.prepared import Prepared, PreparedPoint
from quiz.grading.reading import Matched
from quiz.grading.vocabulary import Stems

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


def grade_point(
    prepared: Prepared, target: PreparedPoint, sentences: Sequence[Matched], stances: Sequence[Stance]
) -> PointGrade:
    """The verdict on one point, from what each sentence matches and the answer's stance on each statement of it."""
    if not target.stems:
        return PointGrade(target.point, Verdict.MISSED, 0.0)
    weights = prepared.weights
    matched = everything(sentences)
    whole = sum(weights[root] * matched[root] for root in target.stems if root in matched)
    best = (
        max(
            sum(weights[root] * sentence[root] for root in target.stems if root in sentence)
            for sentence in sentences
        )
        if sentences
        else 0.0
    )
    said = (1 - TOGETHER) * whole + TOGETHER * best
    share = min(1.0, max(0.0, (said / target.total - NOTHING) / (ALL - NOTHING)))
    evidence = tuple(
        dict.fromkeys(stance.evidence for stance in stances if stance.evidence and stance.support)
    )
    offences = [stance for stance in stances if stance.contradicts]
    entries = prepared.statements.entries
    bodies = {place: entries[place].body for place in target.targets}
    against = sum(
        bodies[place] for place, stance in zip(target.targets, stances, strict=True) if stance.contradicts
    )
    if offences and against >= _CONTRADICTED_PART * sum(bodies.values()):
        offence = max(offences, key=lambda stance: stance.attack)
        return PointGrade(target.point, Verdict.CONTRADICTED, share, (offence.offence,), offence.reason)
    if target.terms and not any(named(forms, matched) for forms in target.terms):
        share = min(share, _UNNAMED)
        if share >= PARTLY:
            missing = ", ".join(target.point.terms)
            return PointGrade(target.point, Verdict.PARTLY, share, evidence, f"not named: {missing}")
    if share >= COVERED:
        return PointGrade(target.point, Verdict.COVERED, share, evidence)
    if share >= PARTLY:
        return PointGrade(target.point, Verdict.PARTLY, share, evidence)
    return PointGrade(target.point, Verdict.MISSED, share)


def everything(sentences: Sequence[Matched]) -> Matched:
    """What all sentences together match."""
    matched: Matched = {}
    for sentence in sentences:
        matched.update(sentence)
    return matched


def named(forms: Sequence[Stems], matched: Mapping[str, float]) -> bool:
    """Whether the answer uses all words of one of the forms of a term."""
    return any(all(root in matched for root in form) for form in forms)
