"""What a sitting looks like."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from rich.text import Text

from quiz.exams.marking.results import Result
from quiz.exams.paper import in_points, option_letter
from quiz.exams.sitting.sheet import Sheet
from quiz.exams.sitting.sitting import Sitting
from quiz.items.item import Kind
from quiz.practice.layout import Layout

_INVITATIONS: Final = {
    Kind.CHOICE: "Type the letter of your choice.",
    Kind.MATCHING: "Type a letter for each number, such as 1B 2A 3C.",
    Kind.ORDERING: "Type the letters in the right order, such as C A B.",
    Kind.CLOZE: "Type what belongs in the gap.",
    Kind.COMMAND: "Type the command in full.",
    Kind.RECALL: "Answer in a few sentences.",
}
KEYS: Final = {
    "Enter": "keep the answer and go on",
    ":n or PgDn": "next item",
    ":b or PgUp": "back to the item before",
    ":7": "go to item 7",
    ":m or F2": "mark this item, or unmark it, to look at it again",
    ":l or F3": "list all items: answered, open, marked",
    ":c": "take the answer to this item back",
    ":e or F10": "end and hand in",
    ":q": "leave; all is saved, the time goes on, the same command goes on",
    "Esc Enter": "a new line within an answer",
}


class Screen(Layout):
    """Writes a sitting to a console."""

    def welcome(self, sitting: Sitting, now: datetime) -> None:
        sheet = sitting.sheet
        self.print(Text.assemble((sheet.title, "bold"), f", paper {sheet.paper}"))
        time = f", {clock(sitting.limit - now)} left" if sitting.limit else ""
        self.note(f"{len(sheet.items)} items, {in_points(sheet.points)}{time}.")
        if sheet.instructions:
            self.blank()
            self.prose(sheet.instructions)
        if any(item.wrong for item in sheet.items):
            self.note("A wrong choice takes points off, none does not.")
        if sitting.answers:
            self.note(f"You go on where you stopped; answered so far: {len(sitting.answers)}.", "bold")
        self.note("All is saved as you type. Type :? for all keys.")

    def item(self, sitting: Sitting) -> None:
        sheet, item = sitting.sheet, sitting.item
        self.blank()
        if item.number == min(other.number for other in sheet.items if other.section == item.section):
            self._section(sheet, item.section)
        worth = in_points(item.points) + (f", wrong: {-item.wrong:g}" if item.wrong else "")
        marked = ", marked" if sitting.at in sitting.marked else ""
        self.print(Text(f"{item.number} of {len(sheet.items)} ({worth}){marked}", "bold cyan"))
        self.blank()
        self.prose(item.stem, "bold")
        self.blank()
        for number, prompt in enumerate(item.prompts, 1):
            self.listed(prompt, f"{number}.")
        if item.prompts:
            self.blank()
        for index, option in enumerate(item.options):
            self.listed(option, f"{option_letter(index)}.")
        if item.options:
            self.blank()
        self.note(_INVITATIONS[item.kind])

    def _section(self, sheet: Sheet, index: int) -> None:
        section = sheet.sections[index]
        if section.title:
            self.heading(section.title, "cyan")
        if section.instructions:
            self.prose(section.instructions)
        if section.title or section.instructions:
            self.blank()

    def overview(self, sitting: Sitting) -> None:
        """All numbers with what became of them."""
        groups = {
            "Answered": sorted(sitting.answers),
            "Open": list(sitting.unanswered),
            "Marked": sorted(sitting.marked),
        }
        self.blank()
        for name, numbers in groups.items():
            self.note(f"{name}: {', '.join(map(str, numbers)) or 'none'}.")

    def keys(self) -> None:
        self.blank()
        for key, does in KEYS.items():
            lead = f"{key}: " if self.plain else f"  {key:<11} "
            self.wrapped(Text(does), lead, " " * len(lead))

    def result(self, result: Result) -> None:
        standing = "" if result.passed is None else ": passed" if result.passed else ": not passed"
        self.print(
            Text(f"{result.points:g} of {in_points(result.of)}, {result.share:.0%}{standing}.", "bold")
        )
        if result.doubts():
            self.note("Answers in words were marked by a program; your trainer may change their marks.")


def clock(left: timedelta) -> str:
    """Such as 1:02:09 or 42:10; never below nothing."""
    seconds = max(0, int(left.total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def standing(sitting: Sitting, now: datetime) -> str:
    """The line at the foot of the terminal."""
    parts = [
        f"{sitting.at} of {len(sitting.sheet.items)}",
        f"{len(sitting.answers)} answered",
        *([f"{len(sitting.marked)} marked"] if sitting.marked else []),
        *([f"{clock(sitting.limit - now)} left"] if sitting.limit else []),
        "PgUp/PgDn move, F2 mark, F3 list, F10 end, :? all keys",
    ]
    return " · ".join(parts)
