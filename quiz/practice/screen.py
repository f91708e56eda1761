"""What a practice session looks like: plain lines that wrap well, with no boxes to read around."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from quiz.grading.grade import Grade, PointGrade, Rating, Verdict
from quiz.items.item import Item
from quiz.practice.durations import moment, short, spoken
from quiz.practice.kinds.face import Listing
from quiz.practice.outcome import Outcome
from quiz.practice.queue import Turn
from quiz.practice.session import Tally

if TYPE_CHECKING:
    from rich.console import RenderableType

READABLE = 92
"""Lines are no longer than this, however wide the terminal is."""

_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|(?P<code>`[^`]+`)|\[(?P<link>[^\]]+)\]\([^)\s]+\)", re.DOTALL)
# Fences, tables, lists, quotes and headings need more than the paragraphs that are written here.
_BLOCKS = re.compile(r"^\s*(```|~~~|\||>|#+ |[-*+] |\d+\. )", re.MULTILINE)
# What was missed comes first: that is what there is to learn.
_VERDICTS = (
    (Verdict.MISSED, "Missed", "red"),
    (Verdict.CONTRADICTED, "Said the other way round", "red"),
    (Verdict.PARTLY, "Partly said", "yellow"),
    (Verdict.COVERED, "Covered", "green"),
)
_COLOURS = {Rating.AGAIN: "red", Rating.HARD: "yellow", Rating.GOOD: "green", Rating.EASY: "cyan"}


class Screen:
    """Writes a session to a console. Knows how things look, and nothing of what happens next."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @property
    def _width(self) -> int:
        return min(self._console.width, READABLE)

    def note(self, text: str, style: str = "") -> None:
        self._print(Text(text, style))

    def blank(self) -> None:
        self._print(Text())

    def welcome(self, title: str, due: int, new: int) -> None:
        counts = f"{due} due, {new} new" if due else f"{new} new"
        self._print(Text.assemble((title, "bold"), f": {counts}."))

    def turn(self, turn: Turn, place: str, number: int, total: int) -> None:
        """The line above a question, and its stem."""
        standing = "due" if turn.schedule else "new"
        self.blank()
        self._print(
            Text.assemble(
                (f"{number} of {max(number, total)}", "bold cyan"),
                (f" · {standing} · question {turn.item.question} · {place}", "dim"),
            )
        )
        self.blank()
        self._prose(turn.item.stem, "bold")

    def asked(self, number: int, prompt: str, *, follow_up: bool = False) -> None:
        """A question of an interview."""
        self.blank()
        self._print(Text(f"Question {number}{', staying with that' if follow_up else ''}", "bold cyan"))
        self.blank()
        self._prose(prompt, "bold")

    def listing(self, listing: Listing) -> None:
        """Lines with their marks, such as the options of a choice."""
        self.blank()
        self._marked(listing)

    def keys(self, keys: Mapping[str, str], invitation: str = "") -> None:
        self.blank()
        if invitation:
            self._print(Text(invitation))
        self._keys(keys)

    def quote(self, text: str) -> None:
        """What the learner wrote elsewhere."""
        for line in text.splitlines():
            self._print(Text(f"> {line}", "dim"))

    def verdict(self, outcome: Outcome) -> None:
        """How far an answer was right, and what was wrong with it or forgiven."""
        if outcome.answer:
            self.blank()
            if outcome.score >= 1:
                self.note("Right.", "bold green")
            elif outcome.score > 0:
                self.note(f"Partly right: {round(outcome.score * 100)}%.", "bold yellow")
            else:
                self.note("Not this time.", "bold red")
            for remark in outcome.remarks:
                self._wrapped(self._inline(remark))

    def solution(self, title: str, solution: Listing) -> None:
        """What is right, below its title."""
        self._heading(title, "cyan")
        self._marked(solution)

    def explanation(self, item: Item) -> None:
        """Why it is right, and where there is more."""
        if item.explanation:
            self.blank()
            self._prose(item.explanation)
        self.blank()
        self.note(f"All of it: ecsquiz show {item.question}", "dim")

    def grade(self, grade: Grade) -> None:
        """How an answer was graded: what it missed, what it covered, which mistake it made."""
        self.blank()
        if not grade.certain:
            self.note("I cannot tell: this is said in other words than I know.", "bold yellow")
            self.note(f"Judge it yourself by the {'key points' if grade.points else 'model answer'}:")
            self._points([point.point.text for point in grade.points])
            return
        self._print(_verdict(grade))
        for verdict, title, colour in _VERDICTS:
            points = [point for point in grade.points if point.verdict is verdict]
            if points:
                self._heading(title, colour)
                self._points([_explained(point) for point in points])
        for mistake in grade.mistakes:
            self._heading("A common mistake", "red")
            self._listed(mistake.wrong, "You said:")
            self._listed(mistake.right, "In fact:")
        for remark in grade.remarks:
            self.blank()
            self.note(remark, "yellow")

    def key_points(self, points: Sequence[str]) -> None:
        """What a good answer says, for a learner who gave none."""
        if points:
            self._heading("Key points", "yellow")
            self._points(points)

    def rating(self, suggested: Rating | None, waits: Mapping[Rating, timedelta]) -> None:
        """The rating that will be used, and when each one brings the item back."""
        self.blank()
        if suggested is None:
            self.note("How well did you know it?", "bold")
        else:
            label = Text.assemble("Rated ", (suggested.label, f"bold {_COLOURS[suggested]}"))
            self._print(label.append(f": back in {spoken(waits[suggested])}. Enter accepts; or type:"))
        keys = {str(rating.value): f"{rating.label} {short(wait)}" for rating, wait in waits.items()}
        self._keys(keys | {"u": "answer again"})

    def summary(
        self,
        tally: Tally,
        skipped: int,
        spans: Sequence[tuple[str, int]],
        next_due: datetime | None,
        now: datetime,
        zone: tzinfo,
    ) -> None:
        """What the session came to, and what comes due when."""
        self.blank()
        if tally.reviewed:
            again = tally.reviewed - tally.right
            parts = [f"{tally.right} right"] + ([f"{again} to see again"] if again else [])
            took = spoken(timedelta(seconds=tally.seconds))
            self._print(
                Text.assemble(
                    (f"Reviewed {tally.reviewed}", "bold"), f": {', '.join(parts)}. It took {took}."
                )
            )
        else:
            self.note("Nothing reviewed.", "bold")
        if skipped:
            self.note(f"Skipped {skipped}.")
        if any(count for _, count in spans):
            self.note("Due: " + ", ".join(f"{count} {span}" for span, count in spans if count) + ".")
        elif next_due:
            self.note(f"The next is due {moment(next_due, now, zone)}.")

    def _keys(self, keys: Mapping[str, str]) -> None:
        """`e editor · s skip`: each key bold, with what it does; broken between two keys where it must be."""
        line = Text()
        for key, meaning in keys.items():
            part = Text.assemble((key, "bold cyan"), f" {meaning}")
            if line and len(line) + len(part) + 3 > self._width:
                self._print(line)
                line = Text()
            line = Text(" · ").join([line, part]) if line else part
        self._print(line)

    def _heading(self, title: str, colour: str) -> None:
        self.blank()
        self._print(Text(title, f"bold {colour}"))

    def _points(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._listed(text, "-")

    def _marked(self, listing: Listing) -> None:
        for mark, text in zip(listing.marks, listing.texts, strict=True):
            if mark:
                self._listed(text, mark)
            else:
                self._prose(text, indent=2)

    def _listed(self, markdown: str, mark: str) -> None:
        """Markdown with `mark` before its first line and the other lines indented as far."""
        lead = f"  {mark} "
        self._wrapped(self._inline(" ".join(markdown.split())), lead, " " * len(lead))

    def _wrapped(self, text: Text, lead: str = "", indent: str = "") -> None:
        """Text in lines that fit, `lead` before the first of them and `indent` before the others."""
        width = self._width - len(indent)
        for line in text.wrap(self._console, max(10, width)):
            line.rstrip()
            self._console.print(Text(lead).append_text(line), soft_wrap=True)
            lead = indent

    def _prose(self, markdown: str, style: str = "", indent: int = 0) -> None:
        """Paragraphs with inline Markdown, the last one in `style`; whole Markdown where that needs it."""
        if _BLOCKS.search(markdown):
            from rich.markdown import Markdown

            self._print(Padding.indent(Markdown(markdown), indent))
            return
        paragraphs = markdown.strip().split("\n\n")
        for number, paragraph in enumerate(paragraphs, 1):
            text = self._inline(" ".join(paragraph.split()))
            text.style = style if number == len(paragraphs) else ""
            self._wrapped(text, " " * indent, " " * indent)
            if number < len(paragraphs):
                self.blank()

    def _inline(self, markdown: str) -> Text:
        """Bold, code and links as styles; code keeps its marks where there is no colour to show it."""
        text, end = Text(), 0
        for found in _INLINE.finditer(markdown):
            text.append(markdown[end : found.start()])
            if code := found["code"]:
                text.append(code.strip("`") if self._console.color_system else code, "cyan")
            else:
                text.append(found["bold"] or found["link"], "bold" if found["bold"] else "underline")
            end = found.end()
        return text.append(markdown[end:])

    def _print(self, renderable: RenderableType) -> None:
        if isinstance(renderable, Text):
            self._wrapped(renderable)
        else:
            self._console.print(renderable, width=self._width)


def _verdict(grade: Grade) -> Text:
    percent = f"{round(grade.score * 100)}%"
    if not grade.points:
        return Text.assemble((percent, "bold"), " like the model answer.")
    covered = sum(point.verdict is Verdict.COVERED for point in grade.points)
    return Text.assemble((percent, "bold"), f": you covered {covered} of {len(grade.points)} key points.")


def _explained(point: PointGrade) -> str:
    """A key point with the reason where it was contradicted."""
    return f"{point.point.text} ({point.reason})" if point.reason else point.point.text
