"""GIFT, as gift-pegjs reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.exams.formats import gift, html_text
from quiz.exams.paper import Exam
from quiz.exams.pool import Candidate
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of, exam_of_each_kind, item_of_each_kind
from tests.exams.gift_reader import read_gift


def read(exam: Exam) -> list[dict[str, Any]]:
    return read_gift(gift.render(exam)[gift.FILE_NAME])


def question(kind: Kind, exam: Exam | None = None) -> dict[str, Any]:
    """The first question of a kind, by the id that it was given."""
    return next(q for q in read(exam or exam_of_each_kind(1)) if f"/{kind}/" in (q.get("id") or ""))


def test_each_kind_becomes_a_question_of_its_type() -> None:
    types = {q["id"].split("/")[1]: q["type"] for q in read(exam_of_each_kind(1)) if q.get("id")}
    assert types == {
        "choice": "MC",
        "cloze": "Short",
        "matching": "Matching",
        "ordering": "Matching",
        "command": "Essay",
        "recall": "Essay",
    }


def test_a_choice_keeps_the_order_of_the_paper_and_takes_points_off() -> None:
    exam = exam_of_each_kind(1, wrong=0.5)
    placed = next(p for p in exam.papers[0].items if p.item.kind is Kind.CHOICE)
    choices = question(Kind.CHOICE, exam)["choices"]
    assert [c["text"]["text"] for c in choices] == [html_text.inline(option) for option in placed.options]
    assert [c["isCorrect"] for c in choices] == [option in placed.item.answers for option in placed.options]
    assert {c["weight"] for c in choices if not c["isCorrect"]} == {-50}


def test_without_negative_marking_there_are_no_weights() -> None:
    choices = question(Kind.CHOICE, exam_of_each_kind(1, wrong=0))["choices"]
    assert {c["weight"] for c in choices} == {None}


def test_a_cloze_has_its_gap_within_the_sentence_and_accepts_each_answer() -> None:
    cloze = question(Kind.CLOZE)
    assert cloze["hasEmbeddedAnswers"]
    assert "has _____ seconds" in cloze["stem"]["text"]
    assert [c["text"]["text"] for c in cloze["choices"]] == ["30", "thirty"]


def test_a_matching_carries_its_pairs_and_what_fits_nothing() -> None:
    pairs = {p["subquestion"]["text"]: p["subanswer"] for p in question(Kind.MATCHING)["matchPairs"]}
    matching = next(item for item in item_of_each_kind() if item.kind is Kind.MATCHING)
    right = dict(zip(matching.prompts, matching.answers, strict=True))
    assert pairs == {**right, "": matching.distractors[0]}


def test_an_ordering_is_a_matching_of_places_with_steps() -> None:
    pairs = [(p["subquestion"]["text"], p["subanswer"]) for p in question(Kind.ORDERING)["matchPairs"]]
    assert pairs[0] == ("Step 1", "The image is pulled")
    assert pairs[3] == ("Step 4", "Traffic comes")


def test_the_solution_is_the_feedback() -> None:
    assert "<table>" in question(Kind.RECALL)["globalFeedback"]["text"]
    assert "aws ecs list-tasks" in question(Kind.COMMAND)["globalFeedback"]["text"]
    assert "<strong>execution role</strong>" in question(Kind.CHOICE)["globalFeedback"]["text"]


def test_ids_topics_and_levels_are_told() -> None:
    assert question(Kind.CHOICE)["tags"] == ["easy", "roles"]


def test_no_title_tells_the_id_of_an_item_which_can_tell_its_answer() -> None:
    assert question(Kind.CLOZE)["title"] == "04, question 1, cloze"


def test_each_variant_is_a_category() -> None:
    exam = exam_of_each_kind(2)
    titles = [q["title"] for q in read(exam) if q["type"] == "Category"]
    assert titles == [f"$course$/top/All kinds ({exam.id})/Variant {label}" for label in "AB"]


def test_points_off_that_moodle_has_no_grade_for_are_refused() -> None:
    with pytest.raises(UserError, match="no grade of -37 %"):
        gift.render(exam_of_each_kind(1, wrong=0.37))


signs = st.text(st.sampled_from("\\~=#{}:%->/ \n\tax*[]"), min_size=1).filter(
    lambda words: bool(words.strip())
)


@settings(deadline=None, max_examples=15)
@given(signs, signs, signs)
def test_signs_of_the_format_are_read_as_they_were_written(stem: str, right: str, wrong: str) -> None:
    item = replace(
        item_of_each_kind()[0], stem=f"Q {stem}", answers=(f"R {right}",), distractors=(f"W{wrong}",)
    )
    found = question(Kind.CHOICE, exam_of([Candidate(item, exam_of_each_kind(1).candidates[0].question)]))
    assert found["stem"]["text"] == html_text.block(item.stem)
    options = {c["isCorrect"]: c["text"]["text"] for c in found["choices"]}
    assert options[True] == html_text.inline(item.answers[0])
    assert options[False] == html_text.inline(item.distractors[0])
