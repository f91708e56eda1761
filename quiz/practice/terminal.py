"""The face of a practice session in a terminal, or in a pipe: plain prompts, no cursor tricks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from quiz.errors import UserError
from quiz.grading.grade import Rating
from quiz.items.item import Item
from quiz.practice import keys, marks
from quiz.practice.drafts import Drafts
from quiz.practice.durations import midnights, spoken
from quiz.practice.examiner import Examiner
from quiz.practice.feedback import explanation_beyond, solution_to_show
from quiz.practice.keyboard import Keyboard, Left
from quiz.practice.keys import Key, key_of
from quiz.practice.kinds import FACES
from quiz.practice.kinds.face import Face
from quiz.practice.kinds.ratings import AFTER_A_HINT, AFTER_THE_PAGE
from quiz.practice.outcome import GAVE_UP, Outcome
from quiz.practice.page import page
from quiz.practice.progress import Progress
from quiz.practice.screen import Screen
from quiz.practice.session import Done, Passed, Phase, Session
from quiz.practice.supply import Supply
from quiz.practice.world import World


class Terminal:
    """Plays a session: shows, reads, has answers graded, and saves each review before it goes on.

    Without `drafts` an answer that is not finished is not kept. In a `cram` no review is.
    """

    def __init__(
        self,
        screen: Screen,
        world: World,
        supply: Supply,
        progress: Progress,
        examiner: Examiner,
        seed: str,
        *,
        drafts: Drafts | None = None,
        cram: bool = False,
    ) -> None:
        self._screen = screen
        self._world = world
        self._supply = supply
        self._progress = progress
        self._examiner = examiner
        self._seed = seed
        self._keyboard = Keyboard(screen, world, drafts)
        self._cram = cram
        self._invited: set[Face] = set()

    def run(self, session: Session) -> Session:
        """Play until the session is over. Raises UserError where a review cannot be saved."""
        try:
            while session.phase is not Phase.OVER:
                session = self._ask(session) if session.phase is Phase.ASKING else self._rate(session)
                if session.is_short and not self._cram:
                    now = self._world.clock()
                    session = session.refilled(self._supply.due(now), now)
        except (Left, KeyboardInterrupt):
            self._screen.blank()
            session = session.left()
        return session

    def summarise(self, session: Session) -> None:
        """The closing lines: what was done, and what comes due when."""
        self._screen.summary(session.tally, len(session.skipped), len(session.aside))
        if self._cram:
            self._screen.note("Nothing of it was kept; your schedule is as it was.")
            return
        now = self._world.clock()
        ends = [now, *midnights(now, self._world.zone, (1, 2, 8))]
        names = ("later today", "tomorrow", "within a week")
        spans = [
            ("now", self._progress.count_due(now)),
            *zip(names, self._progress.due_between(ends), strict=True),
        ]
        self._screen.forecast(spans, self._progress.next_due(), now, self._world.zone)

    def _ask(self, session: Session) -> Session:
        item = session.open_turn().item
        face = FACES[item.kind]
        options = face.options(item, Random(f"{self._seed}/{item.id}"))  # noqa: S311
        self._show(session, face, options)
        while True:
            typed: str | Key | None = self._keyboard.answer(face, item)
            if typed is Key.EDITOR and face.LINES:
                typed = self._keyboard.written(item)
            if typed is None:
                continue
            if isinstance(typed, Key):
                after = self._press(session, typed, face, options)
                if after.phase is Phase.OVER or after.done is not session.done:
                    return after
                session = after
            elif complaint := face.complaint(item, typed, options) if typed else "":
                self._screen.note(complaint)
            else:
                return self._judge(session, face, typed, options)

    def _show(self, session: Session, face: Face, options: tuple[str, ...]) -> None:
        turn = session.open_turn()
        standing = "new" if turn.schedule is None else "met before" if self._cram else "due"
        place = self._supply.place(turn.item.question)
        self._screen.turn(turn, standing, place, session.tally.reviewed + 1, session.total)
        for listing in face.listings(turn.item, options):
            self._screen.listing(listing)
        offered = [Key.EDITOR] if face.LINES else []
        offered += [Key.HINT, Key.SKIP, *([Key.UNDO] if session.done else []), Key.LEAVE, Key.HELP]
        self._screen.keys(keys.short(offered), "" if face in self._invited else face.INVITATION)
        self._invited.add(face)
        if begun := self._keyboard.begun(face, turn.item):
            self._screen.note("You had begun an answer. Enter takes it up; or type a new one.", "bold")
            self._screen.quote("\n".join(begun))

    def _press(self, session: Session, key: Key, face: Face, options: tuple[str, ...]) -> Session:
        """What a key does while an item is asked. The steps stay the same object where it is still asked."""
        item = session.open_turn().item
        match key:
            case Key.LEAVE:
                return session.left()
            case Key.SKIP:
                self._keyboard.done_with(face)
                return session.skipping(self._world.clock())
            case Key.ASIDE:
                return self._set_aside(session)
            case Key.UNDO if session.done:
                return self._undo(session)
            case Key.UNDO:
                self._screen.note("There is nothing to undo yet.")
            case Key.HINT:
                return self._hint(session, face, options)
            case Key.FLAG:
                self._flag(item)
            case Key.OPEN:
                self._open(item)
                return session.helped(AFTER_THE_PAGE)
            case Key.HELP:
                self._screen.key_help(keys.while_asking(lines=face.LINES))
            case Key.EDITOR:
                self._screen.note("The editor is for answers in your own words.")
        return session

    def _hint(self, session: Session, face: Face, options: tuple[str, ...]) -> Session:
        steps = face.hints(session.open_turn().item, options, self._examiner)
        if session.hints >= len(steps):
            ended = "There are no more hints." if steps else "There is no hint to this."
            self._screen.note(f"{ended} Enter alone shows the answer.")
            return session
        self._screen.hint(session.hints + 1, len(steps), steps[session.hints])
        return session.hinted(AFTER_A_HINT)

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
        solution = solution_to_show(face, item, options, outcome)
        if solution:
            self._screen.solution(face.SOLUTION, solution)
        self._screen.explanation(explanation_beyond(item, solution), item.question)
        return session.answered(outcome, at)

    def _rate(self, session: Session) -> Session:
        turn, outcome = session.open_turn(), session.answer()
        waits = None if self._cram else self._progress.waits(turn.schedule, self._world.clock())
        self._screen.rating(outcome.suggested, waits)
        while True:
            try:
                typed = self._keyboard.line("Rating").lower()
            except (Left, KeyboardInterrupt):
                self._screen.blank()
                typed = Key.LEAVE.value
            match key_of(typed):
                case Key.UNDO:
                    return session.taken_back(self._world.clock())
                case Key.SKIP:
                    self._keyboard.done_with(FACES[turn.item.kind])
                    return session.skipping(self._world.clock())
                case Key.ASIDE:
                    after = self._set_aside(session)
                    if after is not session:
                        return after
                case Key.FLAG:
                    self._flag(turn.item)
                case Key.OPEN:
                    self._open(turn.item)
                case Key.HELP:
                    self._screen.key_help(keys.while_rating(judged=outcome.suggested is not None))
                case Key.LEAVE if outcome.suggested is None:
                    self._screen.note("This answer was not counted: you did not rate it.")
                    return session.left()
                case Key.LEAVE if outcome.suggested is not None:
                    return self._save(session, outcome.suggested).left()
                case _:
                    rating = _rating(typed, outcome)
                    if rating:
                        return self._save(session, rating)
                    self._screen.note("Type 1, 2, 3 or 4.")

    def _save(self, session: Session, rating: Rating) -> Session:
        """Keep the review. If that fails, the learner may put things right and try again."""
        at = self._world.clock()
        face = FACES[session.open_turn().item.kind]
        if self._cram:
            self._keyboard.done_with(face)
            return session.counted(rating, at)
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
                self._keyboard.line("Enter")
        self._screen.note(f"Saved as {rating.label}: back in {spoken(receipt.schedule.due - at)}.", "dim")
        self._keyboard.done_with(face)
        return session.saved(rating, receipt, at)

    def _undo(self, session: Session) -> Session:
        try:
            match session.done[-1]:
                case Done(receipt=receipt) if receipt is not None:
                    self._progress.undo(receipt)
                case Passed(turn=turn, aside=True):
                    marks.restore(self._progress, turn.item.id)
        except UserError as error:
            self._screen.note(str(error), "yellow")
            return session.cannot_undo()
        self._screen.note("Undone. Here it is again.", "dim")
        return session.undone(self._world.clock())

    def _set_aside(self, session: Session) -> Session:
        item, at = session.open_turn().item, self._world.clock()
        if not self._kept(lambda: marks.suspend(self._progress, item, at)):
            return session
        self._screen.note(f"Set aside. To have it back: ecsquiz progress suspended --restore {item.id}")
        self._keyboard.done_with(FACES[item.kind])
        return session.set_aside(at)

    def _flag(self, item: Item) -> None:
        self._screen.note("What is to be noted? One line; an empty one flags nothing.")
        note = self._keyboard.line("Your note")
        if not note:
            self._screen.note("Not flagged: there was no note.")
        elif self._kept(lambda: marks.flag(self._progress, item, note, self._world.clock())):
            self._screen.note("Flagged. See all of them with: ecsquiz progress flags")

    def _kept(self, write: Callable[[], None]) -> bool:
        """Whether it could be kept; the learner is told if not."""
        try:
            write()
        except UserError as error:
            self._screen.note(f"Not saved: {error}", "red")
            return False
        return True

    def _open(self, item: Item) -> None:
        """The question's page: in the browser, else in a pager, else printed."""
        if site := self._supply.site:
            url = f"{site.rstrip('/')}/questions/{item.question}/"
            opened = self._world.browse(url)
            self._screen.note(f"Opened {url}" if opened else f"It is at {url}")
            return
        parts = page(self._supply.question(item.question))
        if self._world.pager and not self._screen.plain:
            self._world.pager(self._screen.captured(parts))
        else:
            self._screen.page(parts)


def _rating(typed: str, outcome: Outcome) -> Rating | None:
    """The rating that was typed; without one, the suggested."""
    if not typed:
        return outcome.suggested
    return Rating(int(typed)) if typed in {str(rating.value) for rating in Rating} else None
