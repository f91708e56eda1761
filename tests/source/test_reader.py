"""Reading one question file."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.source.question import CommonMistake, FollowUp, Question
from quiz.source.reader import read_bytes, read_question

FILE = """\
---
number: 7
level: basics
topics: [roles, images]
lab: broken-pull
reviewed: 2026-11-22
sources:
  - https://docs.aws.amazon.com/a
---
# What is a **task**?

## Short answer
A running copy.

## How it works
```bash
# not a heading
## nor this
aws ecs list-tasks
```

## Key points

- A **task** runs
  containers (x2)
- It stops with an **exit code**

## Common mistakes
- Wrong: A task is a host. Right: A task runs
  on a host.

## Follow-ups
- What is a service? ([4](004-service.md))
- What stops it?
"""


def read(text: str) -> Question:
    reading = read_question(text, "basics/007-task.md")
    assert reading.findings == ()
    assert reading.question is not None
    return reading.question


def findings(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in read_question(text, "a.md").findings]


def test_the_front_matter_gives_identity_and_filing() -> None:
    question = read(FILE)
    assert (question.number, question.level, question.topics) == (7, "basics", ("roles", "images"))
    assert (question.lab, question.reviewed) == ("broken-pull", date(2026, 11, 22))
    assert question.sources == ("https://docs.aws.amazon.com/a",)
    assert question.path == "basics/007-task.md"


def test_the_first_heading_is_the_prompt() -> None:
    assert read(FILE).prompt == "What is a **task**?"


def test_hash_lines_in_a_fence_are_no_headings() -> None:
    question = read(FILE)
    assert [section.title for section in question.sections] == ["How it works"]
    assert "## nor this" in question.sections[0].markdown


def test_key_points_carry_terms_weight_and_line() -> None:
    first, second = read(FILE).key_points
    assert (first.text, first.terms, first.weight) == ("A **task** runs containers", ("task",), 2)
    assert (second.terms, second.weight) == (("exit code",), 1)
    assert FILE.splitlines()[first.line - 1] == "- A **task** runs"
    assert FILE.splitlines()[second.line - 1] == "- It stops with an **exit code**"


def test_a_mistake_is_split_into_wrong_and_right() -> None:
    (mistake,) = read(FILE).mistakes
    assert mistake == CommonMistake("A task is a host.", "A task runs on a host.", mistake.line)


def test_a_follow_up_knows_the_question_that_answers_it() -> None:
    linked, open_ended = read(FILE).follow_ups
    assert linked == FollowUp("What is a service?", 4, "004-service.md", linked.line)
    assert open_ended == FollowUp("What stops it?", None, "", open_ended.line)


def test_a_question_without_short_answer_refers_to_its_whole_text() -> None:
    question = read("---\nnumber: 1\nlevel: a\n---\n# Why?\n\n## Answer\nBecause.\n")
    assert question.reference == "Because."
    assert question.key_points == ()


def test_windows_line_ends_change_nothing() -> None:
    assert read(FILE.replace("\n", "\r\n")) == read(FILE)


def test_a_byte_order_mark_changes_nothing() -> None:
    assert read_bytes(b"\xef\xbb\xbf" + FILE.encode(), "basics/007-task.md").question == read(FILE)


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("---\nnumber: 7", "number: 7", 1, "F001"),
        ("topics: [roles, images]", "topics: [roles, images", 5, "F002"),
        ("reviewed: 2026-11-22", "reviewed: 2026-13-45", 2, "F002"),
        ("lab: broken-pull", "labs: broken-pull", 5, "F003"),
        ("number: 7", "number: seven", 2, "F004"),
        ("number: 7", "number: true", 2, "F004"),
        ("level: basics\n", "", 1, "F005"),
        ("topics: [roles, images]", "topics: roles", 4, "F006"),
        ("reviewed: 2026-11-22", "reviewed: soon", 6, "F007"),
        ("# What is a **task**?\n", "", 10, "F008"),
        ("## How it works", "# How it works", 15, "F009"),
        ("# What is a **task**?\n", "# What is a **task**?\nText without a section.\n", 11, "F010"),
        ("## How it works", "## Short answer", 15, "F011"),
        ("- What is a service? ([4](004-service.md))\n- What stops it?", "What is a service?", 32, "F012"),
        ("**exit code**", "exit code", 26, "F013"),
        ("Wrong: A task", "A task", 29, "F014"),
    ],
)
def test_broken_format_is_reported_with_its_line(old: str, new: str, line: int, code: str) -> None:
    assert old in FILE
    assert (line, code) in findings(FILE.replace(old, new, 1))


def test_an_unclosed_front_matter_is_reported() -> None:
    assert findings("---\nnumber: 1\n# Why?\n") == [(1, "F001")]


def test_front_matter_that_is_no_mapping_is_reported() -> None:
    assert findings("---\n- number\n---\n# Why?\n") == [(2, "F002")]


def test_a_file_that_is_not_utf8_is_reported_with_its_line() -> None:
    reading = read_bytes(b"---\nnumber: 1\n---\n# Caf\xe9\n", "a.md")
    assert reading.question is None
    assert [(finding.line, finding.code) for finding in reading.findings] == [(4, "F000")]


def test_a_repeated_section_keeps_its_text() -> None:
    reading = read_question(FILE.replace("## How it works", "## Short answer"), "a.md")
    assert reading.question is not None
    assert reading.question.sections[0].title == "Short answer (2)"
    assert "aws ecs list-tasks" in reading.question.sections[0].markdown


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    reading = read_question(text, "a.md")
    assert (reading.question is None) <= bool(reading.findings)


@given(st.text())
def test_no_body_makes_the_reader_fail(body: str) -> None:
    reading = read_question(f"---\nnumber: 1\nlevel: a\n---\n# Why?\n\n## Key points\n{body}", "a.md")
    assert reading.question is None or reading.question.number == 1
