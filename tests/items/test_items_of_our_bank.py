"""What must hold for every item of our own bank, whatever its questions say."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from quiz.items.derive import derive_items, unknown_vetoes
from quiz.items.gaps import telling
from quiz.items.item import Item, Kind
from quiz.items.wording import near_duplicates
from quiz.source.folder import question_files
from quiz.source.markdown import plain
from quiz.source.question import Question
from quiz.source.reader import read_bytes
from tests.conftest import CONTENT

ENOUGH = {Kind.CLOZE: 280, Kind.ORDERING: 25, Kind.MATCHING: 75}


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    readings = [read_bytes((CONTENT / name).read_bytes(), name) for name in question_files(CONTENT)]
    return [reading.question for reading in readings if reading.question]


@pytest.fixture(scope="module")
def items(questions: list[Question]) -> list[Item]:
    return [item for question in questions for item in derive_items(question)]


def of(kind: Kind, items: list[Item]) -> list[Item]:
    return [item for item in items if item.kind is kind]


def test_no_two_items_have_one_id(items: list[Item]) -> None:
    assert [name for name, count in Counter(item.id for item in items).items() if count > 1] == []


def test_there_are_enough_of_each_kind(items: list[Item]) -> None:
    for kind, least in ENOUGH.items():
        assert len(of(kind, items)) >= least, kind


def test_every_item_has_what_a_learner_needs(items: list[Item], questions: list[Question]) -> None:
    titles = {
        question.number: {
            "Items",
            "Short answer",
            "Key points",
            "Common mistakes",
            *(section.title for section in question.sections),
        }
        for question in questions
    }
    for item in items:
        assert item.stem.strip(), item.id
        assert all(answer.strip() for answer in item.answers), item.id
        assert item.section in titles[item.question], item.id
        assert 0 < item.difficulty < 1, item.id
        if item.kind in ENOUGH:
            assert item.explanation, item.id


def test_no_cloze_shows_its_answer(items: list[Item]) -> None:
    for item in of(Kind.CLOZE, items):
        assert item.stem.count("_____") == 1, item.id
        for answer in item.answers:
            form = re.escape(plain(answer))
            assert not re.search(rf"(?<!\w){form}(?!\w)", item.stem, re.IGNORECASE), item.id


def test_no_two_gaps_of_a_level_stand_in_nearly_the_same_sentence(
    items: list[Item], questions: list[Question]
) -> None:
    levels = {question.number: question.level for question in questions}
    gapped = [(item, telling(item.explanation)) for item in of(Kind.CLOZE, items)]
    alike = [
        (one.id, other.id)
        for (one, first), (other, second) in combinations(gapped, 2)
        if levels[one.question] == levels[other.question] and len(first & second) > 0.7 * len(first | second)
    ]
    assert alike == []


def test_orderings_have_three_to_seven_different_steps(items: list[Item]) -> None:
    for item in of(Kind.ORDERING, items):
        assert 3 <= len(item.answers) <= 7, item.id
        for one, other in combinations(item.answers, 2):
            assert not near_duplicates(plain(one), plain(other)), item.id


def test_no_step_says_where_it_stands(items: list[Item]) -> None:
    for item in of(Kind.ORDERING, items):
        for step in item.answers:
            assert not re.match(r"(first|then|next|finally|lastly|step \d|\d+[.)])\b", step, re.IGNORECASE), (
                item.id
            )


def test_matchings_have_four_to_six_pairs_and_no_side_twice(items: list[Item]) -> None:
    for item in of(Kind.MATCHING, items):
        assert 4 <= len(item.prompts) == len(item.answers) <= 6, item.id
        for sides in (item.prompts, (*item.answers, *item.distractors)):
            for one, other in combinations(sides, 2):
                assert not near_duplicates(plain(one), plain(other)), item.id


def test_no_pair_of_a_matching_is_shown_by_a_word_that_only_its_sides_share(items: list[Item]) -> None:
    for item in of(Kind.MATCHING, items):
        for index, (left, right) in enumerate(zip(item.prompts, item.answers, strict=True)):
            others = [telling(other) for place, other in enumerate(item.answers) if place != index]
            shared = telling(left) & telling(right)
            assert not shared.difference(*others), (item.id, left, right)


def test_every_veto_takes_an_item_away(questions: list[Question]) -> None:
    assert [veto for question in questions for veto in unknown_vetoes(question)] == []
