"""Grades answers: the parts of the grade put together.

With key points, kp is the weight of the points said (80 % of it is full marks) and t the share of the stems
of all points that the answer has, which counts in full from half of the points on (an answer to another
question uses the same words and makes no point):

    s = 0.60 kp^0.8 + 0.40 sqrt(t) min(1, kp / 0.5)
    s = max(s, 0.90 * the share of the reference text that is said)
    s = s * (1 - 0.85 * C / (C + G)),  C the weight of what is contradicted or mistaken, G of what is said

and then the guards. Without key points s is the whole-reference score. All of s but the guards grows with
what is said, so that one right sentence more never costs anything.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.grading import guards
from quiz.grading.contradiction import Judged, judged, stance, turned_round
from quiz.grading.grade import Grade, PointGrade, Rubric, Verdict
from quiz.grading.mistakes import made
from quiz.grading.points import coverage, grade_point
from quiz.grading.prepared import Prepared
from quiz.grading.rating import rating_of
from quiz.grading.reading import Reading, read
from quiz.grading.text import bounded
from quiz.grading.vocabulary import Vocabulary
from quiz.source.question import CommonMistake

KEY_POINTS, STEMS = 0.60, 0.40
KEY_POINT_EXPONENT = 0.8
STEMS_COUNT_FROM = 0.5
FULL_MARKS = 0.80
REFERENCE_CEILING = 0.90
REFERENCE_NOTHING, REFERENCE_ALL = 0.25, 0.85
CONTRADICTION_COST = 0.85
REFERENCE_CONTRADICTION_COST = 0.30
"""The same where there is only a reference, of which less can be told, unless the answer repeats it."""
CONTRADICTION_EXPONENT = 0.8
LEAST_CONTRADICTION = 0.30
"""What a contradicted point weighs at least, however little of it is said."""


class Grader:
    """Grades answers by the words of one bank. The last rubrics are remembered as they were prepared."""

    def __init__(self, vocabulary: Vocabulary, remembered: int = 512) -> None:
        self._vocabulary = vocabulary
        self._remembered = remembered
        self._prepared: OrderedDict[Rubric, Prepared] = OrderedDict()

    def prepare(self, rubric: Rubric) -> Prepared:
        """The rubric ready for grading."""
        prepared = self._prepared.get(rubric)
        if prepared is None:
            prepared = self._prepared[rubric] = Prepared(rubric, self._vocabulary)
            if len(self._prepared) > self._remembered:
                self._prepared.popitem(last=False)
        else:
            self._prepared.move_to_end(rubric)
        return prepared

    def grade(self, rubric: Rubric, answer: str) -> Grade:
        """Grade one answer. Never fails: an empty or absurd answer gets a low score and a reason."""
        return grade(self.prepare(rubric), answer)


def grade(prepared: Prepared, answer: str) -> Grade:
    """Grade an answer against a prepared rubric."""
    text, cut = bounded(answer)
    if guards.no_answer(text):
        nothing = tuple(PointGrade(point.point, Verdict.MISSED, 0.0) for point in prepared.points)
        return Grade(0.0, rating_of(0.0), nothing, remarks=("There is no answer yet.",))
    reading = read(text, prepared.vocabulary, prepared.matcher, prepared.subjects)
    found = _find(prepared, reading)
    score, remarks = _guarded(prepared, reading, found.score)
    if found.turned:
        remarks.append(f"You seem to say the opposite of this: {found.turned}.")
    if cut:
        remarks.append("Only the first 400 words were graded.")
    wrong = bool(found.mistakes or found.turned) or any(
        point.verdict is Verdict.CONTRADICTED for point in found.points
    )
    certain = wrong or not guards.cannot_tell(prepared, reading, score)
    if not certain:
        measure = "key points" if found.points else "reference answer"
        remarks.append(f"This is said in other words than I know: judge it yourself by the {measure}.")
    score = round(min(1.0, max(0.0, score)), 4)
    return Grade(score, rating_of(score, wrong=wrong), found.points, found.mistakes, certain, tuple(remarks))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in an answer, before the guards."""

    score: float
    points: tuple[PointGrade, ...]
    mistakes: tuple[CommonMistake, ...]
    turned: str
    """A sentence of the reference that the answer turns round, where no point or mistake says so already."""


def _find(prepared: Prepared, reading: Reading) -> Found:
    said = judged(prepared, reading.units)
    entries = prepared.statements.entries
    points = tuple(
        grade_point(
            target,
            covered,
            [stance(prepared, place, said) for place in target.targets],
            [entries[place].body for place in target.targets],
        )
        for target, covered in zip(prepared.points, coverage(prepared, reading), strict=True)
    )
    mistakes = made(prepared, said)
    if points:
        score = max(
            _by_points(prepared, points, reading), REFERENCE_CEILING * _by_reference(prepared, reading)
        )
    else:
        score = prepared.reference.score(reading.spelt, reading.matched)
    cost, turned = _cost(prepared, points, said, len(mistakes))
    made_mistakes = tuple(prepared.rubric.mistakes[index] for index in mistakes)
    return Found(score * (1 - cost), points, made_mistakes, turned)


def _guarded(prepared: Prepared, reading: Reading, score: float) -> tuple[float, list[str]]:
    remarks = []
    limit = guards.echo_limit(prepared, reading)
    if score > limit or limit == guards.ECHO:
        score = min(score, limit)
        remarks.append("This says little more than the question itself.")
    most = guards.list_limit(prepared)
    if score > most:
        prose = guards.prose(prepared, reading)
        if 2 * sum(said.words for said in prose) < len(reading.spelt):
            # What the sentences say by themselves is never lost to a list beside them.
            score = max(most, _find(prepared, reading.only(prose)).score)
            remarks.append("This is a list of words: say how they hang together.")
    factor = guards.dump_factor(reading)
    if factor < 1:
        score *= factor
        remarks.append("Much of this has nothing to do with the question.")
    return score, remarks


def _by_points(prepared: Prepared, points: Sequence[PointGrade], reading: Reading) -> float:
    total = sum(point.point.weight for point in points)
    said = sum(
        point.point.weight * point.share for point in points if point.verdict is not Verdict.CONTRADICTED
    )
    stems = prepared.point_stems
    hits = sum(stems[root] * reading.matched[root] for root in stems if root in reading.matched)
    kp = min(1.0, said / total / FULL_MARKS) if total else 0.0
    words = math.sqrt(hits / prepared.point_total) * min(1.0, kp / STEMS_COUNT_FROM)
    return KEY_POINTS * math.pow(kp, KEY_POINT_EXPONENT) + STEMS * words


def _by_reference(prepared: Prepared, reading: Reading) -> float:
    stems = prepared.reference_stems
    if not stems:
        return 0.0
    said = sum(stems[root] * reading.matched[root] for root in stems if root in reading.matched)
    share = said / sum(stems.values())
    return min(1.0, max(0.0, (share - REFERENCE_NOTHING) / (REFERENCE_ALL - REFERENCE_NOTHING)))


def _cost(
    prepared: Prepared, points: Sequence[PointGrade], units: Sequence[Judged], mistakes: int
) -> tuple[float, str]:
    """The share of the score that contradictions and mistakes cost, and what is turned round.

    Counted by points and by sentences of the reference, whichever is more. What is turned round is empty
    where a point or a mistake says it already.
    """
    against = said = 0.0
    for point in points:
        if point.verdict is Verdict.CONTRADICTED:
            against += point.point.weight * max(point.share, LEAST_CONTRADICTION)
        else:
            said += point.point.weight * point.share
    repeated, all_of_them, turned = _sentence_ratios(prepared, units)
    if not points:
        return max(CONTRADICTION_COST * repeated, REFERENCE_CONTRADICTION_COST * all_of_them), turned
    named = against > 0 or mistakes > 0
    most = max(_ratio(against + mistakes, said), repeated, all_of_them)
    return CONTRADICTION_COST * most, "" if named else turned


def _sentence_ratios(prepared: Prepared, units: Sequence[Judged]) -> tuple[float, float, str]:
    """The share of the reference's sentences that the answer turns round, and the first of them.

    First those that it repeats but for a denial, then all that it contradicts.
    """
    repeated = against = said = 0.0
    turned = ""
    entries = prepared.statements.entries
    for whole, parts in prepared.reference_targets:
        if any(turned_round(prepared, place, units) for place in whole):
            repeated += sum(math.sqrt(entries[place].body) for place in whole)
            turned = turned or entries[whole[0]].unit.text
            continue
        for place in parts:
            weight = math.sqrt(entries[place].body)
            taken = stance(prepared, place, units)
            if taken.contradicts:
                against += weight * taken.attack
                turned = turned or entries[place].unit.text
            else:
                said += weight * taken.support
    # Who repeats a sentence but for a denial means it: half of them leave little.
    return math.sqrt(_share(repeated, against + said)), _ratio(repeated + against, said), turned


def _ratio(against: float, said: float) -> float:
    return math.pow(_share(against, said), CONTRADICTION_EXPONENT)


def _share(part: float, rest: float) -> float:
    return part / (part + rest) if part else 0.0
