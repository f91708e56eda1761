"""How a page from a colleague looks on a terminal."""

from __future__ import annotations

import pytest

from quiz.cli.lab.shown import WIDEST, paragraphs

LIST = "What it needs:\n  HOST   db.shop.internal\n  PORT   5432\nNothing else."


def test_paragraphs_flow_to_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = paragraphs("one two three four five six seven eight nine ten eleven\ntwelve\n\nnext")
    assert shown == "one two three four five six seven eight\nnine ten eleven twelve\n\nnext"


def test_no_line_is_longer_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert max(len(line) for line in paragraphs("word " * 200).splitlines()) <= WIDEST


def test_indented_lines_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert paragraphs(LIST) == LIST
