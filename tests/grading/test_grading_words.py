"""Vocabulary and spelling: the words of answers to the words of a question."""

from __future__ import annotations

import pytest

from quiz.grading.matching import Matcher
from quiz.grading.spelling import closest, opposed, repaired
from quiz.grading.vocabulary import Vocabulary
from quiz.source.question import Term

GLOSSARY = (
    Term("ALB", "A load balancer for HTTP.", ("application load balancer", "load balancer")),
    Term("execution role", "The role of ECS.", ("task execution role",), ("task role",)),
    Term("task role", "The role of the code."),
    Term("Service", "Keeps tasks running.", ("svc", "thing")),
    Term("Job", "Runs once.", ("thing",)),
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    texts = ["The stopTimeout of a task", "A task in awsvpc mode", "BatchGetImage pulls from DynamoDB"]
    return Vocabulary.build(texts, GLOSSARY)


def test_a_rare_word_weighs_more_than_one_of_every_document(vocabulary: Vocabulary) -> None:
    assert vocabulary.rarity("awsvpc") > vocabulary.rarity("task") > 0
    assert vocabulary.rarity("unheard") > vocabulary.rarity("awsvpc")


def test_an_everyday_word_weighs_half(vocabulary: Vocabulary) -> None:
    assert vocabulary.weight("water") == vocabulary.rarity("water") / 2
    assert vocabulary.weight("awsvpc") == vocabulary.rarity("awsvpc")


def test_a_name_with_inner_capitals_is_read_as_its_parts_in_any_case(vocabulary: Vocabulary) -> None:
    assert vocabulary.stems_of("stoptimeout") == ("stop", "timeout")
    assert vocabulary.stems_of("batchgetimage") == ("batch", "get", "imag")
    assert vocabulary.stems_of("dynamodb") == ("dynamo", "db")


def test_other_names_become_the_terms_own(vocabulary: Vocabulary) -> None:
    assert vocabulary.canonical_stems("an Application Load Balancer") == ("alb",)
    assert vocabulary.canonical_stems("the load balancers") == ("alb",)
    assert vocabulary.canonical_stems("the task execution role") == ("execut", "rol")


def test_a_name_that_two_terms_share_stands_for_neither(vocabulary: Vocabulary) -> None:
    assert vocabulary.canonical_stems("thing") == ()
    assert vocabulary.canonical_stems("svc") == ("servic",)


def test_a_name_of_function_words_and_one_other_stands_for_nothing_shorter() -> None:
    glossary = [Term("OOM", "No memory left.", ("out of memory", "OutOfMemory"))]
    vocabulary = Vocabulary.build([], glossary)
    assert vocabulary.canonical_stems("the memory") == ("memori",)
    assert vocabulary.forms_of("OOM") == (("oom",),)


def test_a_bold_term_has_all_forms_of_its_glossary_entry(vocabulary: Vocabulary) -> None:
    assert vocabulary.forms_of("load balancer") == (("load", "balancer"), ("alb",))
    assert vocabulary.forms_of("stop reason") == (("stop", "reason"),)


def test_what_the_glossary_calls_confusable_goes_both_ways(vocabulary: Vocabulary) -> None:
    assert ("task", "rol") in vocabulary.terms.confusable["execut", "rol"]
    assert ("execut", "rol") in vocabulary.terms.confusable["task", "rol"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exection", "execution"),
        ("excution", "execution"),
        ("ocntainer", "container"),
        ("taks", "task"),
        ("subnett", "subnet"),
        ("tusk", None),
        ("xyzzy", None),
        ("137", None),
        ("ecs", None),
    ],
)
def test_a_slip_of_the_keyboard_is_repaired_and_no_more(typed: str, meant: str | None) -> None:
    assert repaired(typed, ["execution", "container", "task", "subnet"]) == meant


def test_forms_of_a_word_are_close_and_its_negation_is_not() -> None:
    found = closest("balancer", ["balanc", "healthi"])
    assert found is not None
    assert found[0] == "balanc"
    assert closest("unhealthi", ["healthi"]) is None
    assert opposed("mutable", "immutable")


def test_numbers_are_never_close() -> None:
    assert closest("1200", ["120"]) is None


@pytest.fixture
def matcher(vocabulary: Vocabulary) -> Matcher:
    return Matcher(
        vocabulary, ["The load balancer needs awsvpc without timeouts"], ["load", "balanc", "awsvpc"]
    )


def test_words_written_apart_or_together_are_the_same(matcher: Matcher) -> None:
    assert matcher.resolve("aws", "vpc").stems == ("awsvpc",)
    assert matcher.resolve("aws", "vpc").joined
    assert matcher.resolve("loadbalancer", "").stems == ("load", "balancer")


def test_a_misspelt_word_of_the_question_is_understood(matcher: Matcher) -> None:
    assert matcher.resolve("balanecr", "").stems == ("balancer",)
    match = matcher.match("balancer")
    assert match is not None
    assert match[0] == "balanc"
    assert 0.75 < match[1] < 0.95


def test_an_everyday_word_is_not_taken_for_a_misspelling(matcher: Matcher) -> None:
    assert matcher.resolve("load", "").stems == ("load",)
    assert matcher.resolve("road", "").stems == ("road",)


def test_a_misspelt_negator_still_denies(matcher: Matcher) -> None:
    assert matcher.resolve("withuot", "").denies
    assert matcher.resolve("not", "").denies


def test_what_was_matched_is_remembered_up_to_a_limit(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.grading.matching._REMEMBERED", 3)
    answers = [(matcher.resolve(f"word{n}", ""), matcher.match(f"word{n}")) for n in range(10)]
    assert [stems.stems for stems, _ in answers] == [(f"word{n}",) for n in range(10)]
