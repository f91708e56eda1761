"""Reading the items that an author wrote in the section `## Items`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank import payload
from quiz.source.question import AuthoredItem, Question, Veto
from quiz.source.reader import read_question

HEAD = """\
---
number: 7
level: basics
without:
  - choice/table-fix-no-route
  - cloze/tag
---
# Why does a pull fail?

## Short answer
No route, no permission or no such tag.

## How a pull works
Token, manifest, layers.

## Items

"""
ORDERING = """\
### Ordering: [an image pull](#how-a-pull-works)
What does the agent do to pull an image?

1. Ask for a registry token.
2. Ask for the manifest.
3. Download the
   layers.

> The manifest names the layers,
> and the token opens the registry.
"""
CHOICE = """\
### Choice: who pulls
Which role pulls the image?

- [ ] The task role
- [x] The execution role
- [ ] The instance role of the host
- [ ] The service-linked role

> The task role is for the application.
"""
CLOZE = """\
### Cloze: registry permission
To read a manifest the role needs [[ecr:BatchGetImage | BatchGetImage]] on the repository.

> Without it the pull stops after the token.
"""
MATCHING = """\
### Matching: errors
What does each error mean?

| Error | Meaning |
|---|---|
| `manifest unknown` | no such tag |
| `toomanyrequests` | rate limit |
| `i/o timeout` | no route |
| `403 Forbidden` | no permission |
|  | full disk |

> Each comes from another part of the pull.
"""
COMMAND = """\
### Command: list the images
List the images of the repository `web`.

```bash
aws ecr list-images --repository-name web
```

```bash
aws ecr describe-images --repository-name web
```

> Both list them.
"""
ALL = {"ordering": ORDERING, "choice": CHOICE, "cloze": CLOZE, "matching": MATCHING, "command": COMMAND}


def read(items: str) -> Question:
    reading = read_question(HEAD + items, "basics/007-pull.md")
    assert [str(finding) for finding in reading.findings] == []
    assert reading.question is not None
    return reading.question


def complaint(items: str) -> tuple[int, str, str]:
    """Line within `items`, code and message of the only finding."""
    (finding,) = read_question(HEAD + items, "basics/007-pull.md").findings
    return finding.line - HEAD.count("\n"), finding.code, finding.message


def only(items: str) -> AuthoredItem:
    (item,) = read(items).items
    return item


def test_a_numbered_list_is_an_ordering() -> None:
    assert only(ORDERING) == AuthoredItem(
        kind="ordering",
        name="an image pull",
        stem="What does the agent do to pull an image?",
        answers=("Ask for a registry token.", "Ask for the manifest.", "Download the layers."),
        explanation="The manifest names the layers,\nand the token opens the registry.",
        section="How a pull works",
        line=HEAD.count("\n") + 1,
    )


def test_a_task_list_is_a_choice_and_its_tick_the_key() -> None:
    item = only(CHOICE)
    assert item.answers == ("The execution role",)
    assert item.distractors == (
        "The task role",
        "The instance role of the host",
        "The service-linked role",
    )


def test_double_brackets_are_the_gap_and_bars_part_the_accepted_forms() -> None:
    item = only(CLOZE)
    assert item.stem == "To read a manifest the role needs _____ on the repository."
    assert item.answers == ("ecr:BatchGetImage", "BatchGetImage")


def test_a_table_is_a_matching_and_a_row_without_left_side_is_a_distractor() -> None:
    item = only(MATCHING)
    assert item.prompts == ("`manifest unknown`", "`toomanyrequests`", "`i/o timeout`", "`403 Forbidden`")
    assert item.answers == ("no such tag", "rate limit", "no route", "no permission")
    assert item.distractors == ("full disk",)


def test_each_fence_is_an_accepted_command_and_the_first_the_model() -> None:
    assert only(COMMAND).answers == (
        "aws ecr list-images --repository-name web",
        "aws ecr describe-images --repository-name web",
    )


def test_a_fence_that_is_no_command_belongs_to_the_question() -> None:
    item = only(COMMAND.replace("List the images", "```json\n{}\n```\n\nList the images"))
    assert item.stem.startswith("```json\n{}\n```")
    assert len(item.answers) == 2


def test_all_kinds_stand_in_one_section_which_is_no_part_of_the_answer() -> None:
    question = read("\n".join(ALL.values()))
    assert [item.kind for item in question.items] == list(ALL)
    assert [section.title for section in question.sections] == ["How a pull works"]


def test_vetoes_carry_their_lines() -> None:
    assert read(CLOZE).without == (Veto("choice/table-fix-no-route", 5), Veto("cloze/tag", 6))


def test_a_stored_question_keeps_its_items_and_vetoes() -> None:
    question = read("\n".join(ALL.values()))
    assert payload.load_question(payload.dump(question)) == question


@pytest.mark.parametrize(
    ("items", "line", "code", "words"),
    [
        ("Some text.\n\n" + CLOZE, 1, "F015", "heading"),
        (CLOZE.replace("Cloze", "Essay"), 1, "F015", "one of Choice, Cloze"),
        (CLOZE.replace("### Cloze:", "### Cloze"), 1, "F015", "### Kind: name"),
        (CLOZE + "\n#### More\nText.\n", 6, "F015", "### Kind: name"),
        (CLOZE + "\n" + CLOZE, 6, "F015", "a second cloze item is called `registry permission`"),
        (CLOZE.replace("> Without", "Without"), 1, "F016", "explain"),
        (CLOZE.replace("[[", "").replace("]]", ""), 1, "F016", "0 gaps"),
        (CLOZE.replace("repository.", "[[repository]]."), 1, "F016", "2 gaps"),
        (CLOZE.replace("ecr:BatchGetImage | BatchGetImage", " | "), 1, "F016", "the gap is empty"),
        (CLOZE.replace("manifest", "batchgetimage"), 1, "F016", "still shows the answer"),
        (CHOICE.replace("[ ] The task", "[x] The task"), 1, "F016", "2 right and 2 wrong"),
        (CHOICE.replace("- [ ] The task role\n", ""), 1, "F016", "1 right and 2 wrong"),
        (CHOICE.replace("[ ] The task", "The task"), 1, "F016", "1 right and 2 wrong"),
        (CHOICE.replace("The task role\n", "the execution role.\n"), 1, "F016", "stands twice"),
        (ORDERING.replace("2. Ask for the manifest.\n", ""), 1, "F016", "2 steps: write 3 to 7"),
        (ORDERING.replace("a registry token", "the manifest"), 1, "F016", "the manifest.` stands twice"),
        (ORDERING.replace("What does the agent do to pull an image?", ""), 1, "F016", "ask something above"),
        (ORDERING.replace("1. Ask", "Ask").replace("2. ", "").replace("3. ", ""), 1, "F016", "numbered list"),
        (ORDERING.replace("\n>", "\nAnd that is all.\n\n>", 1), 1, "F016", "then only the explanation"),
        (MATCHING.replace("| `i/o timeout` | no route |\n", ""), 1, "F016", "3 pairs: write 4 to 6"),
        (MATCHING.replace("full disk", "no route"), 1, "F016", "right side `no route` stands twice"),
        (MATCHING.replace("no such tag", " "), 1, "F016", "two columns"),
        (COMMAND.replace("aws ecr list-images", "docker images"), 1, "F016", "starts with `aws`"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_reported_with_its_line(items: str, line: int, code: str, words: str) -> None:
    found = complaint(items)
    assert found[:2] == (line, code)
    assert words in found[2]


def test_a_broken_item_costs_none_of_the_others() -> None:
    reading = read_question(HEAD + CHOICE.replace("[x]", "[ ]") + "\n" + CLOZE, "a.md")
    assert reading.question is not None
    assert [item.kind for item in reading.question.items] == ["cloze"]


def test_an_empty_section_is_reported() -> None:
    assert complaint("")[1] == "F015"


@given(st.text(), st.sampled_from(["", *ALL.values()]))
def test_no_text_makes_the_reader_fail(text: str, item: str) -> None:
    reading = read_question(HEAD + item + text, "a.md")
    assert reading.question is None or len(reading.question.items) <= 1 + text.count("###")
