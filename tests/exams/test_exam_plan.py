"""What the bank can do for a blueprint, and what an impossible one lacks."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.exams.assembly import assemble, draw
from quiz.exams.blueprint import Blueprint, EarlierExam, SectionPlan, Selection
from quiz.exams.cells import by_section
from quiz.exams.observed import Observation, Observed
from quiz.exams.overlap import Traces, answer_each_other
from quiz.exams.plan import plan_exam
from quiz.exams.pool import allowed, read_pool
from quiz.exams.swapping import LIKE, MOST, swapped
from quiz.items.item import Item, Kind
from tests.exams.exam_samples import LEVELS, TOPICS, candidates, sample_question, spread

POOL = candidates(spread(30))
BY_ID = {candidate.item.id: candidate for candidate in POOL}

untimed = settings(deadline=None)


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    """One to three sections of one or two cells each, of any filters, some with a fixed question."""
    fixed = iter(draw(st.permutations(range(1, 31))))
    sections = tuple(
        SectionPlan(
            tuple(
                Selection(
                    draw(st.integers(1, 6)),
                    tuple(draw(st.sets(st.sampled_from(LEVELS), max_size=2))),
                    tuple(draw(st.sets(st.sampled_from(TOPICS), max_size=2))),
                    tuple(draw(st.sets(st.sampled_from((Kind.CHOICE, Kind.RECALL)), max_size=1))),
                )
                for _ in range(draw(st.integers(1, 2)))
            ),
            fixed=(str(next(fixed)),) if draw(st.booleans()) else (),
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    return Blueprint("Exam", sections, draw(st.integers(0, 99)), draw(st.integers(1, 4)), swap=True)


@untimed
@given(blueprints())
def test_each_cell_has_what_it_asks_for_at_most_and_no_two_items_of_a_paper_answer_each_other(
    blueprint: Blueprint,
) -> None:
    cells = draw(POOL, blueprint)
    chosen = [candidate for cell in cells for candidate in cell.chosen]
    assert len({candidate.item.id for candidate in chosen}) == len(chosen)
    for cell in cells:
        assert len(cell.chosen) == cell.selection.count - cell.missing <= cell.selection.count
        assert all(cell.selection.admits(c.item, c.question) for c in cell.chosen)
    traces = [Traces.of(candidate) for candidate in chosen]
    assert not any(answer_each_other(one, other) for one, other in combinations(traces, 2))


@untimed
@given(blueprints())
def test_variants_swap_items_of_the_same_cell_kind_and_points_that_go_together(blueprint: Blueprint) -> None:
    cells = draw(POOL, blueprint)
    first, *others = swapped(cells, blueprint, "ABCD"[: blueprint.variants])
    assert first == by_section(cells)
    for variant in others:
        items = [candidate for section in variant for candidate in section]
        for one, other in zip([c for section in first for c in section], items, strict=True):
            assert (one.item.kind, one.points) == (other.item.kind, other.points)
            assert one.question.level == other.question.level
            assert abs(one.item.difficulty - other.item.difficulty) <= LIKE
        traces = [Traces.of(candidate) for candidate in items]
        assert not any(answer_each_other(one, other) for one, other in combinations(traces, 2))


def test_swapping_keeps_fixed_items_and_changes_others() -> None:
    plan = Blueprint("Exam", (SectionPlan((Selection(4),), fixed=("1/recall/answer",)),), swap=True)
    variants = swapped(assemble(POOL, plan), plan, "ABC")
    ids = [{candidate.item.id for candidate in section} for (section,) in variants]
    assert set.intersection(*ids) == {"1/recall/answer"}


def test_many_variants_share_a_few_items_each_as_often_as_the_others() -> None:
    plan = Blueprint("Exam", (SectionPlan((Selection(5, kinds=(Kind.RECALL,)),)),), swap=True)
    variants = swapped(assemble(POOL, plan), plan, [str(number) for number in range(8)])
    uses = Counter(candidate.item.id for (section,) in variants for candidate in section)
    assert len(uses) == 5 * (MOST + 1)
    assert set(uses.values()) == {2}


def test_a_plan_counts_what_the_bank_has_what_is_allowed_and_what_is_chosen() -> None:
    earlier = EarlierExam("AAAA-BBBB", frozenset(["3/recall/answer"]))
    cell = Selection(2, ("easy",), kinds=(Kind.RECALL,))
    plan = Blueprint("Exam", (SectionPlan((cell,), fixed=("1",)),), exclude=("6",), avoid=(earlier,))
    found = plan_exam(POOL, plan)
    fixed, recall = found.rows
    assert (fixed.asks_for, fixed.wanted, fixed.chosen) == ("fixed: 1", 1, 1)
    assert recall.asks_for == "level easy, kind recall"
    assert (recall.in_bank, recall.allowed, recall.chosen, recall.missing) == (10, 8, 2, 0)
    assert (found.items, found.refusal) == (3, None)
    assert sum(found.kinds.values()) == sum(found.levels.values()) == 3


def test_a_fixed_item_is_asked_although_an_earlier_exam_asked_it() -> None:
    earlier = EarlierExam("AAAA-BBBB", frozenset(BY_ID))
    plan = Blueprint("Exam", (SectionPlan(fixed=("2/recall/answer",)),), avoid=(earlier,))
    ((fixed,),) = by_section(assemble(allowed(POOL, plan), plan))
    assert fixed.item.id == "2/recall/answer"


def test_a_plan_that_cannot_be_has_what_each_cell_lacks() -> None:
    sections = (
        SectionPlan((Selection(3, ("easy",), kinds=(Kind.RECALL,)), Selection(90, ("hard",))), "First"),
        SectionPlan((Selection(11, ("middle",), kinds=(Kind.RECALL,)),)),
    )
    found = plan_exam(POOL, Blueprint("Exam", sections))
    chosen = found.rows[1].chosen
    supply = found.rows[1].allowed
    assert [row.missing for row in found.rows] == [0, 90 - chosen, 1]
    assert str(found.refusal) == (
        f"section 1 (First): only {chosen} of the {supply} items for level hard go together on this paper, "
        "because the others give answers away; 90 are wanted; "
        "section 2: the bank has 10 items for level middle, kind recall; 11 are wanted. "
        f"Ask for {chosen}, or widen the choice: there are {len(POOL)} whatever the level."
    )


def test_a_cell_that_is_short_because_of_earlier_exams_says_so() -> None:
    pool = candidates([sample_question(1)])
    plan = Blueprint("Exam", (SectionPlan((Selection(1, kinds=(Kind.RECALL,)),)),), exclude=("1",))
    said = str(plan_exam(pool, plan).refusal)
    assert said.startswith(
        "the bank has 0 items for kind recall that the blueprint does not hold back; 1 is wanted."
    )


def test_two_fixed_items_that_answer_each_other_are_refused_by_name() -> None:
    names = [candidate.item.id for candidate in candidates([sample_question(1)])][:2]
    with pytest.raises(UserError, match=r"go together .+; 1 is wanted\. Take it out of `fixed`"):
        assemble(candidates([sample_question(1)]), Blueprint("Exam", (SectionPlan(fixed=tuple(names)),)))


def test_a_cell_gives_up_an_item_that_another_cell_needs() -> None:
    """Both cells admit the one easy question; only the wide one can do without it."""
    pool = candidates([sample_question(1, mistakes=0), sample_question(2, level="hard", mistakes=0)])
    recalls = [candidate for candidate in pool if candidate.item.kind is Kind.RECALL]
    for seed in range(10):
        wide, narrow = Selection(1), Selection(1, ("easy",))
        cells = assemble(recalls, Blueprint("Exam", (SectionPlan((wide, narrow)),), seed))
        assert [cell.chosen[0].item.question for cell in cells] == [2, 1]


def test_what_earlier_exams_have_shown_decides_how_difficult_an_item_is(bank: Bank) -> None:
    item = bank.items()[0]
    observed = Observed({item.id: {"AAAA-BBBB": Observation(1000, facility=0.1, discrimination=None)}})
    by_id = {candidate.item.id: candidate.item for candidate in read_pool(bank, observed)}
    assert by_id[item.id].difficulty == pytest.approx(0.9, abs=0.01)
    assert {one.id: one.difficulty for one in read_pool_items(bank) if one.id != item.id} == {
        name: one.difficulty for name, one in by_id.items() if name != item.id
    }


def read_pool_items(bank: Bank) -> list[Item]:
    return [candidate.item for candidate in read_pool(bank)]


@untimed
@given(blueprints())
def test_variants_are_expected_to_be_equally_hard(blueprint: Blueprint) -> None:
    cells = draw(POOL, blueprint)
    sums = [
        sum(candidate.item.difficulty for section in variant for candidate in section)
        for variant in swapped(cells, blueprint, "ABCD")
    ]
    assert max(sums) - min(sums) <= 2 * LIKE + 1e-9
