"""From raw text to words, clauses and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.grading.stemmer import stem
from quiz.grading.text import MAX_WORDS, bounded, clauses, parts, plain, prose, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It doesn't pull.", ["it", "does", "not", "pull"]),
        ("It doesn’t pull.", ["it", "does", "not", "pull"]),
        ("It dont pull", ["it", "do", "not", "pull"]),
        ("It can't and won't", ["it", "can", "not", "and", "will", "not"]),
        ("the task's role, they're here", ["the", "task", "role", "they", "here"]),
        ("ecr:BatchGetImage", ["ecr", "batchgetimage"]),
        ("CPU <80% & 2 GiB", ["cpu", "80", "2", "gib"]),
    ],
)
def test_words_are_lower_case_with_contractions_written_out(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_of_absurd_length_is_cut() -> None:
    assert words("a" * 1000) == ["a" * 40]


def test_sentences_end_at_full_stops_and_list_items_but_not_inside_names() -> None:
    text = "Check ecs.amazonaws.com first! Then\n- the image tag\n- the route; it must be open."
    assert sentences(text) == [
        "Check ecs.amazonaws.com first",
        "Then",
        "the image tag",
        "the route; it must be open",
    ]


def test_a_wrapped_line_goes_on_in_the_next() -> None:
    long = "The execution role belongs to ECS and pulls the image before the"
    assert sentences(f"{long}\ncontainers start.") == [f"{long} containers start"]


def test_clauses_part_at_commas_colons_dashes_brackets_and_contrasts() -> None:
    sentence = "It pulls, then starts: a task (or two); while ecr:Get stays whole - but waits"
    assert [clauses(part) for part in parts(sentence)] == [
        ["It pulls", "then starts"],
        ["a task"],
        ["or two"],
        ["while ecr:Get stays whole"],
        ["but waits"],
    ]


def test_plain_text_has_no_marks_and_no_link_targets() -> None:
    assert plain("## A **bold** `code` [link](https://example.com/x)") == "A bold code link"


def test_prose_leaves_fenced_code_out_unless_there_is_nothing_else() -> None:
    assert prose("Run this:\n```bash\naws ecs list-tasks\n```\nand read.").split() == [
        "Run",
        "this:",
        "and",
        "read.",
    ]
    assert "aws ecs list-tasks" in prose("```bash\naws ecs list-tasks\n```\n")


def test_a_long_answer_is_cut_at_400_words_and_says_so() -> None:
    text, cut = bounded(" ".join(f"w{number}" for number in range(1000)))
    assert len(words(text)) == MAX_WORDS
    assert cut
    assert bounded("short answer") == ("short answer", False)


def test_halves_of_surrogate_pairs_do_not_survive() -> None:
    assert bounded("a \udc80 b")[0].encode() == b"a ? b"


@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(text: str) -> None:
    taken = [
        word
        for sentence in sentences(plain(text))
        for part in parts(sentence)
        for clause in clauses(part)
        for word in words(clause)
    ]
    assert all(word and word == word.casefold() for word in taken)


@pytest.mark.parametrize(
    "forms",
    [
        "scale scales scaled scaling",
        "policy policies",
        "deploy deploys deployed deploying deployment deployments",
        "configure configured configuration configurations",
        "stop stops stopped stopping",
        "register registered registers",
        "execute executes execution",
        "image images",
    ],
)
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["contain container", "task ask", "internal internet", "role roll"])
def test_different_words_keep_different_stems(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_short_words_and_numbers_are_their_own_stems() -> None:
    assert [stem(word) for word in ("ecs", "137", "s3", "bus")] == ["ecs", "137", "s3", "bus"]
