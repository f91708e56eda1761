"""Opening an interview on this machine: the bank's questions in order of difficulty, clock and terminal."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from quiz.bank.locate import open_bank
from quiz.bank.store import Bank, known
from quiz.errors import UserError
from quiz.grading.grade import Grade
from quiz.items.item import Item, Kind
from quiz.practice.examiner import Examiner
from quiz.practice.interview.conversation import Interview, Limits
from quiz.practice.interview.course import Course
from quiz.practice.interview.scorecard import Scorecard, scorecard
from quiz.practice.opening import console_here, world_here
from quiz.practice.screen import Screen
from quiz.source.question import Question


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to interview: None means no restriction. Without a seed, chance decides."""

    minutes: float = 30.0
    questions: int | None = None
    level: str | None = None
    role: str | None = None
    seed: str | None = None


def interview(place: Path | None, invitation: Invitation) -> tuple[Scorecard, str]:
    """Hold an interview on standard input and output; its scorecard and its title. Raises UserError."""
    world = world_here()
    screen = Screen(console_here())
    with open_bank(place) as bank:
        course, title = planned(bank, invitation)
        items = {item.question: item for item in bank.items(kind=Kind.RECALL)}
        questions = {number: bank.question(number) for number in items}
        examiner = Examiner(bank)

        def grade(question: Question, answer: str) -> Grade:
            return examiner(items[question.number], answer)

        screen.note(f"{title}: about {invitation.minutes:g} minutes. The scorecard comes at the end.", "bold")
        held = Interview(screen, world, questions, grade)
        until = world.clock() + timedelta(minutes=invitation.minutes)
        random = Random(invitation.seed or secrets.token_hex(4))  # noqa: S311 - no secret
        held.run(course, Limits(until, invitation.questions), random)
        topics = {topic.slug: topic.title for topic in bank.spec.topics}
        return scorecard(held.exchanges, topics, _level(bank, held)), title


def planned(bank: Bank, invitation: Invitation) -> tuple[Course, str]:
    """The course at its start, with the questions that the invitation means, easiest first."""
    wanted = None
    title = f"Interview, {bank.spec.title}"
    if invitation.role is not None:
        known("role", invitation.role, [role.slug for role in bank.spec.roles])
        role = next(role for role in bank.spec.roles if role.slug == invitation.role)
        wanted, title = set(role.topics), f"{title}, {role.title}"
    levels = [level.slug for level in bank.spec.levels]
    items = {item.question: item for item in bank.items(level=invitation.level, kind=Kind.RECALL)}
    chosen = [
        (_hardness(question, items[question.number], levels), question)
        for question in bank.questions(level=invitation.level)
        if question.number in items and (wanted is None or wanted & set(question.topics))
    ]
    if not chosen:
        raise UserError("the bank has no open questions that fit.", "Ask for another level or role.")
    ranked = [question for _, question in sorted(chosen, key=lambda one: one[0])]
    return Course.of([(question.number, question.topics) for question in ranked]), title


def _hardness(question: Question, item: Item, levels: list[str]) -> tuple[int, float, int]:
    return levels.index(question.level), item.difficulty, question.number


def _level(bank: Bank, held: Interview) -> str:
    """The title of the level that the last questions came from, follow-ups aside."""
    asked = [exchange.question.level for exchange in held.exchanges if not exchange.follow_up]
    titles = {level.slug: level.title for level in bank.spec.levels}
    order = list(titles)
    return titles[max(asked[-3:], key=order.index)] if asked else titles[order[0]]
