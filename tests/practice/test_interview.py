"""A mock interview: follows the answers, gives nothing away, and ends with a scorecard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from quiz.grading.grade import Grade, PointGrade, Rating, Verdict
from quiz.practice.interview.conversation import Interview, Limits
from quiz.practice.interview.course import Course, follow_up
from quiz.practice.interview.rendering import markdown
from quiz.practice.interview.scorecard import Exchange, scorecard
from quiz.practice.screen import Screen
from quiz.practice.world import World
from quiz.source.question import FollowUp, KeyPoint, Question
from tests.conftest import Run
from tests.practice.practice_samples import MINUTE, NOW

POINT = KeyPoint("The **execution role** pulls the image.", ("execution role",))


def question(number: int, *, level: str = "basics", topic: str = "roles", lab: str | None = None) -> Question:
    follow_ups = (
        FollowUp("What pulls the image?", number + 1),
        FollowUp("What would you cook?", number + 2),
        FollowUp("And who answers that?"),
    )
    prompt = f"How does thing {number} pull an image?" if number % 2 == 0 else f"Why is thing {number} red?"
    return Question(
        number, level, (topic,), prompt, "Short.", key_points=(POINT,), follow_ups=follow_ups, lab=lab
    )


def graded(score: float, *, certain: bool = True) -> Grade:
    verdict = Verdict.COVERED if score > 0.5 else Verdict.MISSED
    return Grade(score, Rating.GOOD, (PointGrade(POINT, verdict, score, (), ""),), (), certain)


COURSE = Course.of([(number, (f"topic {number % 3}",)) for number in range(1, 31)])


def played(scores: list[float]) -> list[int]:
    """The questions that are asked, where all answers to them score so."""
    course, random, asked = COURSE, Random("x"), []
    for score in scores:
        number = course.next(random)
        assert number is not None
        asked.append(number)
        course = course.answered(question(number), score)
    return asked


def test_good_answers_lead_to_harder_questions_and_poor_ones_to_easier() -> None:
    assert max(played([1.0] * 8)) > 25
    assert max(played([0.0] * 8)) < 12


@given(st.lists(st.floats(0, 1), max_size=30))
def test_no_question_is_asked_twice_and_the_course_ends(scores: list[float]) -> None:
    asked = played(scores)
    assert len(set(asked)) == len(asked)


def test_when_all_is_asked_there_is_no_next_question() -> None:
    assert replace(COURSE, asked=frozenset(range(1, 31))).next(Random(1)) is None


def test_neighbouring_questions_speak_of_different_topics() -> None:
    asked = [number % 3 for number in played([0.55] * 6)]
    assert all(one != other for one, other in pairwise(asked))


def test_an_answer_that_cannot_be_graded_moves_nothing() -> None:
    assert COURSE.answered(question(3), None).place == COURSE.place
    assert COURSE.answered(question(3), 0.0, follow_up=True).place == COURSE.place


def test_the_follow_up_is_the_one_nearest_to_what_was_missed() -> None:
    prompts = {5: "Who pulls the image, by which role?", 6: "How long does soup simmer?"}
    found = follow_up(question(4), ["The execution role pulls the image"], frozenset({4}), prompts)
    assert found is not None
    assert found.number == 5
    assert follow_up(question(4), ["Salt the soup"], frozenset({5}), prompts) == question(4).follow_ups[1]


def test_nothing_missed_or_nothing_left_means_no_follow_up() -> None:
    assert follow_up(question(4), [], frozenset(), {5: "x", 6: "y"}) is None
    assert follow_up(question(4), ["x"], frozenset({5, 6}), {5: "x", 6: "y"}) is None
    assert follow_up(question(4), ["x"], frozenset(), {}) is None


def test_a_scorecard_knows_strengths_gaps_reading_and_labs() -> None:
    exchanges = [
        Exchange(question(1, topic="roles"), "Why?", "a", graded(0.9), 60),
        Exchange(question(2, topic="pull", lab="broken-pull"), "How?", "b", graded(0.2), 30),
        Exchange(question(3, topic="pull"), "What?", "", None, 5),
        Exchange(question(4, topic="network"), "Who?", "c", graded(0.0, certain=False), 5),
    ]
    card = scorecard(exchanges, {"roles": "Roles", "pull": "Pulling"}, "Basics")
    assert card.score == pytest.approx((0.9 + 0.2 + 0) / 3)
    assert [(one.title, one.questions) for one in card.topics] == [("Roles", 1), ("Pulling", 2)]
    assert (card.strengths, card.gaps, card.labs) == (("Roles",), ("Pulling",), ("broken-pull",))
    assert [one.number for one in card.reading] == [3, 2, 4]
    text = markdown(card, "Interview")
    assert "**Overall: 37%**, over 4 questions in 2 minutes." in text
    assert "- `ecsquiz lab start broken-pull`" in text
    assert "You passed." in text
    assert "judge it yourself" in text
    assert "Key points:" in text


@dataclass
class Stage:
    """An interview with typed lines, whose clock advances a minute with each."""

    lines: list[str]
    now: datetime = NOW
    shown: StringIO = field(default_factory=StringIO)

    def read(self, _prompt: str) -> str:
        self.now += MINUTE
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def play(self, scores: Iterator[float], minutes: float = 60, questions: int | None = None) -> Interview:
        world = World(self.read, lambda _stem: "Written elsewhere.", lambda: self.now, UTC, interactive=True)
        screen = Screen(Console(file=self.shown, width=80, highlight=False))
        bank = {number: question(number) for number in range(1, 10)}
        held = Interview(screen, world, bank, lambda _asked, _answer: graded(next(scores)))
        course = Course.of([(number, asked.topics) for number, asked in bank.items()])
        held.run(course, Limits(NOW + timedelta(minutes=minutes), questions), Random(1))
        return held


def test_nothing_is_said_of_right_and_wrong_before_the_end() -> None:
    stage = Stage(["first", "", "second", "", "q"])
    stage.play(iter([0.9, 0.9]))
    for word in ("%", "Missed", "Covered", "execution role", "Rated"):
        assert word not in stage.shown.getvalue()


def test_what_was_missed_is_asked_after_once() -> None:
    held = Stage(["first", "", "second", "", "third", "", "q"]).play(iter([0.1, 0.1, 0.1]))
    assert [exchange.follow_up for exchange in held.exchanges] == [False, True, False]
    assert held.exchanges[1].question.number in {
        following.number for following in held.exchanges[0].question.follow_ups
    }


def test_s_passes_e_opens_the_editor_and_the_end_of_input_ends_it() -> None:
    held = Stage(["", "s", "e", "one", "two"]).play(iter([0.9, 0.9]))
    assert [exchange.answer for exchange in held.exchanges] == ["", "Written elsewhere.", "one\ntwo"]
    assert held.exchanges[0].grade is None


def test_it_ends_in_time_or_after_so_many_questions() -> None:
    lines = ["answer", ""] * 9
    assert len(Stage(list(lines)).play(iter([0.9] * 9), minutes=5).exchanges) == 3
    assert len(Stage(list(lines)).play(iter([0.9] * 9), questions=2).exchanges) == 2


ROLE = """
[[roles]]
slug = "ops"
title = "Operations"
topics = ["images"]
"""


def test_the_command_interviews_and_writes_the_scorecard(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    toml = bank_folder / "bank.toml"
    toml.write_text(toml.read_text() + ROLE)
    for suffix, begins in ((".md", "# Interview"), (".html", "<!doctype html>"), (".json", "{")):
        out = tmp_path / f"card{suffix}"
        held = ecsquiz(
            "interview",
            "--role",
            "ops",
            "--out",
            str(out),
            "--bank",
            str(bank_folder),
            stdin="No idea.\n\nq\n",
        )
        assert (held.returncode, held.stderr) == (0, f"Wrote {out}\n")
        assert out.read_text().startswith(begins)
    assert "# Interview, Small bank, Operations: scorecard" in held.stdout
    assert [one["answer"] for one in json.loads(out.read_text())["exchanges"]] == ["No idea."]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--role", "pilot"), 1, "there is no role `pilot`"),
        (("--level", "basic"), 1, "Try basics"),
        (("--out", "card.pdf"), 2, ".html"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_asked(
    ecsquiz: Run, bank_folder: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    refused = ecsquiz("interview", *options, "--bank", str(bank_folder))
    assert (refused.returncode, refused.stdout) == (code, "")
    assert said in refused.stderr


def test_a_role_must_name_topics_of_the_bank(ecsquiz: Run, bank_folder: Path) -> None:
    toml = bank_folder / "bank.toml"
    toml.write_text(toml.read_text() + ROLE.replace('"images"', '"cooking"'))
    refused = ecsquiz("interview", "--bank", str(bank_folder))
    assert (refused.returncode, "the role `ops` must name topics" in refused.stderr) == (1, True)
