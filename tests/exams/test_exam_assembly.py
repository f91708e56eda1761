"""How the items of a paper are chosen."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.errors import UserError
from quiz.exams import assembly
from quiz.exams.blueprint import Blueprint, Selection, one_section
from quiz.exams.overlap import Traces, answer_each_other
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from quiz.source.question import Question
from tests.exams.exam_samples import LEVELS, TOPICS, candidates, sample_question, spread

POOL = candidates(spread(18))

untimed = settings(deadline=None)
seeds = st.integers(0, 10_000)


@st.composite
def pools(draw: st.DrawFn) -> list[Candidate]:
    """One to six questions with anything from no key points to five, in any level and topics."""
    numbers = draw(st.lists(st.integers(1, 200), min_size=1, max_size=6, unique=True))
    return candidates(
        sample_question(
            number,
            level=draw(st.sampled_from(LEVELS)),
            topics=tuple(draw(st.lists(st.sampled_from(TOPICS), max_size=3, unique=True))),
            points=draw(st.integers(0, 5)),
            mistakes=draw(st.integers(0, 4)),
            columns=draw(st.integers(0, 2)),
        )
        for number in numbers
    )


def assemble(pool: list[Candidate], selection: Selection, seed: int) -> tuple[Candidate, ...]:
    """The items of a paper of one section and one cell."""
    (cell,) = assembly.assemble(pool, Blueprint("Exam", one_section(selection), seed))
    return tuple(cell.chosen)


def ids(chosen: tuple[Candidate, ...]) -> list[str]:
    return [candidate.item.id for candidate in chosen]


def proposed_by(error: UserError) -> int:
    """The count that the refusal proposes."""
    found = re.search(r"Ask for (\d+)", str(error))
    assert found, str(error)
    return int(found.group(1))


def most(pool: list[Candidate], seed: int) -> int:
    """As many items as go together on one paper, as far as the assembly can tell."""
    try:
        return len(assemble(pool, Selection(len(pool)), seed))
    except UserError as error:
        return proposed_by(error)


@untimed
@given(count=st.integers(1, 30), seed=seeds)
def test_a_paper_has_as_many_items_as_asked_for_and_none_twice(count: int, seed: int) -> None:
    chosen = ids(assemble(POOL, Selection(count), seed))
    assert len(chosen) == len(set(chosen)) == count


@untimed
@given(count=st.integers(1, 30), seed=seeds, chance=st.randoms(use_true_random=False))
def test_the_choice_depends_on_the_seed_and_not_on_the_order_of_the_pool(
    count: int, seed: int, chance: random.Random
) -> None:
    shuffled = POOL.copy()
    chance.shuffle(shuffled)
    assert ids(assemble(shuffled, Selection(count), seed)) == ids(assemble(POOL, Selection(count), seed))


def test_another_seed_gives_another_choice() -> None:
    assert len({tuple(ids(assemble(POOL, Selection(6), seed))) for seed in range(20)}) == 20


@untimed
@given(count=st.integers(1, 18), seed=seeds)
def test_no_question_is_asked_twice_while_another_has_not_been_asked(count: int, seed: int) -> None:
    numbers = [candidate.question.number for candidate in assemble(POOL, Selection(count), seed)]
    assert len(set(numbers)) == count


@untimed
@given(pool=pools(), seed=seeds)
def test_no_two_items_on_a_paper_answer_each_other(pool: list[Candidate], seed: int) -> None:
    chosen = assemble(pool, Selection(most(pool, seed)), seed)
    traces = [Traces.of(candidate) for candidate in chosen]
    assert not any(answer_each_other(one, other) for one, other in combinations(traces, 2))


@untimed
@given(seed=seeds)
def test_levels_get_equal_shares_and_topics_nearly(seed: int) -> None:
    chosen = assemble(POOL, Selection(9), seed)
    assert Counter(candidate.question.level for candidate in chosen) == dict.fromkeys(LEVELS, 3)
    topics = Counter(candidate.question.topics[0] for candidate in chosen)
    assert all(2 <= topics[topic] <= 4 for topic in TOPICS)


def test_what_a_small_level_cannot_give_the_others_share() -> None:
    few = [sample_question(1, level="hard")]
    many = [sample_question(n, level=level) for n, level in enumerate(["easy"] * 8 + ["middle"] * 8, 2)]
    chosen = assemble(candidates(few + many), Selection(9), 3)
    assert Counter(c.question.level for c in chosen) == {"easy": 4, "middle": 4, "hard": 1}


def test_kinds_are_mixed() -> None:
    kinds = Counter(candidate.item.kind for candidate in assemble(POOL, Selection(10), 3))
    assert kinds == {Kind.CHOICE: 5, Kind.RECALL: 5}


def test_filters_admit_any_of_their_names_and_combine() -> None:
    selection = Selection(6, ("easy", "hard"), ("images",), (Kind.CHOICE,))
    for candidate in assemble(POOL, selection, 3):
        assert candidate.question.level in ("easy", "hard")
        assert "images" in candidate.question.topics
        assert candidate.item.kind is Kind.CHOICE


def test_a_bank_without_key_points_gives_recall_items() -> None:
    pool = candidates(sample_question(number, points=0, mistakes=0) for number in range(1, 8))
    chosen = assemble(pool, Selection(7), 3)
    assert {candidate.item.kind for candidate in chosen} == {Kind.RECALL}
    assert {candidate.points for candidate in chosen} == {3}


def test_a_free_answer_is_worth_the_weights_of_its_key_points() -> None:
    recall, *others = candidates([sample_question(1, points=4)])
    assert recall.points == 5
    assert {candidate.points for candidate in others} == {1}


def test_a_matching_item_is_worth_a_point_a_line() -> None:
    item = Item(1, Kind.MATCHING, "roles", "Match.", ("one", "two"), prompts=("a", "b"))
    assert Candidate(item, sample_question(1)).points == 2


def test_too_large_a_paper_is_refused_with_the_count_for_the_filters() -> None:
    pool = candidates([sample_question(1), sample_question(2, level="hard")])
    recall_only = Selection(5, ("easy",), (), (Kind.RECALL,))
    with pytest.raises(UserError) as error:
        assemble(pool, recall_only, 1)
    choices = sum(c.item.kind is Kind.CHOICE and c.question.level == "easy" for c in pool)
    assert str(error.value) == (
        "the bank has 1 item for level easy, kind recall; 5 are wanted. "
        f"Ask for 1, or widen the choice: there are 2 whatever the level, {1 + choices} whatever the kind."
    )


def test_filters_that_nothing_passes_are_refused_with_what_each_holds_back() -> None:
    with pytest.raises(UserError) as error:
        assemble(candidates([sample_question(1)]), Selection(1, ("hard",), ("roles",), (Kind.RECALL,)), 1)
    assert str(error.value) == (
        "the bank has 0 items for level hard, topic roles, kind recall; 1 is wanted. "
        "Ask for something else, or widen the choice: there are 1 whatever the level."
    )


@untimed
@given(pool=pools(), seed=seeds)
def test_the_count_that_the_refusal_proposes_can_be_had(pool: list[Candidate], seed: int) -> None:
    with pytest.raises(UserError) as error:
        assemble(pool, Selection(len(pool) + 1), seed)
    proposed = proposed_by(error.value)
    assert len(assemble(pool, Selection(proposed), seed)) == proposed


def test_a_pool_whose_items_answer_each_other_is_refused_with_how_many_go_together() -> None:
    pool = candidates([sample_question(1), sample_question(2)])
    with pytest.raises(UserError) as error:
        assemble(pool, Selection(5), 1)
    assert str(error.value) == (
        f"only 2 of the {len(pool)} items go together on this paper, because the others give answers away; "
        "5 are wanted. Ask for 2."
    )


def unlike_choices(question: Question, count: int) -> list[Candidate]:
    """Choice items of one question that have nothing in common."""
    others = candidates(sample_question(1000 + index, columns=1) for index in range(count))
    by_origin = {c.item.question: c for c in others if c.item.kind is Kind.CHOICE}
    return [
        Candidate(Item(question.number, Kind.CHOICE, c.item.key, c.item.stem, c.item.answers), question)
        for c in by_origin.values()
    ]


@untimed
@given(seed=seeds)
def test_a_free_answer_gives_way_where_its_question_must_fill_the_paper(seed: int) -> None:
    question = sample_question(1)
    recall = candidates([question])[0]
    chosen = assemble([recall, *unlike_choices(question, 3)], Selection(3), seed)
    assert {candidate.item.kind for candidate in chosen} == {Kind.CHOICE}
