"""What a practice session looks like: lines that wrap well, with no boxes to read around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from rich.text import Text

from quiz.grading.grade import Grade, PointGrade, Rating, Verdict
from quiz.practice.durations import moment, short, spoken
from quiz.practice.kinds.face import Listing
from quiz.practice.layout import Layout
from quiz.practice.outcome import Outcome
from quiz.practice.queue import Turn
from quiz.practice.session import Tally

# What was missed comes first: that is what there is to learn.
_VERDICTS = (
    (Verdict.MISSED, "Missed", "red"),
    (Verdict.CONTRADICTED, "Said the other way round", "red"),
    (Verdict.PARTLY, "Partly said", "yellow"),
    (Verdict.COVERED, "Covered", "green"),
)
_COLOURS = {Rating.AGAIN: "red", Rating.HARD: "yellow", Rating.GOOD: "green", Rating.EASY: "cyan"}


class Screen(Layout):
    """Writes a session to a console. Knows how things look, and nothing of what happens next."""

    def welcome(self, title: str, due: int, new: int) -> None:
        counts = f"{due} due, {new} new" if due else f"{new} new"
        self.print(Text.assemble((title, "bold"), f": {counts}."))

    def welcome_to_cram(self, title: str, count: int) -> None:
        self.print(Text.assemble((title, "bold"), f": {count} to go over, weakest first."))
        self.note("Nothing of it is kept: your schedule stays as it is.")

    def turn(self, turn: Turn, standing: str, place: str, number: int, total: int) -> None:
        """The line above a question, and its stem. `standing` says in a word why it is asked."""
        of, question = f"{number} of {max(number, total)}", turn.item.question
        self.blank()
        if self.plain:
            self.print(Text(f"Question {of}, {standing}. {place}, from question {question} of the bank."))
        else:
            self.print(
                Text.assemble((of, "bold cyan"), (f" · {standing} · question {question} · {place}", "dim"))
            )
        self.blank()
        self.prose(turn.item.stem, "bold")

    def asked(self, number: int, prompt: str, *, follow_up: bool = False) -> None:
        """A question of an interview."""
        self.blank()
        self.print(Text(f"Question {number}{', staying with that' if follow_up else ''}", "bold cyan"))
        self.blank()
        self.prose(prompt, "bold")

    def listing(self, listing: Listing) -> None:
        """Lines with their marks, such as the options of a choice."""
        self.blank()
        self.marked(listing)

    def keys(self, keys: Mapping[str, str], invitation: str = "") -> None:
        self.blank()
        if invitation:
            self.print(Text(invitation))
        self.keys_line(keys)

    def key_help(self, keys: Mapping[str, str]) -> None:
        """All keys, each with what it does."""
        self.blank()
        wide = max(map(len, keys))
        for key, does in keys.items():
            lead = f"{key}: " if self.plain else f"  {key:<{wide}}  "
            self.wrapped(Text(does), lead, " " * len(lead))

    def quote(self, text: str) -> None:
        """What the learner wrote elsewhere."""
        for line in text.splitlines():
            self.print(Text(line if self.plain else f"> {line}", "dim"))

    def hint(self, number: int, count: int, text: str) -> None:
        self.wrapped(Text.assemble((f"Hint {number} of {count}: ", "yellow"), self.inline(text)))

    def page(self, parts: Sequence[str]) -> None:
        """A whole page of Markdown, part by part."""
        for part in parts:
            self.blank()
            self.prose(part)
        self.blank()

    def captured(self, parts: Sequence[str]) -> str:
        """The same as one text, for a pager."""
        with self.console.capture() as shown:
            self.page(parts)
        return shown.get()

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
                self.wrapped(self.inline(remark))

    def solution(self, title: str, solution: Listing) -> None:
        """What is right, below its title."""
        self.heading(title, "cyan")
        self.marked(solution)

    def explanation(self, text: str, question: int) -> None:
        """Why it is right, if there is more to say, and where all of it is."""
        if text:
            self.blank()
            self.prose(text)
        self.blank()
        self.note(f"All of it: o, or ecsquiz show {question}", "dim")

    def grade(self, grade: Grade) -> None:
        """How an answer was graded: what it missed, what it covered, which mistake it made."""
        self.blank()
        if not grade.certain:
            self.note("I cannot tell: this is said in other words than I know.", "bold yellow")
            self.note(f"Judge it yourself by the {'key points' if grade.points else 'model answer'}:")
            self.points([point.point.text for point in grade.points])
            return
        self.print(_verdict(grade))
        for verdict, title, colour in _VERDICTS:
            points = [point for point in grade.points if point.verdict is verdict]
            if points:
                self.heading(title, colour)
                self.points([_explained(point) for point in points])
        for mistake in grade.mistakes:
            self.heading("A common mistake", "red")
            self.listed(mistake.wrong, "You said:")
            self.listed(mistake.right, "In fact:")
        for remark in grade.remarks:
            self.blank()
            self.note(remark, "yellow")

    def key_points(self, points: Sequence[str]) -> None:
        """What a good answer says, for a learner who gave none."""
        if points:
            self.heading("Key points", "yellow")
            self.points(points)

    def rating(self, suggested: Rating | None, waits: Mapping[Rating, timedelta] | None) -> None:
        """The rating that will be used, and when each one brings the item back.

        Without `waits` nothing is scheduled.
        """
        self.blank()
        if suggested is None:
            self.note("How well did you know it?", "bold")
        else:
            label = Text.assemble("Rated ", (suggested.label, f"bold {_COLOURS[suggested]}"))
            back = f": back in {spoken(waits[suggested])}" if waits else ""
            self.print(label.append(f"{back}. Enter accepts; or type:"))
        keys = {str(rating.value): self._rated(rating, waits) for rating in Rating}
        self.keys_line(keys | {"u": "answer again", "?": "all keys"})

    def _rated(self, rating: Rating, waits: Mapping[Rating, timedelta] | None) -> str:
        if not waits:
            return rating.label
        wait = waits[rating]
        return f"{rating.label}, in {spoken(wait)}" if self.plain else f"{rating.label} {short(wait)}"

    def labs(self, names: Sequence[str]) -> None:
        """The labs of what was missed."""
        if names:
            self.note("Repair what you missed:")
            for name in names:
                self.note(f"  ecsquiz lab start {name}")

    def summary(self, tally: Tally, skipped: int, aside: int) -> None:
        """What the session came to."""
        self.blank()
        if tally.reviewed:
            again = tally.reviewed - tally.right
            parts = [f"{tally.right} right"] + ([f"{again} to see again"] if again else [])
            took = spoken(timedelta(seconds=tally.seconds))
            self.print(
                Text.assemble(
                    (f"Reviewed {tally.reviewed}", "bold"), f": {', '.join(parts)}. It took {took}."
                )
            )
        else:
            self.note("Nothing reviewed.", "bold")
        if skipped:
            self.note(f"Skipped {skipped}.")
        if aside:
            self.note(f"Set aside {aside}. See them with: ecsquiz progress suspended")

    def forecast(
        self, spans: Sequence[tuple[str, int]], next_due: datetime | None, now: datetime, zone: tzinfo
    ) -> None:
        """What comes due when."""
        if any(count for _, count in spans):
            self.note("Due: " + ", ".join(f"{count} {span}" for span, count in spans if count) + ".")
        elif next_due:
            self.note(f"The next is due {moment(next_due, now, zone)}.")


def _verdict(grade: Grade) -> Text:
    percent = f"{round(grade.score * 100)}%"
    if not grade.points:
        return Text.assemble((percent, "bold"), " like the model answer.")
    covered = sum(point.verdict is Verdict.COVERED for point in grade.points)
    return Text.assemble((percent, "bold"), f": you covered {covered} of {len(grade.points)} key points.")


def _explained(point: PointGrade) -> str:
    """A key point with the reason where it was contradicted."""
    return f"{point.point.text} ({point.reason})" if point.reason else point.point.text
