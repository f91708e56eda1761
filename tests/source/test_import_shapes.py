"""Every way of writing questions down that we know is read, and nothing in a code block is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.errors import UserError
from quiz.source.folder import question_files, read_spec
from quiz.source.importing.importer import import_document
from quiz.source.importing.report import Report
from quiz.source.question import Question
from quiz.source.reader import read_question

Import = Callable[[str], tuple[Report, dict[int, Question]]]


@pytest.fixture(name="imported")
def _imported(tmp_path: Path) -> Import:
    def run(text: str) -> tuple[Report, dict[int, Question]]:
        document = tmp_path / "notes.txt"
        document.write_text(text, encoding="utf-8")
        report = import_document(document, tmp_path / "bank")
        found = {}
        for name in question_files(tmp_path / "bank"):
            reading = read_question((tmp_path / "bank" / name).read_text(encoding="utf-8"), name)
            assert reading.findings == ()
            assert reading.question
            found[reading.question.number] = reading.question
        return report, found

    return run


def answers(questions: dict[int, Question]) -> dict[int, tuple[str, str]]:
    return {number: (question.prompt, question.reference) for number, question in questions.items()}


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "## Q7: What is a berth?",
        "# Question 7. What is a berth?",
        "### ❓ **Q7) What is a berth?**",
        "#### q7 - What is a berth? ##",
    ],
)
def test_labelled_headings_in_many_spellings(imported: Import, heading: str) -> None:
    report, found = imported(f"{heading}\nA place for a ship.\n")
    assert report.shape == "labelled headings"
    assert answers(found) == {7: ("What is a berth?", "A place for a ship.")}


def test_numbered_headings_with_numbered_steps_below_them(imported: Import) -> None:
    report, found = imported(
        "# Ports\n### 12. How do you moor a ship?\n#### 1. Throw the rope\nFar.\n#### 2. Tie it\nTight.\n"
        "### 13. Explain tides\nThe moon.\n"
    )
    assert report.shape == "numbered headings"
    assert list(found) == [12, 13]
    assert found[12].sections[0].markdown == "### 1. Throw the rope\nFar.\n\n### 2. Tie it\nTight."


def test_numbered_steps_below_labelled_headings_are_no_questions(imported: Import) -> None:
    _, found = imported(
        "## Q1: Why does it sink?\n### 1. Is there a hole?\nLook.\n### 2. Is it full?\nWeigh it.\n"
        "### 3. Is it iron?\nAsk.\n"
    )
    assert list(found) == [1]


def test_a_numbered_tutorial_is_not_taken_for_questions(imported: Import) -> None:
    with pytest.raises(UserError, match="no question was found"):
        imported("# Guide\n## 1. Install it\nRun.\n## 2. Start it\nRun.\n")


def test_headings_that_ask_are_the_last_resort(imported: Import) -> None:
    report, found = imported(
        "# Ports\n\n## What is a pier?\n\nA bridge.\n\n## **Why piers?**\n\nFor ships.\n"
    )
    assert report.shape == "headings that ask"
    assert answers(found) == {1: ("What is a pier?", "A bridge."), 2: ("Why piers?", "For ships.")}


def test_underlined_headings_are_headings(imported: Import) -> None:
    report, found = imported("Ports\n=====\n\nQ1: What is a pier?\n-------------------\n\nA bridge.\n")
    assert answers(found) == {1: ("What is a pier?", "A bridge.")}
    assert report.headings == {1: "the bank's title"}


def test_dashes_right_below_text_are_a_rule(imported: Import) -> None:
    _, found = imported(
        "## Q1: What is a pier?\n\nA bridge that ends in the sea\n---\n## Q2: And a quay?\nA wall.\n"
    )
    assert found[1].short_answer == "A bridge that ends in the sea"


# <details>


def test_details_with_a_summary_on_one_line_or_several(imported: Import) -> None:
    report, found = imported(
        "# Ports\n"
        "<details><summary>What is a <b>pier</b>?</summary>A bridge.</details>\n"
        "<details open>\n<summary>\n<h3>Q5: How do <code>ropes</code> &amp; knots hold?</h3>\n</summary>\n\n"
        "Friction.\n\n```text\n</details>\n```\n\nMore.\n</details>\n"
    )
    assert report.shape == "<details> blocks"
    assert found[1].prompt == "What is a pier?"
    assert found[1].short_answer == "A bridge."
    assert found[5].prompt == "How do `ropes` & knots hold?"
    assert found[5].sections[0].markdown == "Friction.\n\n```text\n</details>\n```\n\nMore."


def test_details_inside_an_answer_stay_in_it(imported: Import) -> None:
    _, found = imported(
        "<details><summary>What is a pier?</summary>\nA bridge.\n"
        "<details><summary>Show more</summary>\nOf wood.\n</details>\n</details>\n"
    )
    assert found[1].short_answer.endswith("<details><summary>Show more</summary>\nOf wood.\n</details>")


def test_details_that_group_questions_name_a_topic(imported: Import) -> None:
    _, found = imported(
        "<details><summary>Ropes</summary>\n\n<details><summary>Which rope?</summary>Hemp.</details>\n"
        "<details><summary>Which knot?</summary>Bowline.</details>\n\n</details>\n"
    )
    assert [question.topics for question in found.values()] == [("ropes",), ("ropes",)]


def test_details_that_hide_the_answer_of_a_heading_are_no_questions(imported: Import) -> None:
    _, found = imported(
        "### 1. What is a pier?\n<details><summary>Answer</summary>\n\nA bridge.\n\n</details>\n\n"
        "### 2. What is a quay?\n<details><summary>Show answer</summary>\n\nA wall.\n\n</details>\n"
    )
    assert [question.prompt for question in found.values()] == ["What is a pier?", "What is a quay?"]
    assert "A wall." in found[2].reference


def test_an_indented_answer_loses_the_indent_that_all_its_lines_share(imported: Import) -> None:
    _, found = imported(
        "- <details>\n  <summary>What is a pier?</summary>\n\n  A bridge.\n\n    nested\n  </details>\n"
    )
    assert found[1].sections[0].markdown == "A bridge.\n\n  nested"


def test_details_without_an_end_hide_nothing(imported: Import) -> None:
    report, found = imported(
        "<details><summary>What is lost?</summary>\nIt.\n"
        "<details><summary>What is a pier?</summary>A bridge.</details>\n"
    )
    assert [question.prompt for question in found.values()] == ["What is a pier?"]
    assert [left.line for left in report.left] == [1, 2]


# Pairs and cards


def test_pairs_in_bold_in_many_spellings(imported: Import) -> None:
    report, found = imported(
        "**Q: What is a pier?**\n**A: A bridge.**\n\n"
        "**Q4:** What is\na quay?\n\n**A4:** A **stone** wall.\n\n- long\n- high\n\n"
        "- **Question 5: Why?**\n  **Answer:** Because.\n\n"
        "**Q: Which two?** **A: This.** And that.\n**A:** Both.\n"
    )
    assert report.shape == "Q and A in bold"
    assert answers(found) == {
        1: ("What is a pier?", "A bridge."),
        4: ("What is a quay?", "A **stone** wall.\n\n- long\n- high"),
        5: ("Why?", "Because."),
        6: ("Which two? A: This. And that.", "Both."),
    }


def test_a_question_in_bold_without_an_answer_label_is_answered_by_what_follows(imported: Import) -> None:
    _, found = imported("**Q1: What is\na pier?**\nA bridge.\n\n**Q2: And a quay?**\n\nA wall.\n")
    assert answers(found) == {1: ("What is a pier?", "A bridge."), 2: ("And a quay?", "A wall.")}


def test_an_answer_in_bold_over_several_lines_keeps_its_bold(imported: Import) -> None:
    _, found = imported("**Q1: Why?**\n**A: Because\nof this.**\n")
    assert found[1].short_answer == "**Because\nof this.**"


def test_cards_of_several_lines_with_cloze_cards_reported(imported: Import) -> None:
    report, found = imported(
        '---\nname = "ports"\n---\n\nQ: What is\na pier?\nA: A bridge.\n\n- of wood\n\n'
        "C: A [pier] is a [bridge]\nof wood.\n\n"
        "Q: What is a quay?\nA: A wall.\n---\nQ: Unanswered?\n"
    )
    assert report.shape == "Q: and A: cards"
    assert answers(found) == {
        1: ("What is a pier?", "A bridge.\n\n- of wood"),
        2: ("What is a quay?", "A wall."),
    }
    assert [(left.line, left.reason.split(":")[0]) for left in report.left] == [
        (2, "text before the questions"),
        (11, "cloze card"),
        (12, "cloze card"),
        (17, "question without an answer"),
    ]


def test_code_in_a_question_goes_to_a_section_of_its_own(imported: Import) -> None:
    report, found = imported("Q: What does this do?\n\n```bash\ntie rope\n```\n\n# Look\n\nA: It ties.\n")
    assert found[1].prompt == "What does this do?"
    assert found[1].short_answer == "It ties."
    assert [(s.title, s.markdown) for s in found[1].sections] == [
        ("Context", "```bash\ntie rope\n```\n\n### Look")
    ]
    assert "added heading" in {note.kind for note in report.notes}


# Choice


FENCED = (
    "```markdown\n## Q8: Fake?\nno\n## Q9: Fake?\nno\n**Q: Fake?**\n**A: no**\nQ: Fake?\nA: no\nC: no\n"
    "<details><summary>Fake?</summary>no</details>\n### 3. Fake?\n```\n"
)


@pytest.mark.parametrize(
    "document",
    [
        "## Q1: Real?\nYes.\n{fenced}",
        "### 1. Real?\nYes.\n{fenced}",
        "<details><summary>Real?</summary>\n\nYes.\n\n{fenced}</details>\n",
        "**Q: Real?**\n**A: Yes.**\n\n{fenced}",
        "Q: Real?\nA: Yes.\n\n{fenced}",
        "## Real?\nYes.\n## Real too?\nYes.\n{fenced}",
    ],
)
def test_nothing_in_a_code_block_is_a_question(imported: Import, document: str) -> None:
    _, found = imported(document.replace("{fenced}", FENCED))
    assert {question.prompt for question in found.values()} <= {"Real?", "Real too?"}
    assert FENCED.strip() in found[max(found)].reference


def test_a_document_without_questions_names_the_shapes_that_are_known(imported: Import) -> None:
    with pytest.raises(UserError) as caught:
        imported("# Ports\n\nA text about `<details>`.\n\n" + FENCED)
    for example in ("## Q1:", "**Q:", "<details><summary>", "Q: What", "### 12."):
        assert example in caught.value.remedy
    assert str(caught.value.path).endswith("notes.txt")


def test_questions_without_answers_are_no_bank(imported: Import) -> None:
    with pytest.raises(UserError, match="none has an answer"):
        imported("## Q1: What?\n\n---\n\n## Q2: Why?\n")


def test_a_code_block_that_never_ends_is_an_error_with_its_line(imported: Import) -> None:
    with pytest.raises(UserError, match=r"notes\.txt:4: the code block that starts here never ends"):
        imported("## Q1: What?\nThis:\n\n```bash\nls\n\n## Q2: Why?\nSo.\n")


# Levels, topics, numbers


def test_other_headings_above_questions_are_topics(imported: Import, tmp_path: Path) -> None:
    report, found = imported(
        "# Port questions\n## Contents\n- list\n## Ropes\n### Knots\n#### Q1: Which?\nBowline.\n### Hemp\n"
        "#### Q2: Why?\nStrong.\n## Advanced ropes\n#### Q3: Steel?\nYes.\n## License\nMIT\n"
    )
    assert [question.topics for question in found.values()] == [
        ("ropes", "knots"),
        ("ropes", "hemp"),
        ("advanced-ropes",),
    ]
    assert {topic.slug for topic in read_spec(tmp_path / "bank").topics} == {
        "ropes",
        "knots",
        "hemp",
        "advanced-ropes",
    }
    assert [(left.line, left.text) for left in report.left] == [
        (2, "## Contents"),
        (3, "- list"),
        (14, "## License"),
        (15, "MIT"),
    ]


def test_levels_are_named_as_the_document_names_them(imported: Import, tmp_path: Path) -> None:
    report, found = imported(
        "# Port interview questions\n## Basic Level Questions\n### 1. What?\nIt.\n"
        "## 🚀 Advanced Port Questions\n### 1. Why?\nSo.\n## Level 3\n### 1. How?\nThus.\n"
    )
    assert {number: question.level for number, question in found.items()} == {
        1: "basic",
        2: "advanced",
        3: "level-3",
    }
    assert [level.title for level in read_spec(tmp_path / "bank").levels] == [
        "Basic Level",
        "Advanced Port",
        "Level 3",
    ]
    assert [note.message for note in report.notes if note.kind == "renumbered"] == [
        "question 1 became 2: its number is taken",
        "question 1 became 3: its number is taken",
    ]


def test_a_document_without_level_headings_has_one_level(imported: Import) -> None:
    report, _ = imported("## Q1: What?\nIt.\n")
    assert report.levels == {"general": 1}


def test_a_second_question_of_a_number_gets_the_next_free_one(imported: Import) -> None:
    _, found = imported("## Q7: A?\na.\n## Q8: B?\nb.\n## Q7: C?\nc.\n## Q0: D?\nd.\n## Q9: E?\ne.\n")
    assert {number: question.prompt for number, question in found.items()} == {
        7: "A?",
        8: "B?",
        9: "E?",
        10: "C?",
        11: "D?",
    }


def test_text_around_the_questions_is_reported(imported: Import) -> None:
    report, _ = imported("# Ports\nHello.\n\n<details><summary>What?</summary>It.</details>\n\nBye.\n")
    assert [(left.line, left.text, left.reason) for left in report.left] == [
        (2, "Hello.", "text before the questions"),
        (6, "Bye.", "text between the questions"),
    ]
