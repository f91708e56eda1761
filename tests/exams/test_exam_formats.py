"""What holds for every format, and the list of them."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from quiz.errors import UserError
from quiz.exams.deliver import NAMES, files_of, format_named
from quiz.exams.paper import Exam
from quiz.items.item import Kind
from tests.conftest import Run
from tests.exams.exam_samples import exam_of, exam_of_each_kind


def exam_for(name: str) -> Exam:
    """An exam of two variants with all the kinds that the format carries."""
    carried = format_named(name).carries
    asked = exam_of_each_kind(2, wrong=0)
    if len(carried) == len(Kind):
        return asked
    return exam_of([candidate for candidate in asked.candidates if candidate.item.kind in carried], 2)


@pytest.mark.parametrize("name", NAMES)
def test_each_format_writes_what_it_says_it_carries_the_same_each_time(name: str) -> None:
    chosen = format_named(name)
    first = chosen.render(exam_for(name))
    assert first
    assert first == chosen.render(exam_for(name))


def test_formats_can_share_a_folder() -> None:
    without_second_size = [name for name in NAMES if not name.endswith("-letter")]
    names = [file for name in without_second_size for file in format_named(name).render(exam_for(name))]
    assert [name for name, times in Counter([*names, "exam.json"]).items() if times > 1] == []


def test_two_formats_that_write_the_same_file_are_refused() -> None:
    with pytest.raises(UserError, match=r"the format docx-letter and another one both write key\.docx"):
        files_of(exam_for("docx"), [format_named("docx"), format_named("docx-letter")])


def test_each_format_is_listed_with_what_it_is_and_what_it_carries(ecsquiz: Run) -> None:
    listed = ecsquiz("exam", "formats").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(NAMES)
    assert next(line for line in listed if line.startswith("kahoot")).endswith("(choice only)")
    data = json.loads(ecsquiz("exam", "formats", "--json").stdout)
    assert {one["name"]: len(one["kinds"]) for one in data} == {
        name: len(format_named(name).carries) for name in NAMES
    }


def test_several_formats_are_made_with_one_record() -> None:
    files = files_of(exam_for("csv"), [format_named("csv"), format_named("gift")])
    assert list(files) == ["items.csv", "exam.gift.txt", "exam.json"]
