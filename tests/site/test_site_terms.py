"""Glossary terms in a page's prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.store import Bank
from quiz.site.dialect import for_builders
from quiz.site.generate import pages
from quiz.site.terms import Glossary, Marked
from quiz.source.question import Term

TERMS = [
    Term("task", meaning="One running copy."),
    Term("task role", meaning="The role of the code.", aliases=("application role",)),
    Term("IAM", meaning="Who may do what."),
    Term("stopped reason", meaning='Why a task "stopped" & more.'),
]


def marked(text: str, terms: Sequence[Term] = TERMS) -> list[tuple[str, str]]:
    pieces = list(Glossary(terms).for_page()(text))
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in pieces) == text
    return [(piece.text, piece.anchor) for piece in pieces if isinstance(piece, Marked)]


def test_the_first_use_is_marked_and_no_other() -> None:
    assert marked("A task, and another task.") == [("task", "term-task")]


def test_the_longest_term_wins() -> None:
    assert marked("The task role of a task.") == [("task role", "term-task-role"), ("task", "term-task")]


def test_other_names_plurals_and_capitals_are_the_same_term() -> None:
    assert marked("Application roles help.") == [("Application roles", "term-task-role")]


def test_an_acronym_is_told_by_its_capitals() -> None:
    assert marked("the iam prefix") == []
    assert marked("IAM decides") == [("IAM", "term-iam")]


def test_a_part_of_a_word_is_no_term() -> None:
    assert marked("multitask taskforce ecs:task") == []


def page(text: str) -> str:
    return for_builders(text, mark=Glossary(TERMS).for_page())


def test_a_term_leads_to_the_glossary_and_carries_its_meaning() -> None:
    link = '<a class="term" href="../../glossary/#term-task" title="One running copy.">task</a>'
    assert page("A task runs.") == f"<p>A {link} runs&#46;</p>"


def test_a_meaning_cannot_break_out_of_its_attribute() -> None:
    assert 'title="Why a task &quot;stopped&quot; &amp; more."' in page("The stopped reason.")


def test_code_links_headings_and_fences_are_left_alone() -> None:
    text = "### task\n`task` [task](https://docs.aws.amazon.com/)\n\n```text\ntask\n```"
    assert 'class="term"' not in page(text)


def test_a_page_marks_a_term_once_over_all_its_blocks() -> None:
    mark = Glossary(TERMS).for_page()
    both = for_builders("A task.", mark=mark) + for_builders("| task |\n|---|\n| task |", mark=mark)
    assert both.count('class="term"') == 1


def test_every_term_of_a_page_is_on_the_glossary_page(bank: Bank) -> None:
    written = dict(pages(bank))
    anchors = set(re.findall(r'href="../../glossary/#([^"]+)"', "".join(written.values())))
    assert "term-execution-role" in anchors
    assert anchors <= set(re.findall(r'id="([^"]+)"', written["glossary.md"]))


@given(st.text(st.sampled_from("task role IAMs.-:,(`"), max_size=60))
def test_the_text_stays_what_it_was(text: str) -> None:
    marked(text)
