"""A learner's settings in the database: what `tuning.Tuning` holds, one named value a row."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import col, select

from quiz.practice.database import Database
from quiz.practice.registering import learner_id
from quiz.practice.tables import LearnerRow, SettingRow
from quiz.practice.tuning import USUAL, Tuning


def tuning_of(database: Database, learner: str) -> Tuning:
    """How the learner wants to be scheduled; the usual way where they have not said."""
    if not database.ready:
        return USUAL
    query = select(SettingRow.name, SettingRow.value).where(
        SettingRow.learner_id == LearnerRow.id, LearnerRow.name == learner
    )
    with database.read() as connection:
        return Tuning.from_dict({row.name: row.value for row in connection.execute(query)})


def tune(database: Database, learner: str, tuning: Tuning) -> None:
    """Keep how the learner wants to be scheduled from now on. What is already scheduled stays."""
    wanted = tuning.checked().as_dict()
    with database.write() as session:
        learner_key = learner_id(session, learner)
        session.execute(delete(SettingRow).where(col(SettingRow.learner_id) == learner_key))
        session.add_all(SettingRow(learner_id=learner_key, name=name, value=wanted[name]) for name in wanted)
