"""CSV and JSON of an exam."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from quiz.exams.formats import csv as csv_format
from quiz.exams.formats import json as json_format
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind


def table() -> list[dict[str, str]]:
    text = csv_format.render(exam_of_each_kind(2))[csv_format.FILE_NAME].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json_format.render(exam_of_each_kind(2))[json_format.FILE_NAME])
    return read


def items_of_data(label: str = "A") -> list[dict[str, Any]]:
    (paper,) = (paper for paper in data()["papers"] if paper["label"] == label)
    return [item for section in paper["sections"] for item in section["items"]]


def test_the_table_has_a_row_for_each_item_of_each_variant() -> None:
    exam = exam_of_each_kind(2)
    expected = [
        (paper.id, str(placed.number), placed.item.id) for paper in exam.papers for placed in paper.items
    ]
    assert [(row["paper"], row["number"], row["item"]) for row in table()] == expected


def test_a_row_says_where_the_item_is_from_and_what_it_is_worth() -> None:
    row = next(row for row in table() if row["kind"] == "choice")
    assert (row["section"], row["question"], row["level"], row["topics"]) == ("Letters", "1", "easy", "roles")
    assert (row["points"], row["wrong"]) == ("1", "0.5")


def test_the_key_is_in_letters_and_in_words() -> None:
    for row in table():
        if row["kind"] in ("choice", "ordering", "matching"):
            assert [row[letter] for letter in row["key"].split("\n")] == row["answers"].split("\n")
        else:
            assert row["key"] == ""


def test_the_prompts_of_a_matching_stand_beside_their_answers() -> None:
    row = next(row for row in table() if row["kind"] == "matching")
    pairs = dict(zip(row["prompts"].split("\n"), row["answers"].split("\n"), strict=True))
    assert pairs["awsvpc"] == "an interface of its own"


def test_links_into_the_bank_are_words_in_both() -> None:
    assert "See roles." in next(row for row in table() if row["kind"] == "choice")["explanation"]
    assert "001-roles.md" not in json.dumps(data())


def test_the_data_has_the_papers_as_they_are_printed() -> None:
    exam = exam_of_each_kind(2)
    for paper in exam.papers:
        for placed, item in zip(paper.items, items_of_data(paper.label), strict=True):
            assert (item["number"], item["id"], item["points"]) == (
                placed.number,
                placed.item.id,
                placed.points,
            )
            assert [option["markdown"] for option in item["options"]] == list(placed.options)
            assert item["key"] == list(placed.letters)


def test_texts_come_as_markdown_and_as_html() -> None:
    choice = next(item for item in items_of_data() if item["kind"] == Kind.CHOICE)
    assert choice["stem"]["markdown"].startswith("A task cannot read `db-password`.")
    assert choice["stem"]["html"].startswith("<p>A task cannot read <code>db-password</code>.</p>")


def test_a_command_is_code_and_no_markdown() -> None:
    command = next(item for item in items_of_data() if item["kind"] == Kind.COMMAND)
    html = "<code>aws ecs list-tasks --cluster demo --service-name web</code>"
    assert command["answers"][0]["html"] == html


def test_how_to_mark_what_is_written_is_told() -> None:
    recall = next(item for item in items_of_data() if item["kind"] == Kind.RECALL)
    assert "Key points:" in recall["marking"]
