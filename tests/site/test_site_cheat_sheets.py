"""The cheat sheet of a topic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.store import Bank
from quiz.site.generate import pages
from quiz.site.pages.cheat_sheet import choose_points, choose_tables
from quiz.source.question import KeyPoint, Question, Section, Topic

TOPIC = Topic("t", "Topic")
TABLE = "| Cause | What to do about it |\n|---|---|\n" + "".join(
    f"| cause number {row} | a remedy that is told in some words |\n" for row in range(5)
)


def question(number: int, *weights: int, topics: tuple[str, ...] = ("t",), body: str = "") -> Question:
    return Question(
        number,
        "l",
        topics,
        f"{number}?",
        "",
        sections=(Section("Causes", body),),
        key_points=tuple(
            KeyPoint(f"{number}.{place} " + "x" * 16, (), weight) for place, weight in enumerate(weights)
        ),
    )


def chosen(length: int, *questions: Question) -> list[str]:
    return [entry.point.text.split()[0] for entry in choose_points(TOPIC, questions, length)]


def test_every_question_has_a_point_before_any_has_two() -> None:
    assert chosen(60, question(1, 1, 1), question(2, 1, 1)) == ["1.0", "1.1", "2.0"]


def test_the_weightiest_point_of_a_question_is_taken_and_the_order_stays() -> None:
    assert chosen(40, question(1, 1, 2, 1), question(2, 1, 1)) == ["1.1", "2.0"]


def test_questions_that_only_touch_the_topic_come_last() -> None:
    assert chosen(40, question(1, 1, topics=("u", "t")), question(2, 1, 1)) == ["2.0", "2.1"]


@given(st.lists(st.lists(st.integers(1, 3), max_size=5), max_size=6), st.integers(0, 400))
def test_no_sheet_is_longer_than_it_may_be(weights: list[list[int]], length: int) -> None:
    asked = [question(number, *each) for number, each in enumerate(weights, start=1)]
    assert sum(len(entry.point.text) for entry in choose_points(TOPIC, asked, length)) <= length


def test_a_small_table_of_a_question_about_the_topic_is_on_the_sheet() -> None:
    asked = [question(1, 1, body=TABLE), question(2, 1, topics=("u", "t"), body=TABLE), question(3, 1)]
    assert [(entry[0].number, entry[1]) for entry in choose_tables(TOPIC, asked)] == [(1, "Causes")]


def test_one_large_table_does_not_fill_the_sheet() -> None:
    rows = "| a cause | a remedy that is told in some words |\n" * 40
    assert choose_tables(TOPIC, [question(1, 1, body=f"| Cause | Remedy |\n|---|---|\n{rows}")]) == []


def test_a_sheet_tells_points_tables_and_words_and_where_they_are_from(bank: Bank) -> None:
    text = dict(pages(bank))["cheat-sheets/roles.md"]
    assert "gives permissions to the code in the containers <small>[1](../questions/1.md)</small>" in text
    assert "## Who uses which <small>[1](../questions/1.md)</small>" in text
    assert "<td><strong>execution role</strong></td>" in text
    assert text.index("## Basics") < text.index("## Repairs") < text.index("## Words")


def test_a_pipe_in_a_cell_stays_in_its_cell(bank: Bank) -> None:
    body = TABLE.replace("cause number 0", "`a \\| b`")
    [(_, _, table)] = choose_tables(TOPIC, [question(1, 1, body=body)])
    assert table.rows[0][0] == "`a | b`"
    assert len(table.rows[0]) == 2
