"""Finding the commands in shell text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.source.lint.shell import PLACEHOLDER, commands


def words(text: str) -> list[list[str]]:
    return [command.words for command in commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aws ecs list-tasks", [["aws", "ecs", "list-tasks"]]),
        ("a 'b c' \"d e\"f", [["a", "b c", "d ef"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a | b && c || d; e", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("# a comment\na # another\nb#c", [["a"], ["b#c"]]),
        ('a "# no comment"', [["a", "# no comment"]]),
        ("X=1 sudo a", [["a"]]),
        ("if a; then b; fi", [["a"], ["b"], ["fi"]]),
        ("a $(b c) d", [["b", "c"], ["a", PLACEHOLDER, "d"]]),
        ("a `b c` d", [["b", "c"], ["a", PLACEHOLDER, "d"]]),
        ('a "$(b "$c")"', [["b", PLACEHOLDER], ["a", PLACEHOLDER]]),
        ("a $HOME ${X:-y} $? $", [["a", PLACEHOLDER, PLACEHOLDER, PLACEHOLDER, "$"]]),
        ("a <cluster name> b", [["a", PLACEHOLDER, "b"]]),
        ("a > file 2>&1 < in b", [["a", "b"]]),
        ("a '{\n\"b\": 1}' c", [["a", '{\n"b": 1}', "c"]]),
        ("a <<EOF\naws ecs nonsense\nEOF\nb", [["a"], ["b"]]),
        ("a \\\\ b\\ c", [["a", "\\", "b c"]]),
        ('a "unclosed', [["a", "unclosed"]]),
    ],
)
def test_words_are_those_the_shell_would_pass(text: str, expected: list[list[str]]) -> None:
    assert sorted(words(text)) == sorted(expected)


def test_a_command_knows_the_line_on_which_it_starts() -> None:
    text = "a '\n' \\\n b\n\nc $(\nd)\n"
    assert [(command.line, command.words[0]) for command in commands(text)] == [(0, "a"), (4, "c"), (5, "d")]


@given(st.text(alphabet="ab '\"\\$(){}`<>|&;#\n-="))
def test_no_text_makes_the_scanner_fail(text: str) -> None:
    commands(text)
