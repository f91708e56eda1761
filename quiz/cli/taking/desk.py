"""The course of a sitting: shows an item, reads what the learner does, saves at every key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from quiz.cli.taking.reading import Ask, Left, Reader, TimeUp
from quiz.cli.taking.screen import Screen, standing
from quiz.exams.sitting.sitting import Sitting, complaint
from quiz.exams.sitting.steps import Command, Step, command_of, is_command


class Desk:
    """`save` keeps the state that it is given; what it raises ends the sitting, with all before it kept."""

    def __init__(
        self,
        screen: Screen,
        read: Reader,
        clock: Callable[[], datetime],
        save: Callable[[Sitting], None],
    ) -> None:
        self._screen = screen
        self._read = read
        self._clock = clock
        self._save = save

    def run(self, sitting: Sitting) -> Sitting:
        """Until the paper is handed in, the time is up, or the learner leaves, which `ended` tells."""
        self._sitting = sitting
        try:
            while self._sitting.ended is None:
                if sitting.is_up(self._clock()):
                    raise TimeUp
                self._screen.item(self._sitting)
                self._answer()
        except TimeUp:
            self._screen.blank()
            self._screen.note("The time is up.", "bold yellow")
            self._keep(self._sitting.handed_in(self._clock()))
        except (Left, KeyboardInterrupt):
            self._screen.blank()
        return self._sitting

    def _answer(self) -> None:
        """Read until the learner goes elsewhere."""
        while True:
            entered = self._read(Ask(self._sitting.answer, self._typed, self._standing, self._seconds))
            command = entered if isinstance(entered, Command) else None
            if isinstance(entered, str) and is_command(entered):
                command = command_of(entered)
                if command is None:
                    self._screen.note("There is no such key. Type :? for all keys.")
                    continue
            if command is None:
                if self._accepted(str(entered)):
                    return
            elif self._step(command):
                return

    def _accepted(self, text: str) -> bool:
        self._typed(text)
        fault = complaint(self._sitting.item, text)
        if fault:
            self._screen.note(fault, "yellow")
            return False
        if self._sitting.at == len(self._sitting.sheet.items):
            self._screen.note("That was the last item. Type :l to list all, :e to end and hand in.")
            return False
        self._move(self._sitting.at + 1)
        return True

    def _step(self, command: Command) -> bool:
        """Whether an item is to be shown, or the sitting is over."""
        sitting = self._sitting
        match command.step:
            case Step.NEXT:
                self._move(sitting.at + 1)
            case Step.BACK:
                self._move(sitting.at - 1)
            case Step.GO:
                self._move(command.number)
            case Step.MARK:
                self._keep(sitting.with_mark_turned())
                self._screen.note("Marked." if sitting.at in self._sitting.marked else "Not marked any more.")
                return False
            case Step.CLEAR:
                self._keep(sitting.answering(""))
                self._screen.note("The answer is taken back.")
                return False
            case Step.LIST:
                self._screen.overview(sitting)
                return False
            case Step.HELP:
                self._screen.keys()
                return False
            case Step.END:
                return self._end()
            case Step.QUIT:
                raise Left
        return True

    def _end(self) -> bool:
        self._screen.overview(self._sitting)
        self._screen.note("Type yes to hand in; anything else goes on.", "bold")
        said = self._read(Ask("", lambda _: None, self._standing, self._seconds))
        if isinstance(said, str) and said.strip().lower() in ("yes", "y"):
            self._keep(self._sitting.handed_in(self._clock()))
        return True

    def _move(self, number: int) -> None:
        self._keep(self._sitting.moved_to(number))

    def _typed(self, text: str) -> None:
        if not is_command(text) and text.strip() != self._sitting.answer:
            self._keep(self._sitting.answering(text))

    def _keep(self, sitting: Sitting) -> None:
        self._save(sitting)
        self._sitting = sitting

    def _standing(self) -> str:
        return standing(self._sitting, self._clock())

    def _seconds(self) -> float | None:
        limit = self._sitting.limit
        return (limit - self._clock()).total_seconds() if limit else None
