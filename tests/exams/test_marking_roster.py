"""The list of the class beside the answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.exams.marking.mark import mark
from quiz.exams.marking.roster import Roster, read_roster
from quiz.exams.marking.sittings import Place, Reading, Sitting
from tests.exams.marking_samples import ALL_RIGHT, sample_examiner, sample_key


def roster(folder: Path, text: str = "Learner ID,Name\na1,Ann\nb2,Bob\n") -> Roster:
    path = folder / "class.csv"
    path.write_text(text)
    return read_roster(path)


def reading(*learners: str) -> Reading:
    return Reading(
        [Sitting(Place(Path("a.csv"), 2), "", "A", learner, "", ALL_RIGHT) for learner in learners]
    )


def test_a_mistyped_id_is_told_and_who_has_no_mark_is_listed(tmp_path: Path) -> None:
    key = sample_key()
    results = mark(reading("A1", "b3"), key, sample_examiner(key), roster=roster(tmp_path))
    assert [(result.learner, result.name) for result in results.results] == [("A1", "Ann")]
    assert [str(problem) for problem in results.problems] == [
        "a.csv:2: nobody in the list of learners has this learner id."
    ]
    assert [learner.id for learner in results.absent] == ["b2"]


def test_who_is_absent_has_a_pseudonym_too(tmp_path: Path) -> None:
    key, names = sample_key(), {"a1": "L-1", "b2": "L-2"}
    results = mark(reading("a1"), key, sample_examiner(key), names=names, roster=roster(tmp_path))
    assert [(learner.id, learner.name) for learner in results.absent] == [("L-2", "")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name,group\nAnn,1\n", "there is no column learner id."),
        ("learner id,name\na1,Ann\nA1,Bob\n", "this learner id stands twice in the list."),
        ("learner id,name\n,\n", "there is nobody in this list."),
        ("learner id,name\na1\n", "this row has 1 cell and the header 2."),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(UserError) as error:
        roster(tmp_path, text)
    assert error.value.message.startswith(fault)
