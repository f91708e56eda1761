"""From sittings to results: who is marked, who is not, and what the trainer settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.exams.marking import review
from quiz.exams.marking.judging import State
from quiz.exams.marking.mark import mark
from quiz.exams.marking.results import Results
from quiz.exams.marking.review import Decisions, read_decisions
from quiz.exams.marking.sittings import Place, Reading, Sitting
from tests.exams.marking_samples import ALL_RIGHT, EXAM, sample_examiner, sample_key

KEY = sample_key(wrong=0.5)
EXAMINER = sample_examiner(KEY)
OTHER_EXAM = f"this answers a paper of exam ABCD-1234, and the key is that of {EXAM}."


def sitting(
    line: int = 2, paper: str = f"{EXAM}-A", learner: str = "s1", answers: Mapping[int, str] = ALL_RIGHT
) -> Sitting:
    return Sitting(Place(Path("answers.csv"), line), "", paper, learner, f"Name of {learner}", answers)


def marked(*sittings: Sitting, decisions: Decisions | None = None) -> Results:
    return mark(Reading(list(sittings)), KEY, EXAMINER, decisions=decisions)


def said(results: Results) -> list[str]:
    return [str(problem) for problem in results.problems]


def test_a_perfect_sitting_earns_all_points_and_passes() -> None:
    (result,) = marked(sitting()).results
    assert (result.points, result.of, result.passed) == (13, 13, True)


@pytest.mark.parametrize("paper", ["A", "a", "7qk4-m2xd-a", " 7QK4-M2XD-A "])
def test_a_paper_is_named_by_its_label_or_its_id(paper: str) -> None:
    (result,) = marked(sitting(paper=paper)).results
    assert result.paper == f"{EXAM}-A"


def test_what_is_taken_off_never_leads_below_nothing() -> None:
    (result,) = marked(sitting(answers={1: "A"})).results
    assert result.marks[0].points == -0.5
    assert result.points == 0


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (sitting(learner=""), "there is no learner id, so nobody can be given this mark."),
        (sitting(paper=""), f"it does not say which paper it answers; the papers are {EXAM}-A, {EXAM}-B."),
        (sitting(paper="Q"), f"there is no such paper; the papers are {EXAM}-A, {EXAM}-B."),
        (
            sitting(paper="ABCD-1234-A"),
            f"this answers a paper of exam ABCD-1234, and the key is that of {EXAM}.",
        ),
        (
            replace(sitting(), exam="ABCD-1234"),
            f"this answers a paper of exam ABCD-1234, and the key is that of {EXAM}.",
        ),
    ],
)
def test_what_belongs_to_nobody_or_to_no_paper_is_told_and_the_rest_is_marked(
    bad: Sitting, fault: str
) -> None:
    results = marked(bad, sitting(3, learner="s2"))
    assert [result.learner for result in results.results] == ["s2"]
    assert said(results) == [f"answers.csv:2: {fault}"]


def test_the_same_answers_twice_are_marked_once_and_told() -> None:
    results = marked(sitting(2), sitting(3))
    assert len(results.results) == 1
    assert said(results) == [
        "answers.csv:3: the same answers stand also at answers.csv:2: it was marked once."
    ]


def test_two_sets_of_answers_of_one_learner_are_not_marked() -> None:
    results = marked(sitting(2), sitting(3, learner="S1", answers={1: "A"}))
    assert results.results == ()
    assert said(results)[0] == (
        "answers.csv:2: this learner has other answers at answers.csv:3: neither was marked; keep one."
    )
    assert len(results.problems) == 2


def test_an_answer_to_an_item_that_the_paper_has_not_is_told() -> None:
    results = marked(sitting(answers={**ALL_RIGHT, 7: "A"}))
    assert said(results) == [f"answers.csv:2: item 7: paper {EXAM}-A has no such item."]


def test_two_options_for_one_item_are_told_and_the_rest_of_the_sitting_is_marked() -> None:
    results = marked(sitting(answers={**ALL_RIGHT, 1: "A,B"}))
    assert said(results) == ["answers.csv:2: item 1: more than one option is marked."]
    assert results.results[0].points == 12
    assert [doubt.number for doubt in results.results[0].doubts()] == [1]


def test_near_the_pass_line_everything_that_is_less_than_certain_is_looked_at() -> None:
    near = {1: "B", 2: "other", 3: "BDCA", 4: "CDB", 5: "", 6: ""}
    (result,) = marked(sitting(answers=near)).results
    assert result.near
    assert [doubt.number for doubt in result.doubts()] == [2]
    (far,) = marked(sitting(answers={2: "other"})).results
    assert not far.doubts()


def test_pseudonyms_leave_no_name_and_no_id() -> None:
    results = mark(Reading([sitting()]), KEY, EXAMINER, names={"s1": "L-ABCDE"})
    assert results.results[0].learner == "L-ABCDE"
    assert results.results[0].name == ""


# The review list


DOUBTFUL = {**ALL_RIGHT, 1: "A,B", 6: "=It has a great many uses in modern enterprises of today"}


def written(folder: Path, results: Results, **settled: str) -> Path:
    """The review list with decisions by number, as in `_1="0.5"`."""
    header, *rows = review.as_csv(results).splitlines()
    for name, points in settled.items():
        number = name.removeprefix("_")
        place = next(index for index, row in enumerate(rows) if row.split(",")[2] == number)
        rows[place] = f"{rows[place].removesuffix(',,')},{points},looked at"
    path = folder / "review.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_the_review_list_names_what_to_look_at_and_why() -> None:
    rows = review.as_csv(marked(sitting(answers=DOUBTFUL))).splitlines()
    assert rows[0].startswith("learner id,paper,number,item,question,answer,key points,points,of,reason")
    assert rows[1].startswith(f"s1,{EXAM}-A,1,1/choice/roles,")
    assert "more than one option is marked" in rows[1]
    assert "low confidence" in rows[2]


def test_nothing_in_the_review_list_is_a_formula_for_a_spreadsheet() -> None:
    assert ",'=It has" in review.as_csv(marked(sitting(answers=DOUBTFUL)))


def test_what_the_trainer_settles_counts(tmp_path: Path) -> None:
    first = marked(sitting(answers=DOUBTFUL))
    path = written(tmp_path, first, _1="1", _6="1.5")
    results = marked(sitting(answers=DOUBTFUL), decisions=read_decisions(path))
    marks = {found.number: found for found in results.results[0].marks}
    assert (marks[1].state, marks[1].points, marks[6].points) == (State.SETTLED, 1, 1.5)
    assert marks[6].remarks[-1] == "looked at"
    assert results.problems == ()
    assert not results.results[0].doubts()


def test_settled_rows_stay_in_the_list_so_that_it_can_be_handed_in_again(tmp_path: Path) -> None:
    path = written(tmp_path, marked(sitting(answers=DOUBTFUL)), _1="1")
    once = marked(sitting(answers=DOUBTFUL), decisions=read_decisions(path))
    path.write_text(review.as_csv(once))
    again = marked(sitting(answers=DOUBTFUL), decisions=read_decisions(path))
    assert again.results == once.results
    assert review.as_csv(again) == review.as_csv(once)


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        ("2", "2 is not between -0.5 and 1 points."),
        ("all", "the column settled takes a number of points, such as 1.5."),
    ],
)
def test_a_decision_that_cannot_be_is_told_and_changes_nothing(
    tmp_path: Path, points: str, fault: str
) -> None:
    path = written(tmp_path, marked(sitting(answers=DOUBTFUL)), _1=points)
    results = marked(sitting(answers=DOUBTFUL), decisions=read_decisions(path))
    assert f"{path}:2: {fault}" in said(results)
    assert results.results[0].marks[0].state is State.UNREADABLE


def test_a_decision_about_an_answer_that_has_changed_is_not_used(tmp_path: Path) -> None:
    path = written(tmp_path, marked(sitting(answers=DOUBTFUL)), _1="1")
    results = marked(sitting(answers={**DOUBTFUL, 1: "C,D"}), decisions=read_decisions(path))
    assert f"{path}:2: the answer is another one by now; settle it again." in said(results)


def test_a_decision_about_nobodys_answer_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, marked(sitting(answers=DOUBTFUL)), _1="1")
    results = marked(sitting(learner="s2"), decisions=read_decisions(path))
    assert said(results) == [f"{path}:2: no sitting has this answer; nothing was settled."]
