"""The measure of items: each guesser finds the bias it looks for, each check the fault, and ours has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.items.derive import derive_items
from quiz.items.item import Item, Kind
from quiz.items.quality.checks import faults
from quiz.items.quality.guessers import Guess, guesses
from quiz.items.quality.report import LIMIT, Quality, measure
from quiz.items.quality.stems import asked_twice
from quiz.source.folder import question_files
from quiz.source.reader import read_bytes
from tests.conftest import CONTENT

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def word(number: int, mark: str) -> str:
    """A word of ten letters that no other number and mark give."""
    letters = ""
    for _ in range(9):
        number, rest = divmod(number * 7 + 11, 26)
        letters += ALPHABET[rest]
    return mark + letters


def choice(number: int, right: str = "{}", wrong: str = "{}", stem: str = "What about {}?") -> Item:
    """A choice item of one word an option, unless the patterns add to the right or the wrong ones."""
    first, *others = (word(number, mark) for mark in "rsuv")
    return Item(
        question=number,
        kind=Kind.CHOICE,
        key="any",
        stem=stem.format(word(number, "q")),
        answers=(right.format(first),),
        distractors=tuple(wrong.format(other) for other in others),
    )


def biased(**pattern: str) -> dict[str, Guess]:
    return {guess.name: guess for guess in guesses(choice(number, **pattern) for number in range(200))}


@pytest.mark.parametrize(
    ("guesser", "pattern"),
    [
        ("the longest option", {"right": "{}, said at length"}),
        ("the shortest option", {"wrong": "{}, said at length"}),
        ("most words in common with the stem", {"right": "{} with it", "stem": "What has {} to do with it?"}),
        ("most telling words in common with the stem", {"right": "{} cluster", "stem": "{} cluster?"}),
        ("fewest telling words in common with the stem", {"wrong": "{} cluster", "stem": "{} cluster?"}),
        ("the most specific: code, digits, names", {"right": "{} `x`"}),
        ("the most specific: rare words", {"wrong": "{} task"}),
        ("most words such as always, only, never", {"right": "always {}"}),
        ("fewest words such as always, only, never", {"wrong": "never {}"}),
        ("most commas, colons, semicolons", {"right": "{}; so"}),
        ("most like the other options", {}),
        ("least like the other options", {"wrong": "{} task"}),
    ],
)
def test_a_guesser_finds_the_bias_it_looks_for(guesser: str, pattern: dict[str, str]) -> None:
    if not pattern:
        items = [shared_among_right_and_wrong(number) for number in range(200)]
        found = {guess.name: guess for guess in guesses(items)}[guesser]
    else:
        found = biased(**pattern)[guesser]
    assert found.accuracy > 0.9
    assert found.breaks(LIMIT)


def shared_among_right_and_wrong(number: int) -> Item:
    """The right option has a word in common with each of the others, which have none in common."""
    item = choice(number)
    return replace(item, answers=(" ".join((*item.answers, *item.distractors)),))


def test_a_guesser_finds_a_place_that_is_right_too_often() -> None:
    """Items whose shuffles all begin with the right option, picked from many."""
    from random import Random

    def first(item: Item) -> bool:
        order = [0, 1, 2, 3]
        Random(f"1/{item.id}").shuffle(order)
        return order[0] == 0

    items = [item for number in range(800) if first(item := choice(number))]
    found = {guess.name: guess for guess in guesses(items, seeds=("1",))}["the most frequent position"]
    assert found.accuracy == 1.0
    assert found.breaks(LIMIT)


def test_items_that_look_alike_give_no_guesser_anything() -> None:
    for guess in biased().values():
        assert not guess.breaks(LIMIT), guess
        assert guess.chance == 0.25


def test_too_few_items_prove_no_bias() -> None:
    few = {guess.name: guess for guess in guesses(choice(number, right="{} {{}}") for number in range(3))}
    assert few["the longest option"].accuracy == 1.0
    low, high = few["the longest option"].interval
    assert low < 0.5 < high <= 1.0


def test_a_bank_without_choice_items_is_measured_too() -> None:
    for guess in guesses([]):
        assert (guess.items, guess.accuracy) == (0, 0.0)
        assert not guess.breaks(LIMIT)


def test_the_interval_holds_the_accuracy_and_narrows_with_more_items() -> None:
    wide, narrow = Guess("any", 100, 0.3, 0.25).interval, Guess("any", 10_000, 0.3, 0.25).interval
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]


def codes(item: Item) -> list[str]:
    return [fault.code for fault in faults(item)]


def item_of(kind: Kind, stem: str = "Why?", *answers: str, **fields: tuple[str, ...]) -> Item:
    return Item(1, kind, "any", stem, answers, **fields)  # type: ignore[arg-type]


SOUND = choice(1, stem="What about {}?")
STEPS = ("A token is fetched", "Layers are loaded", "The container is made")
PAIRS = {"prompts": ("agent", "application", "host"), "distractors": ("service-linked role",)}


@pytest.mark.parametrize(
    "item",
    [
        SOUND,
        item_of(Kind.RECALL, "What is a task?", "A running copy of its definition"),
        item_of(Kind.CLOZE, "The _____ pulls the image.", "agent"),
        item_of(Kind.COMMAND, "List the tasks of prod.", "aws ecs list-tasks --cluster prod"),
        item_of(Kind.ORDERING, "Put the steps in order.", *STEPS),
        item_of(Kind.MATCHING, "Match.", "execution role", "task role", "instance role", **PAIRS),
    ],
    ids=lambda item: item.kind,
)
def test_a_sound_item_has_no_fault(item: Item) -> None:
    assert codes(item) == []


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (replace(SOUND, distractors=("rest", "made", SOUND.answers[0] + " too")), "Q001"),
        (replace(SOUND, distractors=("push the tag", "a push of the tag", "made")), "Q001"),
        (replace(SOUND, stem=f"Why {SOUND.answers[0]}?"), "Q002"),
        (item_of(Kind.RECALL, "A task is a running copy, why?", "a running copy"), "Q002"),
        (item_of(Kind.CLOZE, "The _____ asks the agent.", "daemon", "Agent"), "Q002"),
        (item_of(Kind.COMMAND, "What does `aws ecs list-tasks` do?", "aws ecs list-tasks"), "Q002"),
        (item_of(Kind.ORDERING, "In order!", *STEPS, "Then it starts"), "Q005"),
        (item_of(Kind.ORDERING, "In order!", *STEPS, "Are Layers loaded"), "Q005"),
        (item_of(Kind.MATCHING, "Match.", "task role", "role: task", "instance role", **PAIRS), "Q004"),
        (item_of(Kind.MATCHING, "Match.", "task role", "Service-linked **role**", "x", **PAIRS), "Q004"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_each_check_finds_its_fault(item: Item, code: str) -> None:
    assert codes(item) == [code]


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        ("Who pulls the image of a task?", "Who pulls an image of the task?", True),
        ("The setting.\n\nWho pulls the image?", "The setting.\n\nWho reads the secrets?", False),
        ("A long setting of many words.\n\nWhy A?", "A long setting of many words.\n\nWhy B?", False),
        ("A setting.\n\nWhat follows from it?", "A setting.\n\nWhat follows from it?", True),
    ],
)
def test_stems_of_one_question_that_ask_the_same_are_found(one: str, other: str, twice: bool) -> None:
    items = [replace(SOUND, key=key, stem=stem) for key, stem in (("a", one), ("b", other))]
    assert [fault.item.key for fault in asked_twice(items)] == (["b"] if twice else [])


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        ("Who pulls the image of a task?", "Who pulls an image of the task?", True),
        ("Who pulls the image of a task?", "Who reads the secrets of a task?", False),
        ("Why?", "Who pulls the image of a task, and with which role?", False),
    ],
)
def test_stems_of_two_questions_that_ask_the_same_are_found(one: str, other: str, twice: bool) -> None:
    items = [replace(SOUND, question=number, stem=stem) for number, stem in ((1, one), (2, other))]
    assert len(list(asked_twice(items))) == twice
    assert len(list(asked_twice(items[::-1]))) == twice


def test_other_kinds_and_other_levels_may_ask_the_same() -> None:
    recall = replace(SOUND, kind=Kind.RECALL, answers=("Because.",), distractors=())
    assert list(asked_twice([SOUND, recall])) == []
    twin = replace(SOUND, question=2)
    assert [fault.code for fault in measure([SOUND, twin], {1: "easy", 2: "easy"}).faults] == ["Q003"]
    assert measure([SOUND, twin], {1: "easy", 2: "hard"}).good


@pytest.fixture(scope="module")
def ours() -> Quality:
    read = [read_bytes((CONTENT / name).read_bytes(), name).question for name in question_files(CONTENT)]
    questions = [question for question in read if question]
    items = [item for question in questions for item in derive_items(question)]
    return measure(items, {question.number: question.level for question in questions})


def test_our_bank_has_more_than_1500_items(ours: Quality) -> None:
    assert sum(ours.kinds.values()) >= 1500
    assert ours.kinds[Kind.CHOICE] >= 800


def test_no_guesser_knows_anything_of_our_bank(ours: Quality) -> None:
    for guess in ours.guesses:
        assert abs(guess.difference) <= LIMIT, guess
    assert ours.broken == ()


def test_no_item_of_our_bank_is_at_fault(ours: Quality) -> None:
    assert [f"{fault.item.id}: {fault.message}" for fault in ours.faults] == []


def test_the_report_as_json_says_what_is_broken(ours: Quality) -> None:
    report = ours.as_dict()
    assert report["limit"] == LIMIT
    bad = Quality({}, (Guess("the longest option", 500, 0.6, 0.25),), ())
    assert not bad.good
    assert [guess["broken"] for guess in bad.as_dict()["guesses"]] == [True]  # type: ignore[attr-defined]
