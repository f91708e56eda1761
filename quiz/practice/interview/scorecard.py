"""What an interview came to: by topic, what was strong, what was missing, what to read and repair. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quiz.grading.grade import Grade, Verdict
from quiz.source.question import Question

STRONG: Final = 0.7
WEAK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what was said. `grade` is None where the learner passed."""

    question: Question
    asked: str
    answer: str
    grade: Grade | None
    seconds: float
    follow_up: bool = False

    @property
    def score(self) -> float | None:
        """0 for a pass; None where the grader cannot tell."""
        if self.grade is None:
            return 0.0
        return self.grade.score if self.grade.certain else None

    def points(self, *verdicts: Verdict) -> list[str]:
        """The key points that were judged so; where the learner passed, all of them are missed."""
        if self.grade is None:
            return [point.text for point in self.question.key_points] if Verdict.MISSED in verdicts else []
        return [point.point.text for point in self.grade.points if point.verdict in verdicts]


@dataclass(frozen=True, slots=True)
class TopicScore:
    title: str
    score: float
    questions: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A question to read again, worst first."""

    number: int
    prompt: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`score` is the mean over what could be graded; None where nothing could."""

    score: float | None
    level: str
    exchanges: tuple[Exchange, ...]
    topics: tuple[TopicScore, ...]
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    reading: tuple[Reading, ...]
    labs: tuple[str, ...]
    seconds: float


def scorecard(exchanges: Sequence[Exchange], topics: Mapping[str, str], level: str) -> Scorecard:
    """`topics` gives the titles of topics; `level` is the title of the one that the interview reached."""
    by_topic: defaultdict[str, list[float]] = defaultdict(list)
    for exchange in exchanges:
        if exchange.score is not None:
            for topic in exchange.question.topics:
                by_topic[topic].append(exchange.score)
    rated = sorted(
        (
            TopicScore(topics.get(topic, topic), _mean(scores), len(scores))
            for topic, scores in by_topic.items()
        ),
        key=lambda one: (-one.score, one.title),
    )
    scores = [exchange.score for exchange in exchanges if exchange.score is not None]
    poor = sorted(
        (one for one in exchanges if one.score is None or one.score < STRONG),
        key=lambda one: (one.score is None, one.score or 0.0, one.question.number),
    )
    return Scorecard(
        score=_mean(scores) if scores else None,
        level=level,
        exchanges=tuple(exchanges),
        topics=tuple(rated),
        strengths=tuple(topic.title for topic in rated if topic.score >= STRONG),
        gaps=tuple(topic.title for topic in reversed(rated) if topic.score < WEAK),
        reading=tuple(Reading(one.question.number, one.question.prompt, one.score) for one in poor),
        labs=tuple(dict.fromkeys(one.question.lab for one in poor if one.question.lab)),
        seconds=sum(one.seconds for one in exchanges),
    )


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)
