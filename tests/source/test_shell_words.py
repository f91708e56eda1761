"""Shell text to its words as written, and where a quote was left open."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.source.lint.shell_words import UnclosedError, without_substitutions, written_words

WORDS = st.lists(st.text(alphabet="abc -'\"\\$`|;&#()\n{}=", min_size=1, max_size=12), max_size=6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  'b c'\"d\" e", ["a", "'b c'\"d\"", "e"]),
        ("a \\\n  b", ["a", "b"]),
        ("a # it's a comment\nb#c", ["a", "\n", "b#c"]),
        ("a|b; c", ["a", "|", "b", ";", "c"]),
        ('a "$(b "c d")" `e f`', ["a", '"$(b "c d")"', "`e f`"]),
        ("a\\ b ''", ["a\\ b", "''"]),
        ("", []),
    ],
)
def test_words_keep_their_quotes(text: str, words: list[str]) -> None:
    assert written_words(text) == words


@given(WORDS)
def test_what_is_quoted_comes_back_word_by_word(words: list[str]) -> None:
    assert written_words(shlex.join(words)) == [shlex.quote(word) for word in words]


@given(st.text(alphabet="ab '\"\\$()`|#\n", max_size=60))
def test_any_text_has_words_or_a_place_that_is_open(text: str) -> None:
    found, place, mark = [], 0, ""
    try:
        found = written_words(text)
    except UnclosedError as error:
        place, mark = error.place, error.mark
    left = iter(text)
    assert all(char in left for char in "".join(found)), "words are made of what stands there, in order"
    assert not mark or text.startswith(mark, place - 1)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a $(b $(c)) d", "a $substituted d"),
        ('a "b $(c) d"', 'a "b $substituted d"'),
        ("a '$(b)' `c`", "a '$(b)' $substituted"),
        ("a \\$(b", "a \\$(b"),
    ],
)
def test_a_variable_stands_for_what_another_command_gives(text: str, bare: str) -> None:
    assert without_substitutions(text) == bare
