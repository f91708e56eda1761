"""The pages that are generated from a bank."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.site import figures
from quiz.site.figures import draw_figures
from quiz.site.generate import GENERATED, generate, hand_written, pages
from quiz.site.pages.question import Neighbours, question_page

FIGURE = "before\n\n```mermaid\nflowchart LR\n    A[Task] -- pulls --> B[Registry]\n```\n\nafter"


def page(bank: Bank, name: str) -> str:
    return dict(pages(bank))[name]


def test_every_question_level_and_topic_has_its_page(bank: Bank) -> None:
    assert sorted(name for name, _ in pages(bank)) == [
        "glossary.md",
        "levels/basics.md",
        "levels/index.md",
        "levels/repairs.md",
        "questions/1.md",
        "questions/2.md",
        "questions/index.md",
        "topics/images.md",
        "topics/index.md",
        "topics/roles.md",
    ]


def test_the_answer_comes_after_the_attempt_and_is_folded(bank: Bank) -> None:
    text = page(bank, "questions/1.md")
    assert text.index("<textarea") < text.index('<details class="answer"') < text.index("## Short answer")
    assert text.index("## Common mistakes") < text.index("</details>")


def test_key_points_are_a_list_to_tick(bank: Bank) -> None:
    assert "- [ ] The <strong>execution role</strong> reads secrets before the code runs" in page(
        bank, "questions/1.md"
    )


def test_a_follow_up_leads_to_the_page_that_answers_it(bank: Bank) -> None:
    assert "- [What happens if the pull fails?](2.md)" in page(bank, "questions/1.md")
    assert "- How do you tell a missing route from a missing permission?" in page(bank, "questions/2.md")


def test_a_lab_has_its_door(bank: Bank) -> None:
    question = replace(bank.question(2), lab="broken-pull")
    assert "ecsquiz lab start 2" in question_page(question, bank.spec, Neighbours(), str)
    assert "ecsquiz lab start" not in page(bank, "questions/2.md")


def test_sources_carry_the_review_date(bank: Bank) -> None:
    assert "Reviewed on 2026-11-22." in page(bank, "questions/1.md")


def test_a_page_leads_to_its_neighbours_within_the_level(bank: Bank) -> None:
    first, second = bank.questions()
    text = question_page(first, bank.spec, Neighbours(after=second), str)
    assert "Next: [A task stops with CannotPullContainerError" in text
    assert "Before:" not in text
    assert "neighbours" not in page(bank, "questions/1.md")


def test_the_edit_link_needs_a_repository(bank: Bank) -> None:
    question = bank.question(1)
    assert "Edit this question" not in question_page(question, bank.spec, Neighbours(), str)
    spec = replace(bank.spec, repository="https://git.example/edit/content/")
    linked = question_page(question, spec, Neighbours(), str)
    assert "[Edit this question](https://git.example/edit/content/basics/001-roles.md)" in linked


def test_a_title_may_hold_anything(bank: Bank) -> None:
    question = replace(bank.question(1), prompt='Why: "a" <script>x</script> # & \\ {}?')
    text = question_page(question, bank.spec, Neighbours(), str)
    matter = yaml.safe_load(text.split("---")[1])
    assert matter["title"] == '1. Why: "a" <script>x</script> # & \\ {}?'
    assert "<script>" not in text.split("---", 2)[2]


def test_a_question_with_nothing_but_text_has_a_page(bank: Bank) -> None:
    bare = replace(
        bank.question(2), short_answer="", key_points=(), mistakes=(), follow_ups=(), sources=(), topics=()
    )
    text = question_page(bare, bank.spec, Neighbours(), str)
    assert "## Steps" in text
    assert "## Key points" not in text


def test_topic_pages_list_the_easier_levels_first(bank: Bank) -> None:
    text = page(bank, "topics/roles.md")
    assert text.index("## Basics") < text.index("questions/1.md") < text.index("questions/2.md")


def test_a_topic_without_questions_says_so(bank_folder: Path, tmp_path: Path) -> None:
    (bank_folder / "bank.toml").open("a").write('\n[[topics]]\nslug = "empty"\ntitle = "Empty"\n')
    build_bank(bank_folder, tmp_path / "b.sqlite")
    with Bank.open(tmp_path / "b.sqlite") as bank:
        assert "No question yet." in page(bank, "topics/empty.md")


def test_the_glossary_tells_other_names(bank: Bank) -> None:
    text = page(bank, "glossary.md")
    assert "### execution role" in text
    assert "Also: task execution role." in text


def test_generating_twice_writes_nothing_the_second_time(bank: Bank, tmp_path: Path) -> None:
    first = generate(bank, tmp_path)
    assert (first.pages, first.written, first.removed) == (10, 10, 0)
    assert generate(bank, tmp_path).written == 0


def test_pages_of_removed_questions_go(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "99.md").write_text("old")
    (tmp_path / "index.md").write_text("by hand")
    assert generate(bank, tmp_path).removed == 1
    assert (tmp_path / "index.md").read_text() == "by hand"


def test_only_files_by_hand_are_by_hand(bank: Bank, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    generate(bank, docs)
    (docs / "index.md").write_text("by hand")
    (docs / "make.py").write_text("")
    assert [path.name for path in hand_written(docs)] == ["index.md"]
    assert {path.relative_to(docs).parts[0] for path in docs.rglob("*.md")} == {*GENERATED, "index.md"}


def test_a_figure_is_drawn_and_told_in_words() -> None:
    drawn = draw_figures(FIGURE, "figure")
    assert "<svg" in drawn
    assert 'aria-label="Diagram: Task; pulls; Registry"' in drawn
    assert drawn.startswith("before\n\n<div")
    assert drawn.endswith("</div>\n\nafter")


def test_a_figure_that_cannot_be_drawn_is_shown_as_text() -> None:
    broken = "```mermaid\nnot a diagram at all -->\n```"
    assert draw_figures(broken, "figure") == broken.replace("mermaid", "text")


def test_without_the_renderer_figures_are_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_engine", lambda: None)
    assert "```text\nflowchart LR" in draw_figures(FIGURE, "figure")


@pytest.mark.parametrize(
    "line", ['A["<img src=x onerror=alert(1)>"] --> B', 'click A "javascript:alert(1)"', "A[<script>] --> B"]
)
def test_a_figure_with_more_than_words_is_shown_as_text(line: str) -> None:
    hostile = f"```mermaid\nflowchart LR\n    {line}\n```"
    assert draw_figures(hostile, "figure") == hostile.replace("mermaid", "text")
