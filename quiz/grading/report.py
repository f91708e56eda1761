"""How well the whole-reference score agrees with people, on public data given by path.

Two measures with 95 % bootstrap intervals, resampled by question, since answers to one question are alike:
Pearson's r of the score with the human mark, and macro-F1 of pass and fail at the fixed pass mark.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from quiz.errors import UserError
from quiz.grading.grade import Rubric
from quiz.grading.grader import Grader
from quiz.grading.rating import PASS
from quiz.grading.vocabulary import Vocabulary

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer: its question, the score it gets here, and the mark that a person gave."""

    question: str
    score: float
    mark: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one data set, with the ends of its 95 % interval."""

    name: str
    answers: int
    questions: int
    value: float
    low: float
    high: float


def mohler(path: Path, random: Random) -> Figure:
    """Pearson's r on a CSV file with columns prompt, reference, answer, score (marks of 0 to 5)."""
    return _figure("Pearson r", _judged(path, "score", float), pearson, random)


def scientsbank(path: Path, random: Random) -> Figure:
    """Macro-F1 on a CSV file with columns prompt, reference, answer, label (`correct` or another)."""
    marks = _judged(path, "label", lambda label: float(label == "correct"))
    return _figure("pass/fail macro-F1", marks, macro_f1, random)


def pearson(answers: Sequence[Judgement]) -> float:
    """Pearson's correlation of score and mark; 0 where either does not vary."""
    count = len(answers)
    score = sum(answer.score for answer in answers) / count
    mark = sum(answer.mark for answer in answers) / count
    both = sum((answer.score - score) * (answer.mark - mark) for answer in answers)
    spread = sum((answer.score - score) ** 2 for answer in answers)
    spread *= sum((answer.mark - mark) ** 2 for answer in answers)
    return both / math.sqrt(spread) if spread else 0.0


def macro_f1(answers: Sequence[Judgement]) -> float:
    """The mean of the F1 of passing (score from `PASS`, mark above one half) and of failing."""
    passed = [(answer.score >= PASS, answer.mark > 0.5) for answer in answers]
    wrong = sum(said != meant for said, meant in passed)
    right = [passed.count((verdict, verdict)) for verdict in (True, False)]
    return sum(2 * hits / (2 * hits + wrong) if hits else 0.0 for hits in right) / 2


def _judged(path: Path, column: str, mark: Callable[[str], float]) -> list[Judgement]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"this cannot be read: {error}.", "", path) from error
    if not rows or not {"prompt", "reference", "answer", column} <= rows[0].keys():
        raise UserError(f"this needs the columns prompt, reference, answer and {column}.", "", path)
    grader = Grader(Vocabulary.build(sorted({row["reference"] for row in rows})))
    found = []
    for line, row in enumerate(rows, start=2):
        try:
            score = grader.grade(Rubric(row["prompt"], row["reference"]), row["answer"]).score
            found.append(Judgement(row["prompt"], score, mark(row[column])))
        except ValueError as error:
            raise UserError(f"row {line - 1}: `{row[column]}` is no mark.", "", path) from error
    return found


def _figure(
    name: str, answers: list[Judgement], measure: Callable[[Sequence[Judgement]], float], random: Random
) -> Figure:
    by_question: dict[str, list[Judgement]] = {}
    for answer in answers:
        by_question.setdefault(answer.question, []).append(answer)
    questions = list(by_question.values())
    drawn = sorted(
        measure([answer for question in random.choices(questions, k=len(questions)) for answer in question])
        for _ in range(RESAMPLES)
    )
    low, high = drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES) - 1]
    return Figure(name, len(answers), len(questions), measure(answers), low, high)
