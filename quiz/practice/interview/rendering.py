"""A scorecard as Markdown, which the terminal and the HTML page show as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from quiz.grading.grade import Verdict
from quiz.practice.durations import spoken
from quiz.practice.interview.scorecard import Exchange, Scorecard


def markdown(card: Scorecard, title: str) -> str:
    """The whole scorecard."""
    return "\n".join((*_summary(card, title), *_advice(card), *_answers(card)))


def _summary(card: Scorecard, title: str) -> Iterator[str]:
    yield f"# {title}: scorecard"
    yield ""
    count = len(card.exchanges)
    asked = f"{count} question" if count == 1 else f"{count} questions"
    overall = "not graded" if card.score is None else f"{card.score:.0%}"
    yield f"**Overall: {overall}**, over {asked} in {spoken(timedelta(seconds=card.seconds))}."
    yield f"The questions went up to the level {card.level}."
    yield ""
    if card.topics:
        yield "## By topic"
        yield ""
        yield "| Topic | Score | Questions |"
        yield "|---|---:|---:|"
        for topic in card.topics:
            yield f"| {topic.title} | {topic.score:.0%} | {topic.questions} |"
        yield ""


def _advice(card: Scorecard) -> Iterator[str]:
    yield f"**Strengths:** {', '.join(card.strengths) or 'none stood out this time'}."
    yield ""
    yield f"**Gaps:** {', '.join(card.gaps) or 'none stood out'}."
    yield ""
    if card.reading:
        yield "## Read next"
        yield ""
        for reading in card.reading:
            mark = "judge it yourself" if reading.score is None else f"{reading.score:.0%}"
            yield f"- `ecsquiz show {reading.number}`: {reading.prompt} ({mark})"
        yield ""
    if card.labs:
        yield "## Repair"
        yield ""
        yield from (f"- `ecsquiz lab start {lab}`" for lab in card.labs)
        yield ""


def _answers(card: Scorecard) -> Iterator[str]:
    yield "## Your answers"
    yield ""
    for number, exchange in enumerate(card.exchanges, 1):
        yield from _answer(number, exchange)


def _answer(number: int, exchange: Exchange) -> Iterator[str]:
    yield f"### {number}. {exchange.asked}"
    yield ""
    grade = exchange.grade
    if grade is None:
        yield "You passed."
    elif not grade.certain:
        yield "This was said in other words than the grader knows: judge it yourself by the key points."
    else:
        covered, count = len(exchange.points(Verdict.COVERED)), len(grade.points)
        yield f"{grade.score:.0%}" + (f": {covered} of {count} key points." if count else ".")
    yield ""
    missed = exchange.points(Verdict.MISSED, Verdict.CONTRADICTED)
    partly = exchange.points(Verdict.PARTLY)
    heading = "Key points" if grade and not grade.certain else "Missed"
    for title, texts in ((heading, missed), ("Only partly", partly)):
        if texts:
            yield f"{title}:"
            yield ""
            yield from (f"- {point}" for point in texts)
            yield ""
    for mistake in grade.mistakes if grade else ():
        yield f"You said: {mistake.wrong} In fact: {mistake.right}"
        yield ""
