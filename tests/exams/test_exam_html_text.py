"""The Markdown of items as HTML that is safe to carry anywhere."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.exams.formats import html_text

untimed = settings(deadline=None)


def test_code_emphasis_lists_and_tables_become_html() -> None:
    html = html_text.block("Read `reason`, **then** act:\n\n- one\n\n| A | B |\n|---|--:|\n| 1 | 2 |")
    assert html.startswith("<p>Read <code>reason</code>, <strong>then</strong> act:</p>")
    assert "<li>one</li>" in html
    assert "<td>2</td>" in html


def test_raw_html_stays_text() -> None:
    assert html_text.block("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    "target", ["../easy/001-roles.md", "002-pull.md#steps", "#here", "/etc/passwd", "ftp://host/x"]
)
def test_a_link_that_leads_into_the_bank_or_nowhere_leaves_its_words(target: str) -> None:
    assert html_text.inline(f"See [**the** roles]({target}) first") == "See <strong>the</strong> roles first"


def test_a_link_to_the_web_stays() -> None:
    link = '<a href="https://docs.aws.amazon.com/ecs">docs</a>'
    assert html_text.inline("[docs](https://docs.aws.amazon.com/ecs)") == link


def test_no_link_runs_a_script() -> None:
    assert "<a" not in html_text.inline("[click](javascript:alert(1)) [me](data:text/html,x)")


def test_a_picture_is_replaced_by_its_description() -> None:
    assert html_text.inline("![a diagram](figure.png)") == "a diagram"


def test_a_gap_of_underscores_survives() -> None:
    for stem in ("_____ is one", "An _____, of _this_", "`aws ecs _____`", "(_____)"):
        assert "_____" in html_text.block(stem)


def test_words_alone_have_no_markup() -> None:
    assert html_text.text("**Read** `a < b` & [go](x.md)\nnow.\n\n- on") == "Read a < b & go now. on"


def test_what_stands_apart_without_a_mark_is_parted_in_one_line() -> None:
    assert (
        html_text.text("Cause: a rule\n\n- first\n- second?\n- third")
        == "Cause: a rule; first; second? third"
    )


@untimed
@given(st.text())
def test_whatever_is_written_gives_well_formed_xml(markdown: str) -> None:
    fromstring(f"<div>{html_text.block(markdown)}{html_text.inline(markdown)}</div>")
