"""What one learner is told: each answer, what it earned, what is right and why, and what to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from quiz.exams.formats import html_text
from quiz.exams.marking.answers import read_answer
from quiz.exams.marking.judging import Mark, Point, State
from quiz.exams.marking.key import Key, KeyItem, KeyPaper, KeyPlace
from quiz.exams.marking.report import charts
from quiz.exams.marking.report.page import document, facts, percent, table
from quiz.exams.marking.results import Result
from quiz.exams.marking.summary import Group, groups
from quiz.exams.paper import in_points, option_letter
from quiz.items.item import Kind
from quiz.source.markdown import plain

WEAK = 0.6
"""Share of a topic's points below which it is named as one to read about."""
MOST_SOURCES = 2
"""Of a question: the first are those that say most."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One item of the sheet in words, in Markdown."""

    place: KeyPlace
    mark: Mark

    @property
    def said(self) -> str:
        """The learner's answer; letters with the words behind them."""
        kind = self.place.of.item.kind
        if self.mark.state is State.BLANK:
            return "No answer."
        options = {option_letter(index): option for index, option in enumerate(self.place.options)}
        letters = read_answer(self.place, self.mark.answer).letters
        chosen = [f"{letter}. {options[letter]}" if letter else "nothing" for letter in letters]
        if kind is Kind.MATCHING and chosen:
            pairs = zip(self.place.prompts, chosen, strict=True)
            return "\n".join(f"- {prompt}: {said}" for prompt, said in pairs)
        if chosen:
            return chosen[0] if kind is Kind.CHOICE else "\n".join(f"- {said}" for said in chosen)
        return _fenced(self.mark.answer) if kind is Kind.COMMAND else literal(self.mark.answer)

    @property
    def right(self) -> str:
        """What is right, unless the answer was."""
        item = self.place.of.item
        if self.mark.share >= 1 or item.kind is Kind.RECALL:
            return ""
        if item.kind is Kind.CHOICE:
            return f"{', '.join(self.place.letters)}. {' / '.join(item.answers)}"
        if item.kind is Kind.MATCHING:
            partners = dict(zip(item.prompts, item.answers, strict=True))
            lines = zip(self.place.prompts, self.place.letters, strict=True)
            return "\n".join(f"- {prompt}: **{letter}. {partners[prompt]}**" for prompt, letter in lines)
        if item.kind is Kind.ORDERING:
            lines = zip(self.place.letters, item.answers, strict=True)
            return "\n".join(f"- {letter}. {step}" for letter, step in lines)
        if item.kind is Kind.COMMAND:
            return _fenced(item.answers[0])
        return f"**{item.answers[0]}**"

    @property
    def why(self) -> str:
        """The explanation, of free text the model answer; nothing where all was right."""
        item = self.place.of.item
        if self.mark.share >= 1:
            return ""
        if item.kind is Kind.RECALL:
            return "\n\n".join(item.answers)
        said = plain(item.explanation)
        lists = item.kind in (Kind.ORDERING, Kind.MATCHING)
        repeats = lists and all(plain(answer) in said for answer in item.answers)
        return "" if repeats else item.explanation


def answered(result: Result, paper: KeyPaper) -> Iterator[Answered]:
    marks = {mark.number: mark for mark in result.marks}
    for place in paper.places:
        yield Answered(place, marks[place.number])


def topics_of(result: Result, key: Key) -> tuple[Group, ...]:
    """The topics of the paper, the weakest first."""
    return groups([result], key.items, lambda item: item.topics)


def to_read(entries: Iterable[Answered]) -> list[KeyItem]:
    """The questions whose items earned less than most of their points, each once, the worst first."""
    worst = sorted(
        (entry for entry in entries if entry.mark.share < WEAK), key=lambda entry: entry.mark.share
    )
    return list({entry.place.of.item.question: entry.place.of for entry in worst}.values())


def verdict(result: Result) -> str:
    """The result in one line."""
    said = f"{result.points:g} of {result.of:g} points, {percent(result.share)}"
    if result.passed is None or result.pass_mark is None:
        return said
    outcome = "passed" if result.passed else "not passed"
    return f"{said}: {outcome} (from {percent(result.pass_mark)})"


def heading_of(entry: Answered) -> str:
    return f"{entry.mark.points:g} of {in_points(entry.mark.of)}".replace("-", "−")


def feedback_page(result: Result, key: Key, paper: KeyPaper) -> str:
    """The sheet as one HTML file."""
    who = result.name or result.learner
    return document(f"{who}: {key.title}", _body(result, key, paper, who))


def _body(result: Result, key: Key, paper: KeyPaper, who: str) -> Iterator[str]:
    entries = list(answered(result, paper))
    yield f"<h1>{escape(key.title)}</h1>"
    yield facts((("Learner", who), ("Paper", result.paper), ("Result", verdict(result))))
    if result.doubts():
        yield '<p class="flag">Some answers are still being looked at; the result may change.</p>'
    yield "<h2>Topics</h2>"
    rows = (
        (
            escape(topic.name),
            f"{topic.items}",
            percent(topic.share),
            charts.bar(topic.share, percent(topic.share)),
        )
        for topic in topics_of(result, key)
    )
    yield table(("Topic", "Items", "Of the points", ""), rows, (1, 2))
    reading = to_read(entries)
    if reading:
        yield "<h2>What to read</h2>"
        yield f"<ul>{''.join(map(_reading, reading))}</ul>"
    yield "<h2>Your answers</h2>"
    for entry in entries:
        yield from _item(entry)


def _reading(of: KeyItem) -> str:
    links = ", ".join(f'<a href="{escape(url)}">{escape(url)}</a>' for url in of.sources[:MOST_SOURCES])
    below = f"<br>{links}" if links else ""
    return f"<li>Question {of.item.question}: {html_text.inline(of.prompt)}{below}</li>"


def _item(entry: Answered) -> Iterator[str]:
    state = entry.mark.state.value
    look = {"right": "right", "partly": "partly", "wrong": "wrong"}.get(state, "")
    yield '<section class="item">'
    yield f'<h3>{entry.place.number}. <span class="{look}">{heading_of(entry)}</span></h3>'
    yield html_text.block(entry.place.of.item.stem)
    yield f"<p><strong>You said:</strong></p>{html_text.block(entry.said)}"
    if entry.mark.covered:
        yield f"<ul>{''.join(map(_point, entry.mark.covered))}</ul>"
    for remark in entry.mark.remarks:
        yield f"<p>{html_text.inline(remark)}</p>"
    if entry.right:
        yield f"<p><strong>Right:</strong></p>{html_text.block(entry.right)}"
    if entry.why:
        name = "Model answer" if entry.place.of.item.kind is Kind.RECALL else "Why"
        yield f"<p><strong>{name}:</strong></p>{html_text.block(entry.why)}"
    yield "</section>"


def _point(point: Point) -> str:
    look = {"covered": "right", "partly": "partly"}.get(point.verdict, "wrong")
    said = f' <span class="faint">You said: {escape(point.evidence)}</span>' if point.evidence else ""
    verdict = f'<span class="{look}">{point.verdict.capitalize()}</span>'
    return f"<li>{verdict}: {html_text.inline(point.text)}{said}</li>"


def _fenced(text: str) -> str:
    """A block of code, whatever marks are in it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def literal(text: str) -> str:
    """What a learner typed, as Markdown that shows it as it is."""
    return "\n".join(
        re.sub(r"([\\`*_{}\[\]<>()#+\-.!|~&])", r"\\\1", line) + "  " for line in text.splitlines()
    )
