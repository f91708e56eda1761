"""Statistics in a terminal: short lines with small bars, which read well without the bars too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quiz.practice.durations import spoken
from quiz.practice.statistics import Day, Statistics, WeakPoint


def show(console: Console, found: Statistics, learner: str, today: date) -> None:
    """Write all of it, section by section."""
    writer = _Writer(console)
    writer.heading(f"{learner}: {_counted(found.reviews, 'review')} of {_counted(found.items, 'item')}")
    now, longest = (_counted(count, "day") for count in (found.streak.now, found.streak.longest))
    writer.pairs(
        [
            ("Time spent", spoken(timedelta(seconds=found.seconds))),
            ("Streak", f"{now}; the longest was {longest}"),
            ("Retention", _retention(found)),
        ]
    )
    writer.heading("Due")
    writer.bars([(_day(day, today), count, "") for day, count in found.forecast])
    writer.heading("Practised")
    writer.bars(_practised(found.days, today))
    writer.heading("How likely you recall a topic now, the weakest first")
    writer.shares([(one.title, one.recall, f"{one.met} of {one.items} items met") for one in found.topics])
    if found.weakest:
        writer.heading("Key points missed most often")
        missed = [(f"{one.missed} of {one.asked}", _point(one)) for one in found.weakest]
        writer.pairs(missed, "yellow")
    writer.heading("Does the schedule know you?")
    if found.calibration is None:
        writer.line("Too early to say: that takes some weeks of reviews.")
        return
    writer.shares(
        [
            ("recalled", one.recalled, f"predicted {one.predicted:.0%}, {one.reviews} reviews")
            for one in found.bands
        ]
    )
    writer.line(
        f"Log loss {found.calibration.log_loss:.3f}, calibration error {found.calibration.calibration:.1%}. "
        "Fit the schedule to yourself with: ecsquiz progress optimise"
    )


def _point(one: WeakPoint) -> str:
    return f"{one.text} (question {one.question})"


def _retention(found: Statistics) -> str:
    kept = found.retention
    if kept.all_time is None:
        return f"nothing has come back after a day yet; the target is {kept.target:.0%}"
    recent = f"{kept.recent:.0%} in the last 30 days, " if kept.recent is not None else ""
    return f"{recent}{kept.all_time:.0%} in all; the target is {kept.target:.0%}"


def _practised(days: Sequence[Day], today: date) -> list[tuple[str, int, str]]:
    known = {day.day: day for day in days}
    wanted = [today - timedelta(days=number) for number in range(13, -1, -1)]
    return [
        (
            _day(day, today),
            known[day].reviews if day in known else 0,
            spoken(timedelta(seconds=known[day].seconds)) if day in known else "",
        )
        for day in wanted
    ]


def _day(day: date, today: date) -> str:
    return "today" if day == today else f"{day:%a} {day.day:2d} {day:%b}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


class _Writer:
    """Sections of aligned rows that fit the console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._block = "█" if (console.encoding or "").lower().startswith("utf") else "#"
        self._bar = 24 if console.width >= 100 else 10

    def heading(self, text: str) -> None:
        self._console.print()
        self._console.print(Text(text, "bold cyan"))

    def line(self, text: str) -> None:
        self._console.print(Padding.indent(Text(text), 2))

    def pairs(self, rows: Sequence[tuple[str, str]], style: str = "") -> None:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style=style, no_wrap=True)
        grid.add_column()
        for label, text in rows:
            grid.add_row(label, text)
        self._print(grid)

    def bars(self, rows: Sequence[tuple[str, int, str]]) -> None:
        """Counts, with bars that compare them."""
        most = max((count for _, count, _ in rows), default=0) or 1
        self._rows([(label, str(count), count / most, remark) for label, count, remark in rows], fixed=True)

    def shares(self, rows: Sequence[tuple[str, float | None, str]]) -> None:
        """Shares from 0 to 1, with bars as long."""
        self._rows(
            [
                (label, "-" if share is None else f"{share:.0%}", share or 0.0, remark)
                for label, share, remark in rows
            ]
        )

    def _rows(self, rows: Sequence[tuple[str, str, float, str]], *, fixed: bool = False) -> None:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=fixed)
        grid.add_column(justify="right", style="bold")
        grid.add_column(style="green", no_wrap=True)
        grid.add_column(style="dim")
        for label, number, share, remark in rows:
            grid.add_row(label, number, self._block * round(share * self._bar), remark)
        self._print(grid)

    def _print(self, grid: Table) -> None:
        self._console.print(Padding.indent(grid, 2))
