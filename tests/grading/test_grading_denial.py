"""Which words of a clause are denied."""

from __future__ import annotations

import pytest

from quiz.grading.clauses import Polarity, Word, sentences_of
from quiz.grading.lexicon import NEGATORS
from quiz.grading.vocabulary import Vocabulary

PLAIN = Vocabulary()


def polarities(text: str) -> dict[str, Polarity]:
    found: dict[str, Polarity] = {}
    for sentence in sentences_of(text, lambda word, _: Word(PLAIN.stems_of(word), word in NEGATORS)):
        for clause in sentence.clauses:
            found.update(clause.said())
    return found


def denied(text: str) -> set[str]:
    return {root for root, polarity in polarities(text).items() if polarity}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The role pulls the image", set()),
        ("The role does not pull the image", {"pull", "imag"}),
        ("The role never pulls images, logs or secrets", {"pull", "imag", "log", "secret"}),
        ("The role pulls, not the task, and sends logs", {"task"}),
        ("It cannot pull until the route exists", {"pull"}),
        ("There is no route, and the image exists", {"rout"}),
        ("It does not pull and it sends logs", {"pull"}),
        ("It pulls not only images but logs", set()),
        ("It does not pull. It sends logs", {"pull"}),
        ("The image never lacks a tag", set()),
        ("Neither the role nor the image matters", {"rol", "imag", "matter"}),
    ],
)
def test_a_negator_denies_what_hangs_on_it(text: str, expected: set[str]) -> None:
    assert denied(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The role is not needed",
        "The role never matters here",
        "The role is irrelevant",
        "The role cannot be the cause",
    ],
)
def test_a_dismissal_denies_what_stands_before_it(text: str) -> None:
    assert polarities(text)["rol"] is Polarity.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that the role pulls the image, logs and secrets",
        "It is wrong to say that the role pulls the image",
        "It is a myth that the role pulls the image",
    ],
)
def test_a_denied_sentence_is_denied_to_its_end(text: str) -> None:
    assert polarities(text)["pull"] is Polarity.DENIED
    assert polarities(text)["imag"] is Polarity.DENIED


def test_a_denial_of_a_denial_affirms() -> None:
    assert polarities("It is not true that the role does not pull the image")["pull"] is Polarity.AFFIRMED


def test_a_lack_is_told_from_a_denied_need() -> None:
    assert polarities("There is no route")["rout"] is Polarity.LACKING
    assert polarities("You must not open the route")["rout"] is Polarity.DENIED


def test_what_is_said_both_ways_counts_as_affirmed() -> None:
    assert polarities("Not the role but the role")["rol"] is Polarity.AFFIRMED
