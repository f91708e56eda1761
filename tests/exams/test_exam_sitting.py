"""A sitting: the paper that a learner sees, the answers so far, and their file."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.exams import record
from quiz.exams.formats import terminal
from quiz.exams.formats.prose import without_controls
from quiz.exams.marking.files import read_sittings
from quiz.exams.sitting.file import Keeper, resume, save
from quiz.exams.sitting.sheet import Sheet, read_sheet, sheet_of
from quiz.exams.sitting.sitting import Sitting, complaint
from quiz.exams.sitting.steps import Command, Step, command_of, is_command
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXAM = exam_of_each_kind()
SHEET = sheet_of(EXAM, EXAM.papers[0])

in_one_folder = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def begun(sheet: Sheet = SHEET) -> Sitting:
    return Sitting(sheet, "s1", "Ann Lee", START)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exam's folder with its record and its papers for `take`."""
    for name, content in {**record.render(EXAM), **terminal.render(EXAM)}.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


# The paper


def test_a_paper_is_the_same_from_the_record_and_from_its_own_file(folder: Path) -> None:
    assert read_sheet(folder, "A") == SHEET
    assert read_sheet(folder / "exam.json", SHEET.paper.lower()) == SHEET
    assert read_sheet(folder / "take-A.json") == SHEET


def test_a_paper_for_take_has_nothing_of_the_key(folder: Path) -> None:
    text = (folder / "take-A.json").read_text()
    for candidate in EXAM.candidates:
        item = candidate.item
        if item.explanation:
            assert json.dumps(item.explanation)[1:-1] not in text
        if item.kind in (Kind.CLOZE, Kind.COMMAND, Kind.RECALL):
            assert not any(json.dumps(answer) in text for answer in item.answers)
    assert not {"letters", "answers", "key_points", "distractors"} & set(json.loads(text)["items"][0])


def test_an_exam_of_several_papers_asks_which_one(folder: Path) -> None:
    with pytest.raises(UserError, match=r"this exam has several papers\. Name one of A, B after the"):
        read_sheet(folder)
    with pytest.raises(UserError, match=r"there is no paper C\. Name one of A, B after the folder\."):
        read_sheet(folder, "C")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "ecsquiz paper", "version": 1}'])
def test_a_file_that_is_no_paper_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "paper.json").write_text(content)
    with pytest.raises(UserError, match=r"this (is no paper|paper is damaged)"):
        read_sheet(tmp_path / "paper.json")


# The course


def test_the_time_goes_on_whether_or_not_the_program_runs() -> None:
    assert begun().limit == START + timedelta(minutes=45)
    assert not begun().is_up(START + timedelta(minutes=44, seconds=59))
    assert begun().is_up(START + timedelta(minutes=45))


def test_a_paper_that_is_handed_in_late_was_handed_in_when_the_time_was_up() -> None:
    assert begun().handed_in(START + timedelta(minutes=50)).ended == START + timedelta(minutes=45)
    assert begun().handed_in(START + timedelta(minutes=5)).ended == START + timedelta(minutes=5)


def test_a_blank_answer_takes_the_answer_back() -> None:
    answered = begun().answering("B").moved_to(2).answering("A")
    assert answered.unanswered == (3, 4, 5, 6)
    assert answered.moved_to(1).answering("  ").unanswered == (1, 3, 4, 5, 6)


@given(st.integers(-5, 5000))
def test_one_is_always_at_an_item(number: int) -> None:
    assert begun().moved_to(number).item.number == min(max(1, number), 6)


def test_a_mark_is_set_and_taken_away() -> None:
    assert begun().with_mark_turned().marked == {1}
    assert begun().with_mark_turned().with_mark_turned().marked == set()


def test_what_could_not_be_marked_is_told_at_once_and_nothing_else() -> None:
    by_kind = {item.kind: item for item in SHEET.items}
    assert complaint(by_kind[Kind.CHOICE], "E") == "There is no such option; the last one is D."
    assert complaint(by_kind[Kind.CHOICE], "A and B") == "More than one option is marked."
    assert complaint(by_kind[Kind.ORDERING], "A B C") == "The letters A to D have to stand here once each."
    assert complaint(by_kind[Kind.MATCHING], "1A 2B 5C") == "There are 4 numbers."
    for kind, answer in {Kind.CHOICE: "b", Kind.ORDERING: "dcba", Kind.MATCHING: "1a 2b"}.items():
        assert not complaint(by_kind[kind], answer)
    for kind in (Kind.CLOZE, Kind.COMMAND, Kind.RECALL):
        assert not complaint(by_kind[kind], "anything at all")


# Commands


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (":n", Command(Step.NEXT)),
        (":BACK", Command(Step.BACK)),
        (" :12", Command(Step.GO, 12)),
        (":go 3", Command(Step.GO, 3)),
        (":e", Command(Step.END)),
        (":?", Command(Step.HELP)),
    ],
)
def test_a_word_after_a_colon_is_a_command(typed: str, command: Command) -> None:
    assert is_command(typed)
    assert command_of(typed) == command


@pytest.mark.parametrize("typed", [":", ":x", ":next item", ":99999"])
def test_other_words_after_a_colon_are_neither_command_nor_answer(typed: str) -> None:
    assert is_command(typed)
    assert command_of(typed) is None


# The file


WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), max_size=20
)


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    """Any state of a sitting."""
    sitting = begun()
    for number in draw(st.lists(st.integers(1, 6))):
        sitting = sitting.moved_to(number).answering(draw(st.text(st.characters(codec="utf-8"), max_size=20)))
        sitting = sitting.with_mark_turned() if draw(st.booleans()) else sitting
    return sitting.handed_in(START + timedelta(minutes=3)) if draw(st.booleans()) else sitting


@in_one_folder
@given(sittings())
def test_a_sitting_goes_on_as_it_was_saved(tmp_path: Path, sitting: Sitting) -> None:
    save(tmp_path / "s1.json", sitting)
    assert resume(tmp_path / "s1.json", SHEET, "s1") == sitting


@in_one_folder
@given(sittings())
def test_the_file_of_a_sitting_is_what_marking_reads(tmp_path: Path, sitting: Sitting) -> None:
    save(tmp_path / "s1.json", sitting)
    reading = read_sittings([tmp_path / "s1.json"])
    # What was not handed in is marked as it stands, and told.
    assert bool(reading.problems) == (sitting.ended is None)
    (read,) = reading.sittings
    assert (read.exam, read.paper, read.learner, read.name) == (EXAM.id, SHEET.paper, "s1", "Ann Lee")
    shown = {number: without_controls(text).strip() for number, text in sitting.answers.items()}
    assert read.answers == {number: text for number, text in shown.items() if text}


def test_a_file_that_cannot_be_written_leaves_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "s1.json", begun().answering("B"))

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UserError, match="the answers cannot be saved: No space left on device"):
        save(tmp_path / "s1.json", begun().answering("C"))
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["s1.json"]
    found = resume(tmp_path / "s1.json", SHEET, "s1")
    assert found
    assert found.answers == {1: "B"}


def test_a_sitting_of_another_paper_or_learner_is_not_gone_on_with(tmp_path: Path) -> None:
    save(tmp_path / "s1.json", begun())
    with pytest.raises(UserError, match=rf"this is a sitting of paper {SHEET.paper} by s1\. Choose another"):
        resume(tmp_path / "s1.json", SHEET, "s2")
    with pytest.raises(UserError, match="this is a sitting of paper"):
        resume(tmp_path / "s1.json", sheet_of(EXAM, EXAM.papers[1]), "s1")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"format": "ecsquiz sitting", "version": 1}', '{"format": "x"}']
)
def test_a_file_that_is_no_sitting_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "s1.json").write_text(content)
    with pytest.raises(UserError, match=r"this is no sitting that can be gone on with\. Choose"):
        resume(tmp_path / "s1.json", SHEET, "s1")
    assert (tmp_path / "s1.json").read_text() == content


def test_two_windows_do_not_write_over_one_another(tmp_path: Path) -> None:
    first, second = Keeper(tmp_path / "s1.json"), Keeper(tmp_path / "s1.json")
    first(begun().answering("A"))
    second(begun().answering("B"))
    with pytest.raises(UserError, match=r"goes on in another window\. Go on there, or start"):
        first(begun().answering("AA"))
    second(begun().answering("BB"))
    found = resume(tmp_path / "s1.json", SHEET, "s1")
    assert found
    assert found.answers == {1: "BB"}
