"""What the page for contributors shows of items of one's own can be read."""

from __future__ import annotations

from quiz.source import markdown
from quiz.source.reader import read_question
from tests.conftest import CHECKOUT, ROLES


def test_the_examples_of_items_are_items() -> None:
    page = (CHECKOUT / "docs" / "contributors.md").read_text(encoding="utf-8")
    (example,) = [fence.text for fence in markdown.fences(page) if fence.text.startswith("## Items")]
    reading = read_question(f"{ROLES}\n{example}", "a.md")
    assert reading.findings == ()
    assert reading.question is not None
    assert [item.kind for item in reading.question.items] == [
        "choice",
        "cloze",
        "ordering",
        "matching",
        "command",
    ]
