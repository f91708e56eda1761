"""The interview itself, in a terminal or a pipe: asks, listens, and says nothing of right and wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from quiz.errors import UserError
from quiz.grading.grade import Grade, Verdict
from quiz.practice.interview.course import ENOUGH, Course, follow_up
from quiz.practice.interview.scorecard import Exchange
from quiz.practice.screen import Screen
from quiz.practice.world import World
from quiz.source.question import Question

KEYS = {"e": "editor", "s": "pass", "q": "end the interview"}
INVITATION = "Answer as you would say it. An empty line ends your answer."
_ASK_AGAIN = "Type your answer, s to pass, or q to end."


class _Ended(Exception):  # noqa: N818 - not an error
    """The learner has had enough, or the input has ended."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop asking: at a moment, and after so many questions, follow-ups included."""

    until: datetime
    questions: int | None = None


class Interview:
    """Plays an interview. `grade` judges an answer to a question; nothing of it is shown."""

    def __init__(
        self,
        screen: Screen,
        world: World,
        questions: Mapping[int, Question],
        grade: Callable[[Question, str], Grade],
    ) -> None:
        self._screen = screen
        self._world = world
        self._questions = questions
        self._grade = grade
        self.exchanges: list[Exchange] = []

    def run(self, course: Course, limits: Limits, random: Random) -> Course:
        """Ask until the time is over, the questions are, or the learner ends it."""
        try:
            while not self._over(limits) and (number := course.next(random)) is not None:
                question = self._questions[number]
                exchange = self._ask(question, question.prompt)
                course = course.answered(question, exchange.score)
                course = self._ask_after(exchange, course, limits)
        except (_Ended, KeyboardInterrupt):
            self._screen.blank()
        return course

    def _over(self, limits: Limits) -> bool:
        enough = limits.questions is not None and len(self.exchanges) >= limits.questions
        return enough or self._world.clock() >= limits.until

    def _ask_after(self, exchange: Exchange, course: Course, limits: Limits) -> Course:
        """Ask once after what was missed, where a follow-up of the question leads to it."""
        if exchange.score is None or exchange.score >= ENOUGH or self._over(limits):
            return course
        missed = exchange.points(Verdict.MISSED, Verdict.PARTLY, Verdict.CONTRADICTED)
        prompts = {number: question.prompt for number, question in self._questions.items()}
        following = follow_up(exchange.question, missed, course.asked, prompts)
        if following is None or following.number is None:
            return course
        question = self._questions[following.number]
        asked = following.text
        if asked.rstrip("?.") != question.prompt.rstrip("?."):
            asked = f"{following.text}\n\n{question.prompt}"
        return course.answered(question, self._ask(question, asked, follow_up=True).score, follow_up=True)

    def _ask(self, question: Question, asked: str, *, follow_up: bool = False) -> Exchange:
        self._screen.asked(len(self.exchanges) + 1, asked, follow_up=follow_up)
        first = not self.exchanges
        self._screen.keys(KEYS, INVITATION if first else "")
        start = self._world.clock()
        answer = self._answer(asked)
        grade = self._grade(question, answer) if answer else None
        seconds = (self._world.clock() - start).total_seconds()
        exchange = Exchange(question, asked.split("\n\n")[-1], answer, grade, max(0.0, seconds), follow_up)
        self.exchanges.append(exchange)
        return exchange

    def _answer(self, asked: str) -> str:
        """What the learner says; empty where they pass."""
        while True:
            first = self._line()
            match first.lower():
                case "q":
                    raise _Ended
                case "s":
                    return ""
                case "e":
                    if text := self._written(asked):
                        return text
                case "":
                    self._screen.note(_ASK_AGAIN)
                case _:
                    return self._rest(first)

    def _rest(self, first: str) -> str:
        lines = [first]
        try:
            while lines[-1]:
                lines.append(self._line())
        except _Ended:  # the end of the input ends an answer as an empty line does
            pass
        return "\n".join(lines).strip()

    def _written(self, asked: str) -> str:
        try:
            text = self._world.write_answer(asked)
        except UserError as error:
            self._screen.note(str(error), "yellow")
            return ""
        self._screen.quote(text)
        return text

    def _line(self) -> str:
        try:
            typed = self._world.read("> ").strip()
        except EOFError:
            raise _Ended from None
        if not self._world.interactive:
            self._screen.blank()
        return typed
