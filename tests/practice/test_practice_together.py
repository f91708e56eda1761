"""Several processes on one SQLite file, from the first moment of it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.practice.combining import replayed, schedule_of
from quiz.practice.database import MIGRATIONS, versions
from quiz.practice.history import LearnerHistory, PastReview, to_json
from quiz.practice.tuning import USUAL
from tests.practice.databases import database_of, history, older, state
from tests.practice.scripted import Command, Kept, bank_of_many, kept, needs_fork, script, states, together

pytestmark = needs_fork

ROUNDS = 4


def drill(bank: Path, learner: str, kind: str = "recall") -> tuple[str, ...]:
    return ("practice", "--bank", str(bank), "--learner", learner, "--kind", kind, "--new", "40")


def reviews_of(known: LearnerHistory) -> dict[str, tuple[PastReview, ...]]:
    return {item.key: item.reviews for bank in known.banks for item in bank.items}


def test_sessions_that_begin_together_on_no_database_lose_nothing(bank_folder: Path, tmp_path: Path) -> None:
    bank = bank_of_many(bank_folder)
    chance = random.Random(3)
    for number in range(ROUNDS):
        database = tmp_path / f"progress-{number}.sqlite"
        scripts = {f"learner {place}": script(chance, f"{number} {place}", 6) for place in range(4)}
        together(
            *(
                Command(drill(bank, name), "".join(step.typed for step in steps), database, tmp_path / name)
                for name, steps in scripts.items()
            )
        )
        found = kept(database)
        for name, steps in scripts.items():
            assert found.get(name, Kept()) == states(steps)[-1]


def test_two_sessions_of_one_learner_build_on_each_others_reviews(bank_folder: Path, tmp_path: Path) -> None:
    bank = bank_of_many(bank_folder)
    database = tmp_path / "progress.sqlite"
    typed = ["".join(f"{name} {number}\n\n3\n" for number in range(30)) for name in ("one", "other")]
    # The same seed: so both are asked the same at nearly the same time.
    together(
        *(Command((*drill(bank, "me"), "--seed", "1"), text, database, tmp_path / text[:3]) for text in typed)
    )
    assert len(kept(database)["me"].answers) == 60
    (found,) = state(database).banks
    assert len(found.items) == 30
    for item in found.items:
        assert {review.answer.split()[0] for review in item.reviews} == {"one", "other"}
        assert item.schedule
        assert schedule_of(item.schedule) == replayed(item.reviews, USUAL)[-1]


def test_a_merge_and_a_session_at_once_lose_nothing(bank_folder: Path, tmp_path: Path) -> None:
    bank = bank_of_many(bank_folder)
    database = database_of(tmp_path / "made", history(range(1, 31)))
    file = tmp_path / "other.json"
    file.write_text(to_json(history(range(20, 120), "no")))
    typed = "".join(f"mine {number}\n\n3\n" for number in range(30))
    together(
        Command(drill(bank, "me"), typed, database, tmp_path / "drill"),
        Command(("progress", "merge", str(file)), "", database, tmp_path / "merge"),
        Command(("progress", "doctor"), "", database, tmp_path / "doctor"),
    )
    answers = kept(database)["me"].answers
    assert [answer for answer in answers if answer.startswith("mine")] == [
        f"mine {number}" for number in range(30)
    ]
    assert len(answers) == 30 + 5 * 119


@pytest.mark.parametrize("number", range(2))
def test_sessions_that_begin_together_on_an_older_database_upgrade_it_once(
    number: int, bank_folder: Path, tmp_path: Path
) -> None:
    bank = bank_of_many(bank_folder)
    before = history(range(1, 31))
    database = older(database_of(tmp_path / "made", before))
    together(
        *(
            Command(drill(bank, f"learner {place}"), "yes\n\n3\n", database, tmp_path / f"{place}")
            for place in range(4)
        )
    )
    assert reviews_of(state(database)) == reviews_of(before)
    assert {name: len(learner.answers) for name, learner in kept(database).items()} == {
        "me": 150,
        **{f"learner {place}": 1 for place in range(4)},
    }
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (versions(MIGRATIONS)[-1],)
        ]
    copies = list(database.parent.glob("old-before-*.sqlite"))
    assert copies
    for copy in copies:
        assert len(kept(copy)["me"].answers) == 150
