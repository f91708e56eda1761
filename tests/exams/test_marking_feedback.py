"""The sheet for one learner, and the page about the class."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quiz.exams.formats import html_text, prose
from quiz.exams.marking.files import read_sittings
from quiz.exams.marking.item_analysis import analyse
from quiz.exams.marking.mark import mark
from quiz.exams.marking.report.class_page import class_page
from quiz.exams.marking.report.feedback import Answered, answered, feedback_page, literal, to_read, topics_of
from quiz.exams.marking.report.feedback_document import feedback_document
from quiz.exams.marking.results import Result, Results
from quiz.exams.marking.sittings import Place, Reading, Sitting
from quiz.exams.marking.summary import summarise
from quiz.exams.typesetting import typeset
from tests.exams.marking_samples import ALL_RIGHT, EXAM, sample_examiner, sample_key

KEY = sample_key()
EXAMINER = sample_examiner(KEY)
PAPER = KEY.papers["A"]


def marked(*answers: dict[int, str]) -> Results:
    sittings = [
        Sitting(Place(Path("a.csv"), index + 2), "", "A", f"s{index}", f"Ann {index}", given)
        for index, given in enumerate(answers)
    ]
    return mark(Reading(sittings), KEY, EXAMINER)


def result_of(**changes: str) -> Result:
    """Of all right answers, but for some: `_1="A"`."""
    given = ALL_RIGHT | {int(name.removeprefix("_")): answer for name, answer in changes.items()}
    return marked(given).results[0]


def entry(number: int, answer: str) -> Answered:
    return list(answered(result_of(**{f"_{number}": answer}), PAPER))[number - 1]


def test_letters_come_with_the_words_behind_them() -> None:
    assert entry(1, "a").said == "A. The code"
    assert entry(1, "a").right == "B. The agent"
    assert "- service: **C. runs copies**" in entry(4, "ABC").right
    assert (
        entry(4, "1A 3B").said
        == "- service: A. is a bill\n- task: nothing\n- task definition: B. is the plan"
    )
    assert entry(3, "ABCD").said.startswith("- A. Watch\n- B. Pull")
    assert entry(3, "ABCD").right.startswith("- B. Pull\n- D. Create")


def test_what_cannot_be_read_is_shown_as_it_was_written() -> None:
    assert entry(1, "A,B").said == r"A,B  "


def test_a_command_is_shown_as_code_whatever_is_in_it() -> None:
    assert entry(5, "aws ```x```").said == "````\naws ```x```\n````"


def test_nothing_is_explained_where_all_was_right() -> None:
    for number in (1, 2, 3, 4, 5):
        found = entry(number, ALL_RIGHT[number])
        assert (found.right, found.why) == ("", "")


def test_a_free_answer_is_shown_with_its_key_points_and_the_model() -> None:
    page = feedback_page(result_of(_6="The execution role is used by ECS to pull the image."), KEY, PAPER)
    assert '<span class="right">Covered</span>: The execution role is used by ECS to pull the image' in page
    assert '<span class="wrong">Missed</span>: It reads secrets before the code runs' in page
    assert "Model answer" in page


def test_what_was_weak_is_what_to_read() -> None:
    entries = list(answered(result_of(_1="A", _4="1C"), PAPER))
    assert [of.item.question for of in to_read(entries)] == [1, 4]
    assert to_read(list(answered(result_of(), PAPER))) == []


def test_topics_count_the_points_that_were_earned() -> None:
    (topic,) = topics_of(result_of(_3=""), KEY)
    assert (topic.name, topic.items) == ("roles", 6)
    assert topic.share == (13 - 4) / 13


def test_the_sheet_says_whether_the_exam_was_passed_and_what_is_still_open() -> None:
    page = feedback_page(result_of(_1="A,B"), KEY, PAPER)
    assert "12 of 13 points, 92 %: passed (from 60 %)" in page
    assert "still being looked at" in page
    assert "still being looked at" not in feedback_page(result_of(), KEY, PAPER)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=60)
)
def test_what_a_learner_typed_is_shown_as_it_is(typed: str) -> None:
    words = " ".join(typed.split())
    assert " ".join(prose.text(prose.inline(literal(typed))).split()) == words
    assert html_text.text(literal(typed)) == words


def test_hostile_answers_are_only_text(tmp_path: Path) -> None:
    sitting = {
        "format": "ecsquiz sitting",
        "version": 1,
        "paper": f"{EXAM}-A",
        "learner": {"id": "../x\x00", "name": "<script>alert(1)</script> 🙂 \ud83d"},
        "answers": {"2": "<img src=x onerror=y>", "6": "#panic() \ud800 $x$ `code` " + "word " * 3000},
    }
    path = tmp_path / "sitting.json"
    path.write_text(json.dumps(sitting))
    (result,) = mark(read_sittings([path]), KEY, EXAMINER).results
    page = feedback_page(result, KEY, PAPER)
    page.encode()
    assert "<script>" not in page
    assert "<img" not in page
    (content,) = typeset([feedback_document(result, KEY, PAPER)])
    assert content.startswith(b"%PDF")


def test_the_class_page_tells_pass_rate_distribution_and_weak_key_points() -> None:
    weak = {1: "A", 6: "The execution role is used by ECS to pull the image."}
    results = marked(ALL_RIGHT, ALL_RIGHT, weak, {})
    page = class_page(results, summarise(results), analyse(results))
    assert "2 (50 %), from 60 % of the points" in page
    assert 'aria-label="Sittings by percent of the points. 0 to 10 percent: 1; ' in page
    key_points = page.split("Key points of answers in writing")[1]
    assert key_points.index("It reads secrets") < key_points.index("is used by ECS to pull")
    assert "near the line" not in page


def test_an_exam_without_a_pass_mark_passes_nobody() -> None:
    results = replace(marked(ALL_RIGHT), key=sample_key(pass_mark=None))
    open_ended = replace(results, results=tuple(replace(one, pass_mark=None) for one in results.results))
    assert "Passed" not in class_page(open_ended, summarise(open_ended), analyse(open_ended))
    assert "passed" not in feedback_page(open_ended.results[0], open_ended.key, PAPER)
