"""How long grading takes: one free answer of 50 words against 10 key points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from quiz.bank.locate import open_bank
from quiz.grading.grade import Rubric
from quiz.grading.grader import Grader
from quiz.grading.vocabulary import Vocabulary
from tests.benchmarks.measure import Measurement, alternate

WORDS = 50
POINTS = 10
MANY = 200


def measure(rounds: int = 9) -> Iterator[Measurement]:
    with open_bank() as bank:
        questions = bank.questions()
        grader = Grader(Vocabulary.of_questions(questions, bank.spec.glossary))
    points = [point for question in questions for point in question.key_points]
    first = questions[0]
    rubric = Rubric(first.prompt, first.reference, tuple(points[:POINTS]), first.mistakes)
    # Fifty words cut from the short answers, each at another place: no answer is graded twice in a round.
    answers = [
        " ".join(islice(cycle(questions[at % len(questions)].short_answer.split()), at, at + WORDS))
        for at in range(MANY)
    ]
    grader.grade(rubric, answers[0])
    (taken,) = alternate(rounds, lambda: [grader.grade(rubric, answer) for answer in answers])
    name = f"grading {WORDS} words against {POINTS} key points"
    yield Measurement(name, taken / len(answers), limit=500e-6)
