"""The face of a practice session in a terminal, or in a pipe: plain prompts, no cursor tricks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from random import Random

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.practice.durations import midnights, spoken
from quiz.practice.examiner import Examiner
from quiz.practice.kinds import FACES
from quiz.practice.kinds.face import Face
from quiz.practice.outcome import GAVE_UP, Outcome
from quiz.practice.progress import Progress
from quiz.practice.queue import Turn
from quiz.practice.screen import Screen
from quiz.practice.session import Phase, Session
from quiz.practice.supply import Supply

PROMPT = "> "


class Key(Enum):
    """What a learner may type instead of an answer."""

    EDITOR = "e"
    SKIP = "s"
    UNDO = "u"
    LEAVE = "q"


class Left(Exception):  # noqa: N818 - not an error
    """The learner pressed Ctrl-C or Ctrl-D, or the input has ended."""


@dataclass(frozen=True, slots=True)
class World:
    """What a session needs from outside. `read` shows a prompt and gives a line; it may raise EOFError."""

    read: Callable[[str], str]
    write_answer: Callable[[str], str]
    clock: Callable[[], datetime]
    zone: tzinfo
    interactive: bool


class Terminal:
    """Plays a session: shows, reads, has answers graded, and saves each review before it goes on."""

    def __init__(
        self, screen: Screen, world: World, supply: Supply, progress: Progress, examiner: Examiner, seed: str
    ) -> None:
        self._screen = screen
        self._world = world
        self._supply = supply
        self._progress = progress
        self._examiner = examiner
        self._seed = seed
        self._invited: set[Face] = set()

    def run(self, session: Session) -> Session:
        """Play until the session is over. Raises UserError where a review cannot be saved."""
        try:
            while session.phase is not Phase.OVER:
                session = self._ask(session) if session.phase is Phase.ASKING else self._rate(session)
                if session.phase is Phase.OVER:
                    now = self._world.clock()
                    session = session.refilled(self._supply.due(now), now) if session.is_short else session
        except (Left, KeyboardInterrupt):
            self._screen.blank()
            session = session.left()
        return session

    def summarise(self, session: Session) -> None:
        """The closing lines: what was done, and what comes due when."""
        now = self._world.clock()
        ends = [now, *midnights(now, self._world.zone, (1, 2, 8))]
        names = ("later today", "tomorrow", "within a week")
        spans = [
            ("now", self._progress.count_due(now)),
            *zip(names, self._progress.due_between(ends), strict=True),
        ]
        self._screen.summary(
            session.tally, len(session.skipped), spans, self._progress.next_due(), now, self._world.zone
        )

    def _ask(self, session: Session) -> Session:
        turn = session.open_turn()
        face = FACES[turn.item.kind]
        options = face.options(turn.item, Random(f"{self._seed}/{turn.item.id}"))  # noqa: S311
        self._show(session, turn, face, options)
        while True:
            typed: str | Key | None = self._read(face)
            if typed is Key.EDITOR and face.LINES:
                typed = self._write(turn)
            match typed:
                case Key.LEAVE:
                    return session.left()
                case Key.SKIP:
                    return session.skipping(self._world.clock())
                case Key.UNDO:
                    if session.done:
                        return self._undo(session)
                    self._screen.note("There is nothing to undo yet.")
                case Key.EDITOR:
                    self._screen.note(face.complaint(turn.item, typed.value, options))
                case str():
                    complaint = face.complaint(turn.item, typed, options) if typed else ""
                    if not complaint:
                        return self._judge(session, face, typed, options)
                    self._screen.note(complaint)

    def _show(self, session: Session, turn: Turn, face: Face, options: tuple[str, ...]) -> None:
        place = self._supply.place(turn.item.question)
        self._screen.turn(turn, place, session.tally.reviewed + 1, session.total)
        for listing in face.listings(turn.item, options):
            self._screen.listing(listing)
        keys = {"e": "editor"} if face.LINES else {}
        keys |= {"s": "skip"} | ({"u": "undo"} if session.done else {}) | {"q": "leave"}
        self._screen.keys(keys, "" if face in self._invited else face.INVITATION)
        self._invited.add(face)

    def _judge(self, session: Session, face: Face, typed: str, options: tuple[str, ...]) -> Session:
        at = self._world.clock()
        item = session.open_turn().item
        outcome = face.judge(item, typed, options, self._examiner) if typed else GAVE_UP
        if outcome.grade:
            self._screen.grade(outcome.grade)
        elif face.LINES:
            self._screen.key_points([point.text for point in self._examiner.rubric(item).key_points])
        else:
            self._screen.verdict(outcome)
        self._screen.solution(face.SOLUTION, face.solution(item, options))
        self._screen.explanation(item)
        return session.answered(outcome, at)

    def _rate(self, session: Session) -> Session:
        turn, outcome = session.open_turn(), session.answer()
        waits = self._progress.waits(turn.schedule, self._world.clock())
        self._screen.rating(outcome.suggested, waits)
        while True:
            try:
                typed = self._line(PROMPT).strip().lower()
            except (Left, KeyboardInterrupt):
                self._screen.blank()
                typed = Key.LEAVE.value
            if typed == Key.UNDO.value:
                return session.taken_back(self._world.clock())
            if typed == Key.SKIP.value:
                return session.skipping(self._world.clock())
            if typed == Key.LEAVE.value and outcome.suggested is None:
                self._screen.note("This answer was not kept: you did not rate it.")
                return session.left()
            rating = _rating(typed, outcome)
            if rating:
                session = self._save(session, rating)
                return session.left() if typed == Key.LEAVE.value else session
            self._screen.note("Type 1, 2, 3 or 4.")

    def _save(self, session: Session, rating: Rating) -> Session:
        """Keep the review. If that fails, the learner may put things right and try again."""
        at = self._world.clock()
        review = session.review(rating, at)
        while True:
            try:
                receipt = self._progress.record(review)
                break
            except UserError as error:
                if not self._world.interactive:
                    raise
                self._screen.note(f"Not saved: {error}", "red")
                self._screen.note("Enter tries again; Ctrl-C leaves without this answer.")
                self._line(PROMPT)
        self._screen.note(f"Saved as {rating.label}: back in {spoken(receipt.schedule.due - at)}.", "dim")
        return session.saved(rating, receipt, at)

    def _undo(self, session: Session) -> Session:
        try:
            self._progress.undo(session.done[-1].receipt)
        except UserError as error:
            self._screen.note(str(error), "yellow")
            return session.cannot_undo()
        self._screen.note("Undone. Here it is again.", "dim")
        return session.undone(self._world.clock())

    def _write(self, turn: Turn) -> str | None:
        """An answer from the learner's editor; None where there is none, and the prompt stands."""
        try:
            text = self._world.write_answer(turn.item.stem)
        except UserError as error:
            self._screen.note(str(error), "yellow")
            return None
        if not text:
            self._screen.note("Nothing was written.")
            return None
        self._screen.quote(text)
        return text

    def _read(self, face: Face) -> str | Key:
        """One answer without the blank space around it, empty where the learner gives up, or a key."""
        first = self._line(PROMPT).strip()
        for key in Key:
            if first.lower() == key.value:
                return key
        lines = [first]
        while face.LINES and lines[-1]:
            try:
                lines.append(self._line(PROMPT).strip())
            except Left:  # Ctrl-D ends an answer as an empty line does
                break
        return "\n".join(lines).strip()

    def _line(self, prompt: str) -> str:
        try:
            typed = self._world.read(prompt)
        except EOFError:
            self._screen.blank()
            raise Left from None
        if not self._world.interactive:
            self._screen.blank()  # nobody pressed Enter after the prompt
        return typed


def _rating(typed: str, outcome: Outcome) -> Rating | None:
    """The rating that was typed; without one, the suggested."""
    if typed in ("", Key.LEAVE.value):
        return outcome.suggested
    return Rating(int(typed)) if typed in {str(rating.value) for rating in Rating} else None
