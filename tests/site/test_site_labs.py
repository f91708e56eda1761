"""The labs' pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.cli.supplements import labs_of
from quiz.site.generate import generate, pages
from quiz.site.pages.labs import lab_page, labs_page
from quiz.site.supplements import Supplements
from tests.conftest import CONTENT
from tests.site.conftest import LAB


def test_a_lab_is_told_started_and_checked(bank: Bank) -> None:
    text = dict(pages(bank, Supplements((LAB,))))["labs/broken-pull.md"]
    assert "Lab 2 · easy · about 15 minutes · [A task stops with" in text
    assert (
        text.index("no task of <code>web</code>")
        < text.index("ecsquiz lab start 2")
        < text.index("lab check")
    )


def test_hints_and_what_had_happened_are_folded_one_by_one() -> None:
    text = lab_page(LAB, {})
    assert text.count('<details class="fold"') == 3
    first, second = text.index("Hint 1 of 2</summary>"), text.index("Hint 2 of 2</summary>")
    assert first < text.index("</details>", first) < second < text.index("The route to the registry")


def test_a_hint_cannot_act_in_the_page() -> None:
    text = lab_page(replace(LAB, hints=("<script>alert(1)</script>",), title="<b>x"), {})
    assert "<script>" not in text
    assert "<b>" not in text


def test_the_list_says_what_each_lab_begins_with() -> None:
    text = labs_page([LAB])
    assert "[Nothing starts](broken-pull.md)" in text
    assert "<br>Since this morning no task of <code>web</code> reaches RUNNING" in text


def test_a_bank_without_labs_says_so() -> None:
    assert "This bank has no labs yet." in labs_page([])


def test_the_page_of_a_lab_that_is_gone_goes(bank: Bank, tmp_path: Path) -> None:
    generate(bank, tmp_path, supplements=Supplements((LAB,)))
    assert (tmp_path / "labs" / "broken-pull.md").exists()
    assert generate(bank, tmp_path).removed == 1


def test_only_labs_that_the_bank_names_are_on_its_site(bank: Bank, tmp_path: Path) -> None:
    assert labs_of(bank) == ()
    build_bank(CONTENT, tmp_path / "whole.sqlite")
    with Bank.open(tmp_path / "whole.sqlite") as whole:
        named = {question.lab for question in whole.questions()}
        found = {lab.slug: lab for lab in labs_of(whole)}
    assert set(found) <= named
    assert found["cannot-pull-container"].question == 101
