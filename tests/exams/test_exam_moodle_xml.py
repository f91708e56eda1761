"""Moodle XML, by the elements that Moodle's importer reads."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from quiz.errors import UserError
from quiz.exams.formats import html_text, moodle_xml
from quiz.exams.paper import Exam
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from tests.exams.exam_samples import exam_of, exam_of_each_kind, item_of_each_kind, sample_question


def quiz(exam: Exam) -> Element:
    return fromstring(moodle_xml.render(exam)[moodle_xml.FILE_NAME])


def question(kind: Kind, exam: Exam | None = None) -> Element:
    found = quiz(exam or exam_of_each_kind(1))
    return next(q for q in found if f"/{kind}/" in (q.findtext("idnumber") or ""))


def of_item(item: Item) -> Element:
    return quiz(exam_of([Candidate(item, sample_question(1))]))[1]


def test_each_kind_becomes_a_question_of_its_type() -> None:
    questions = [q for q in quiz(exam_of_each_kind(1)) if q.get("type") != "category"]
    types = {q.findtext("idnumber", "").split("/")[1]: q.get("type") for q in questions}
    assert types == {
        "choice": "multichoice",
        "cloze": "shortanswer",
        "matching": "match",
        "ordering": "ordering",
        "command": "essay",
        "recall": "essay",
    }


def test_points_are_the_grade_and_points_off_a_negative_share() -> None:
    choice = question(Kind.CHOICE, exam_of_each_kind(1, wrong=0.25))
    assert choice.findtext("defaultgrade") == "1"
    assert sorted(a.get("fraction", "") for a in choice.findall("answer")) == ["-25", "-25", "-25", "100"]


def test_a_choice_keeps_the_order_of_the_paper() -> None:
    placed = next(p for p in exam_of_each_kind(1).papers[0].items if p.item.kind is Kind.CHOICE)
    choice = question(Kind.CHOICE)
    assert choice.findtext("shuffleanswers") == "false"
    options = [answer.findtext("text") for answer in choice.findall("answer")]
    assert options == [html_text.inline(option) for option in placed.options]


def test_a_cloze_keeps_the_gap_into_which_moodle_puts_its_field() -> None:
    cloze = question(Kind.CLOZE)
    assert "has _____ seconds" in cloze.findtext("questiontext/text", "")
    assert [a.findtext("text") for a in cloze.findall("answer")] == ["30", "thirty"]
    assert {a.get("fraction") for a in cloze.findall("answer")} == {"100"}


def test_an_asterisk_in_an_answer_is_no_wildcard() -> None:
    cloze = replace(item_of_each_kind()[1], answers=("arn:aws:ecs:*",))
    assert of_item(cloze).findtext("answer/text") == "arn:aws:ecs:\\*"


def test_an_ordering_lists_its_steps_in_the_right_order_and_grades_each_place() -> None:
    ordering = question(Kind.ORDERING)
    steps = [answer.findtext("text") for answer in ordering.findall("answer")]
    assert steps == ["The image is pulled", "The container starts", "Health checks pass", "Traffic comes"]
    assert ordering.findtext("gradingtype") == "ABSOLUTE_POSITION"


def test_a_matching_has_a_right_side_without_a_left_one_for_what_fits_nothing() -> None:
    pairs = {
        s.findtext("text"): s.findtext("answer/text") for s in question(Kind.MATCHING).findall("subquestion")
    }
    assert pairs["awsvpc"] == "an interface of its own"
    assert pairs[""] == "a second subnet"


def test_graders_of_free_text_see_the_key_points_and_the_model_answer() -> None:
    guide = question(Kind.RECALL).findtext("graderinfo/text", "")
    assert "Key points:" in guide
    assert "<table>" in guide
    assert "aws ecs list-tasks" in question(Kind.COMMAND).findtext("graderinfo/text", "")


def test_explanations_are_the_feedback() -> None:
    feedback = question(Kind.CHOICE).findtext("generalfeedback/text", "")
    assert feedback == "<p>See roles. The <strong>execution role</strong> reads secrets &lt; start.</p>"


def test_each_variant_and_section_is_a_category() -> None:
    exam = exam_of_each_kind(2)
    names = [c.findtext("category/text") for c in quiz(exam).findall("question[@type='category']")]
    top = f"$course$/top/All kinds ({exam.id})"
    assert names == [f"{top}/Variant {label}/{part}" for label in "AB" for part in ("Letters", "Words")]


def test_instructions_are_told_with_the_first_category() -> None:
    exam = exam_of_each_kind(1)
    exam = replace(exam, blueprint=replace(exam.blueprint, instructions="No books."))
    infos = [c.findtext("info/text") for c in quiz(exam).findall("question[@type='category']")]
    assert infos == ["<p>No books.</p>\n<p>Use <strong>capitals</strong>.</p>", ""]


def test_no_name_tells_the_id_of_an_item_which_can_tell_its_answer() -> None:
    assert question(Kind.CLOZE).findtext("name/text") == "04, question 1, cloze"


def test_a_slash_in_a_title_makes_no_category() -> None:
    exam = exam_of_each_kind(1)
    exam = replace(exam, blueprint=replace(exam.blueprint, title="Networks/roles"))
    assert "Networks//roles (" in quiz(exam)[0].findtext("category/text", "")


def test_a_long_id_is_cut_to_what_moodle_stores_and_stays_apart_from_others() -> None:
    ids = [
        of_item(replace(item_of_each_kind()[0], key="k" * 120 + end)).findtext("idnumber", "") for end in "ab"
    ]
    assert [len(name) for name in ids] == [100, 100]
    assert ids[0] != ids[1]


def test_points_off_that_moodle_has_no_grade_for_are_refused() -> None:
    with pytest.raises(UserError, match=r"Moodle cannot take 0\.37 off"):
        moodle_xml.render(exam_of_each_kind(1, wrong=0.37))
