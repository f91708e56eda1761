"""An answer's headings, in whatever form, become the sections of our format."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.source.importing.drafts import Draft
from quiz.source.importing.importer import import_document
from quiz.source.importing.lines import Line, read_lines
from quiz.source.importing.question_file import file_name, render
from quiz.source.importing.report import Note
from quiz.source.importing.sections import sections_of
from quiz.source.importing.wording import plain_title, prompt, slug, step
from quiz.source.reader import read_question


def sections(body: str, depth: int = 2) -> tuple[list[tuple[str, str]], list[Note]]:
    draft = Draft("Why?", 1, (Line(1, "## Q1: Why?"),), tuple(read_lines(body)), depth=depth)
    parts, notes = sections_of(draft)
    text = render(1, "general", (), draft.prompt, parts)
    reading = read_question(text, "general/001-why.md")
    assert reading.findings == ()
    found = [part.split("\n", 1) for part in text.split("\n\n## ")[1:]]
    return [(title, "".join(rest).strip()) for title, *rest in found], notes


def titles(body: str, depth: int = 2) -> list[str]:
    return [title for title, _ in sections(body, depth)[0]]


def test_one_paragraph_is_a_short_answer() -> None:
    assert sections("So.\nAnd so.")[0] == [("Short answer", "So.\nAnd so.")]


def test_more_text_without_a_heading_is_an_answer() -> None:
    assert sections("So.\n\nAnd so.")[0] == [("Answer", "So.\n\nAnd so.")]


def test_plain_headings_are_sections_at_their_shallowest_depth() -> None:
    body = "Text.\n\n#### One\na\n##### Sub\nb\n#### Two\nc"
    assert sections(body, 3)[0] == [("Answer", "Text."), ("One", "a\n\n### Sub\nb"), ("Two", "c")]


def test_headings_with_an_emoji_are_sections_and_plain_ones_at_their_depth_too() -> None:
    assert titles("### 🧠 One\na\n### Two\nb\n#### Three\nc") == ["One", "Two"]


def test_below_sections_in_bold_plain_headings_are_subsections() -> None:
    body = "🧠 **One**\na\n### Sub\nb\n\n**🧩 Two**\nc"
    assert sections(body)[0] == [("One", "a\n\n### Sub\nb"), ("Two", "c")]


def test_headings_below_a_step_stay_below_it() -> None:
    body = "### 🧠 One\n### 1. Look\n#### Where\na\n### 🧩 Two\n#### Sub\nb"
    assert sections(body)[0] == [("One", "### 1. Look\n\n#### Where\na"), ("Two", "### Sub\nb")]


def test_bold_lines_in_running_text_are_no_sections() -> None:
    body = "✅ **Use it**\n✅ **Love it**\n\ntext\n🧠 **inside**\n\n💡 **Note** that it is.\n\n**Bold.**"
    assert titles(body) == ["Answer"]


def test_a_numbered_line_in_bold_within_a_paragraph_is_no_step() -> None:
    assert sections("text\n**1. Look**")[0] == [("Short answer", "text\n**1. Look**")]


@pytest.mark.parametrize("title", ["💡 In short", "TL;DR", "Summary:", "In a nutshell", "Short answer"])
def test_what_sums_up_is_the_short_answer_and_comes_first(title: str) -> None:
    found, notes = sections(f"### One\na\n### {title}\nb")
    assert found == [("Short answer", "b"), ("One", "a")]
    assert [(note.kind, note.line) for note in notes] == [("moved", 3)]


def test_the_section_called_short_answer_is_preferred() -> None:
    assert titles("### Summary\na\n### Short answer\nb") == ["Short answer", "Summary"]


def test_an_empty_summary_is_no_short_answer() -> None:
    assert titles("### One\na\n### In short") == ["One", "In short"]


def test_a_title_that_comes_twice_is_numbered_and_reported() -> None:
    found, notes = sections("### One\na\n### One\nb\n### One\nc")
    assert [title for title, _ in found] == ["One", "One (2)", "One (3)"]
    assert [note.line for note in notes if note.kind == "renamed"] == [3, 5]


def test_lists_that_can_be_graded_keep_their_name() -> None:
    body = (
        "### Key Points\n- The **task role** counts\n### Common mistakes\n- Wrong: no. Right: yes.\n"
        "### Follow-up questions\n- And then?"
    )
    assert titles(body) == ["Key points", "Common mistakes", "Follow-ups"]


@pytest.mark.parametrize(
    "body",
    [
        "### Key points\n- no bold term",
        "### Key points\nintro\n- the **role**",
        "### Key points\nonly text",
        "### Common mistakes\n- Forgetting it.",
        "### Follow-ups\nNone.",
    ],
)
def test_lists_that_cannot_be_graded_get_another_name(body: str) -> None:
    found, notes = sections(body)
    assert found[0][0].endswith(" (imported)")
    assert [note.kind for note in notes] == ["renamed"]


def test_a_section_called_items_holds_no_items_of_ours() -> None:
    found, notes = sections("### Items\n1. A cup\n2. A plate")
    assert [title for title, _ in found] == ["Items (imported)"]
    assert [note.kind for note in notes] == ["renamed"]


def test_a_heading_above_the_questions_depth_is_kept_in_the_answer_and_reported() -> None:
    found, notes = sections("### One\na\n# Comment\nb\n### Two\nc")
    assert found == [("One", "a"), ("Comment", "b"), ("Two", "c")]
    assert [(note.kind, note.line) for note in notes] == [("stray heading", 3)]


def test_rules_go_and_blank_lines_shrink_but_not_in_code() -> None:
    body = "a\n\n\n\n---\n\nb\n***\nc\n\n```\nd\n\n\n---\n```"
    assert sections(body)[0] == [("Answer", "a\n\nb\n\nc\n\n```\nd\n\n\n---\n```")]


def test_lines_keep_the_spaces_that_break_them() -> None:
    body = "one  \ntwo\\\nthree"
    text = render(
        1, "general", (), "Why?", sections_of(Draft("Why?", 1, (Line(1, ""),), tuple(read_lines(body))))[0]
    )
    assert "one  \ntwo\\\nthree\n" in text


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("**1. Look here**", (1, "Look here")),
        ("2) Look", (2, "Look")),
        ("3️⃣ **Look** (now)", (3, "Look (now)")),
        ("🔟 Look", (10, "Look")),
        ("1️⃣2️⃣ Look", (12, "Look")),
        ("🚀 4. Look", (4, "Look")),
        ("1.5 releases", None),
        ("2024 in review", None),
        ("3️⃣", None),
    ],
)
def test_steps_are_told_by_their_numbers(heading: str, expected: tuple[int, str] | None) -> None:
    assert step(heading) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🧠 Overview", "Overview"),
        ("⚙️ **Purpose** / How", "Purpose / How"),
        ("Overview 🚀", "Overview"),
        ("→ Next", "Next"),
        ("🧠", "🧠"),
        ("", "Untitled"),
        ("Why C #", r"Why C \#"),
    ],
)
def test_titles_lose_their_decoration_but_never_all_of_it(text: str, expected: str) -> None:
    assert plain_title(text) == expected


def test_a_prompt_is_one_line_without_bold_or_tags() -> None:
    assert prompt(" **What** is <code>a &amp; b</code>,<br> <i>really</i>? ") == "What is `a & b`, really?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('What\'s the "task role"?', "whats-the-task-role"),
        ("Işık, café & Łódź", "isik-cafe-lodz"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 90, "x" * 60),
        ("为什么?", ""),
    ],
)
def test_slugs_are_short_ascii_words(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_question_without_latin_letters_still_has_a_file_name() -> None:
    assert file_name(7, "general", "为什么?") == "general/007-question.md"


def test_slugs_that_yaml_reads_otherwise_are_quoted() -> None:
    reading = read_question(render(1, "no", ("12", "on", "roles"), "Why?", []), "a.md")
    assert reading.question
    assert (reading.question.level, reading.question.topics) == ("no", ("12", "on", "roles"))


def test_what_reads_back_otherwise_is_reported(tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("## Q1: What?\nLike a heading\n-\nmore\n", encoding="utf-8")
    report = import_document(document, tmp_path / "bank")
    assert [(note.kind, note.line) for note in report.notes if note.kind == "reads otherwise"] == [
        ("reads otherwise", 1)
    ]
