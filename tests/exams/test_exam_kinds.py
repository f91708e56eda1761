"""All kinds of items on paper, in the key and in the record."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exams.formats import markdown
from quiz.exams.paper import PaperItem
from quiz.exams.record import as_record
from quiz.exams.variants import lay_out
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind

untimed = settings(deadline=None)
variants = st.integers(1, 8)


def placed_items(count: int, kind: Kind) -> list[PaperItem]:
    """The item of this kind as each of `count` variants has it."""
    exam = exam_of_each_kind(count)
    return [placed for paper in exam.papers for placed in paper.items if placed.item.kind is kind]


def text(name: str) -> str:
    return markdown.render(exam_of_each_kind())[name].decode()


def by_letter(placed: PaperItem) -> list[str]:
    """What the letters of the key stand for."""
    return [placed.options["ABCDEFGH".index(letter)] for letter in placed.letters]


@untimed
@given(variants)
def test_the_letters_of_an_ordering_spell_the_right_order_which_is_never_the_printed_one(count: int) -> None:
    for placed in placed_items(count, Kind.ORDERING):
        assert by_letter(placed) == list(placed.item.answers)
        assert placed.options != placed.item.answers


@untimed
@given(variants)
def test_the_letters_of_a_matching_belong_to_its_prompts_as_they_stand_on_the_paper(count: int) -> None:
    for placed in placed_items(count, Kind.MATCHING):
        partners = dict(zip(placed.item.prompts, placed.item.answers, strict=True))
        assert by_letter(placed) == [partners[prompt] for prompt in placed.prompts]
        assert sorted(placed.options) == sorted([*placed.item.answers, *placed.item.distractors])


def test_what_is_written_has_neither_options_nor_letters() -> None:
    for kind in (Kind.CLOZE, Kind.COMMAND, Kind.RECALL):
        (placed,) = placed_items(1, kind)
        assert placed.options == placed.letters == placed.prompts == ()


def test_a_section_sets_the_points_of_its_items_and_takes_off_for_wrong_choices_only() -> None:
    items = exam_of_each_kind(1).papers[0].items
    worth = {placed.item.kind: (placed.points, placed.wrong) for placed in items}
    assert worth == {
        Kind.CHOICE: (1, 0.5),
        Kind.MATCHING: (4, 0),
        Kind.ORDERING: (4, 0),
        Kind.CLOZE: (2, 0),
        Kind.COMMAND: (2, 0),
        Kind.RECALL: (2, 0),
    }


def test_numbers_run_through_the_sections() -> None:
    for paper in exam_of_each_kind().papers:
        assert [placed.number for placed in paper.items] == [1, 2, 3, 4, 5, 6]
        assert [len(section.items) for section in paper.sections] == [3, 3]


def test_the_same_step_twice_takes_its_letters_as_they_come() -> None:
    exam = exam_of_each_kind(1)
    ordering = next(c for c in exam.candidates if c.item.kind is Kind.ORDERING)
    same = type(ordering.item)(1, Kind.ORDERING, "k", "Order.", ("stop", "wait", "stop"))
    sections = lay_out(exam.blueprint.sections[:1], [[[type(ordering)(same, ordering.question)]]], 1, "A")
    (placed,) = sections[0][0].items
    assert by_letter(placed) == ["stop", "wait", "stop"]
    assert len(set(placed.letters)) == 3


def test_a_paper_has_its_sections_with_their_instructions_and_says_how_to_answer_each_kind() -> None:
    paper = text("paper-A.md")
    assert re.findall(r"^## (.+)$", paper, re.MULTILINE) == ["Letters", "Words"]
    assert "## Letters\n\nUse **capitals**.\n" in paper
    assert "6 items, 15 points in all. You have 45 minutes. Where there are boxes" in paper
    assert "A wrong choice takes points off" in paper
    assert "(1 point; wrong: -0.5)" in paper
    for kind in ("Choose one", "Match", "Put in order", "Fill the gap", "Write the command"):
        assert f"**{kind}**\n" in paper


def test_a_paper_has_room_for_the_answer_to_each_kind() -> None:
    paper = text("paper-A.md")
    assert re.search(r"^Order: ____ ____ ____ ____$", paper, re.MULTILINE)
    assert re.search(r"^1\. ____ (awsvpc|host|bridge|none)$", paper, re.MULTILINE)
    assert re.search(r"^In the gap: _+$", paper, re.MULTILINE)
    assert "- **E** " in paper  # four right sides and one that fits nothing


def test_the_key_has_the_answer_to_each_kind_in_the_column_of_each_variant() -> None:
    key = text("key.md")
    for paper in exam_of_each_kind().papers:
        for placed in paper.items:
            if placed.item.kind is Kind.MATCHING:
                pairs = " ".join(f"{number}{letter}" for number, letter in enumerate(placed.letters, 1))
                assert f"{paper.label}: no. {placed.number}, answer **{pairs}**" in key
            elif placed.letters:
                assert f"**{', '.join(placed.letters)}** (item " in key
    assert "| **30** (item " in key
    assert "Answer: 30 / thirty\n" in key
    assert "1. The image is pulled\n2. The container starts\n" in key
    assert "- awsvpc: an interface of its own\n" in key
    assert "```bash\naws ecs list-tasks --cluster demo --service-name web\n```" in key


def test_the_record_holds_the_key_of_each_kind() -> None:
    record = json.loads(json.dumps(as_record(exam_of_each_kind())))
    kinds = {item["id"]: item["kind"] for item in record["items"]}
    for variant, paper in zip(record["variants"], exam_of_each_kind().papers, strict=True):
        assert [section["title"] for section in variant["sections"]] == ["Letters", "Words"]
        for entry, placed in zip(variant["items"], paper.items, strict=True):
            assert kinds[entry["item"]] == placed.item.kind.value
            assert entry["letters"] == list(placed.letters)
            assert entry["prompts"] == list(placed.prompts)
            assert (entry["points"], entry["wrong"]) == (placed.points, placed.wrong)
            assert entry["section"] == (0 if placed.number <= 3 else 1)
