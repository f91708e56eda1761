"""Sentences with a gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.items import cloze
from quiz.items.instruction import instruction, with_instruction
from quiz.items.item import Item
from quiz.source.question import KeyPoint, Question

PROMPT = "What happens when a container ends?"


def items(*points: str, prompt: str = PROMPT, short_answer: str = "") -> list[Item]:
    key_points = tuple(KeyPoint(point, ()) for point in points)
    return list(cloze.derive(Question(1, "basics", (), prompt, short_answer, key_points=key_points)))


def only(point: str, prompt: str = PROMPT) -> Item:
    (item,) = items(point, prompt=prompt)
    return item


def test_a_bold_term_becomes_the_gap_below_the_question() -> None:
    item = only("The **stop timeout** says how long ECS waits between both signals before it kills.")
    assert item.stem == (
        f"{PROMPT}\n\nFill in two words (s... t...):\n\n"
        "The _____ says how long ECS waits between both signals before it kills."
    )
    assert item.answers == ("stop timeout",)
    assert (
        item.explanation == "The stop timeout says how long ECS waits between both signals before it kills."
    )
    assert (item.key, item.section) == ("stop-timeout", "Key points")


def test_a_number_with_a_unit_becomes_the_gap_in_digits_or_in_words() -> None:
    item = only("A stopped record can be described for at most five hours after everything has ended.")
    assert "at most _____ hours" in item.stem
    assert item.answers == ("five", "5")
    assert item.key == "five-hours"


def test_a_name_from_code_becomes_the_gap() -> None:
    item = only(
        "Choose how many days of notice each account gets with `fargateTaskRetirementWaitPeriod` beforehand."
    )
    assert item.answers == ("fargateTaskRetirementWaitPeriod",)


def test_a_permission_is_accepted_without_its_service() -> None:
    item = only(
        "Reading the manifest of a private repository needs **ecr:BatchGetImage** granted beforehand."
    )
    assert item.answers == ("ecr:BatchGetImage", "BatchGetImage")


def test_a_plural_is_accepted_in_the_singular() -> None:
    item = only("Two **target groups** stand ready behind one production listener during the switch.")
    assert item.answers == ("target groups", "target group")


def test_a_question_that_shows_the_answer_is_left_out_of_the_stem() -> None:
    sentence = "A **grace period** lets the scheduler ignore failed checks while the application still boots."
    assert only(sentence, prompt="What is a grace period?").stem.startswith("Fill in two words")


def test_a_sentence_that_needs_the_question_is_left_out_where_that_shows_the_answer() -> None:
    sentence = "It makes the **grace period** cover failed checks while the application still boots up."
    assert items(sentence, prompt="What is a grace period?") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The **task role** is not the execution role, which pulls images and reads secrets early.",
        "The **ENI** is an elastic network interface with addresses and security groups for each workload.",
        "The **elastic network interface**, or ENI, carries addresses and security groups for each workload.",
        "Set **enableExecuteCommand** to enable sessions in running workloads through the plugin.",
    ],
    ids=["a word of it", "its long form", "its initials", "a word of a name"],
)
def test_a_sentence_that_shows_the_answer_elsewhere_has_no_gap(sentence: str) -> None:
    assert items(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Logs leave through **awslogs** or FireLens, whichever the definition names for each workload.",
        "You own images, **placement constraints**, subnets and security groups, and pay extra besides.",
        "Sources of compute exist in kinds: **Fargate**, your own machines or external servers elsewhere.",
        "Machines keep running such as **binpack** would leave them after everything moved away slowly.",
        "The **account setting** fargateTaskRetirementWaitPeriod chooses the days of notice beforehand.",
        "The **service** replaces everything that stops or turns unhealthy within its deployment percents.",
        "The **grace period** must cover booting.",
    ],
    ids=["one of two", "of many", "first of many", "an example", "before its name", "generic", "too short"],
)
def test_a_gap_that_several_words_fit_is_not_made(sentence: str) -> None:
    unwanted = sentence.split("**")[1]
    assert unwanted not in [item.answers[0] for item in items(sentence)]


def test_what_is_said_twice_is_asked_once() -> None:
    twice = "The **stop timeout** says how long ECS waits between both signals before it kills."
    assert len(items(twice, short_answer=twice.replace("*", ""))) == 1


def test_an_answer_is_asked_for_once() -> None:
    keys = [
        item.key
        for item in items(
            "The **stop timeout** says how long ECS waits between both signals before it kills.",
            "A worker needs a long **stop timeout** because open messages finish slowly at night.",
        )
    ]
    assert keys == ["stop-timeout"]


def test_a_question_yields_no_more_than_the_best_few() -> None:
    words = ("alpha", "bravo", "delta", "gamma", "omega", "sigma")
    points = [
        f"The **{word} setting{word}** {word}1 {word}2 {word}3 {word}4 {word}5 {word}6 {word}7."
        for word in words
    ]
    assert len(items(*points)) == cloze.MOST


@given(
    st.lists(
        st.sampled_from(["**stop timeout**", "30 seconds", "`deleteOnTermination`", "a", "ECS", "waits", ","])
    )
)
def test_however_a_sentence_is_made_the_answer_fills_the_gap(parts: list[str]) -> None:
    point = " ".join([*parts, "between both signals before the container is killed by its host at last."])
    for item in items(point):
        before, _, after = item.stem.rpartition("\n\n")[2].partition(cloze.GAP)
        assert item.explanation.startswith(before.replace("(n)", ""))
        assert item.explanation.endswith(after)
        filled = item.explanation.removeprefix(before.replace("(n)", "")).removesuffix(after)
        assert filled.strip("`") == item.answers[0]


@given(st.lists(st.text(), max_size=4), st.text())
def test_no_text_makes_the_derivation_fail(points: list[str], short_answer: str) -> None:
    assert len(items(*points, short_answer=short_answer)) <= cloze.MOST


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (("execution role",), "Fill in two words (e... r...):"),
        (("non-blocking",), "Fill in one word (n...):"),
        (("Availability Zones", "Availability Zone"), "Fill in two words (A... Z...):"),
        (("twelve", "12"), "Fill in the number:"),
        (("443",), "Fill in the number:"),
        (("ecr:BatchGetImage", "BatchGetImage"), "Fill in what is missing:"),
        (("`awsvpc`",), "Fill in one word (a...):"),
    ],
)
def test_a_line_says_how_much_is_missing_and_how_it_begins(answers: tuple[str, ...], line: str) -> None:
    assert instruction(answers) == line


def test_the_line_stands_right_above_the_sentence_with_the_gap() -> None:
    stem = with_instruction("Who pulls?\n\nThe _____ does.\n\nNot you.", ("agent",))
    assert stem == "Who pulls?\n\nFill in one word (a...):\n\nThe _____ does.\n\nNot you."
