"""The Markdown of items as a tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.exams.formats.prose import (
    Code,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    blocks,
    inline,
    text,
)


def test_looks_may_be_nested() -> None:
    assert inline("A **bold `code`** and *it*.") == (
        Run("A "),
        Run("bold ", bold=True),
        Run("code", bold=True, code=True),
        Run(" and "),
        Run("it", italic=True),
        Run("."),
    )


def test_links_to_files_of_the_bank_lose_their_target_and_others_keep_it() -> None:
    assert inline("[two](../a/002.md#x), [AWS](https://aws.amazon.com)") == (
        Run("two, "),
        Run("AWS", link="https://aws.amazon.com"),
    )


def test_html_stays_text_and_a_gap_stays_a_gap() -> None:
    assert text(inline("<b>a</b> (n) _____ is.")) == "<b>a</b> (n) _____ is."


def test_blocks_are_told_apart() -> None:
    found = blocks(
        "# H\n\nP\n\n- a\n- b\n  1. c\n\n```bash\naws\n```\n\n> q\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    )
    assert [type(block) for block in found] == [Heading, Paragraph, Listing, Code, Quote, Table]
    listing = found[2]
    assert isinstance(listing, Listing)
    assert not listing.ordered
    assert [type(part) for part in listing.entries[1]] == [Paragraph, Listing]
    assert found[3] == Code("aws", "bash")
    assert found[5] == Table(((Run("x"),), (Run("y"),)), (((Run("1"),), (Run("2"),)),))


def test_an_option_of_several_blocks_becomes_one_line() -> None:
    assert text(inline("one\n\n- two\n- three\n\n```\nfour\nfive\n```")) == "one two; three four five"


@given(st.text(alphabet=st.sampled_from("ab `*_#>-|1.[]()\n<&"), max_size=80))
def test_no_text_of_any_markdown_is_an_error(markdown: str) -> None:
    assert isinstance(text(inline(markdown)), str)
