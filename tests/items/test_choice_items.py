"""Choice items: what is asked, which wrong options stand beside the right one, and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.items import choice
from quiz.items.item import Item
from quiz.items.options import DISTRACTORS, Lots, chance, clash, propose
from quiz.items.setting import setting
from quiz.source.question import CommonMistake, KeyPoint, Question, Section

CAUSES = """\
| Cause | Evidence | Fix |
|---|---|---|
| No way out of the subnet | timeout after two minutes | add a NAT gateway |
| Wrong tag | manifest unknown to the registry | push the image again |
| Missing permission | message names a denied action | extend the execution role |
| Full disk | last lines speak of space | larger ephemeral storage |
| Limit of the registry | status 429 in the reason | cache what you pull |
"""
COMPARISON = """\
| Aspect | Task role | Execution role |
|---|---|---|
| Used by | the application's code | the agent |
| Needed for | calls to buckets and queues | pulls and secrets at the start |
| Seen inside | credentials at an address | never |
| Typical mistake | left out, so calls are refused | granted far beyond its needs |
| Named in | one field | another field of the definition |
"""
POINTS = (
    "The **route** leads from the subnet to the registry",
    "The **execution role** may pull; it is not the application's",
    "The **tag** exists in the repository",
    "Image layers come from **S3**, so its endpoint is needed too",
    "The **disk** has room for what is unpacked",
)
MISTAKES = (
    ("The task role pulls the image from the registry.", "The execution role pulls."),
    ("Inbound rules of the task matter for a pull, and so do its ports.", "A pull is outbound."),
    ("ECR needs a public address.", "Endpoints do as well."),
    ("A restart of the agent repairs a wrong tag in most cases.", "Nobody pushed the tag."),
)


def question(markdown: str = CAUSES, **changes: object) -> Question:
    return replace(
        Question(
            number=5,
            level="basics",
            topics=("roles",),
            prompt="A pull fails. How do you find out why?",
            short_answer="A route must lead from the subnet to ECR. A role must allow the pull.",
            sections=(Section("Causes", markdown, 10),),
            key_points=tuple(KeyPoint(text, ("x",)) for text in POINTS),
            mistakes=tuple(CommonMistake(wrong, right) for wrong, right in MISTAKES),
        ),
        **changes,  # type: ignore[arg-type]
    )


def items(markdown: str = CAUSES, **changes: object) -> dict[str, Item]:
    return {item.key: item for item in choice.derive(question(markdown, **changes))}


def starting(prefix: str, found: dict[str, Item]) -> list[Item]:
    return [item for key, item in found.items() if key.startswith(prefix)]


def statements(**numbers: int) -> list[Item]:
    """The statement items of a few hundred questions that differ only in their number."""
    return [
        item
        for number in range(1, 301)
        for key, item in items("", number=number).items()
        if key.startswith(("right-", "wrong-"))
    ]


def test_a_question_asks_once_for_a_right_statement_and_once_for_a_mistake() -> None:
    for number in range(1, 100):
        found = items("", number=number)
        assert len(starting("right-", found)) <= 1
        assert len(starting("wrong-", found)) <= 1


def test_a_mistake_stands_among_key_points_and_is_corrected() -> None:
    wrong = [item for item in statements() if item.key.startswith("wrong-")]
    corrections = {text.removesuffix("."): right for text, right in MISTAKES}
    assert len({item.key for item in wrong}) > 1
    for item in wrong:
        assert item.explanation.endswith(corrections[item.answers[0]])
        assert not set(item.distractors) & set(corrections)


def test_a_key_point_stands_among_mistakes_and_each_is_corrected() -> None:
    right = [item for item in statements() if item.key.startswith("right-")]
    corrections = {text.removesuffix("."): correction for text, correction in MISTAKES}
    assert len({item.key for item in right}) > 1
    for item in right:
        assert item.answers[0] not in corrections
        assert all(f"- {text}: {corrections[text]}" in item.explanation for text in item.distractors)


def test_a_key_point_may_stand_without_its_addition_under_the_same_key() -> None:
    forms = {
        item.answers[0] for item in statements() if item.key == "right-execution-role-may-pull-application-s"
    }
    short = {item.answers[0] for item in statements() if "execution role may" in item.answers[0]}
    assert forms | short <= {
        "The execution role may pull; it is not the application's",
        "The execution role may pull",
    }


def test_the_explanation_of_a_right_statement_quotes_the_short_answer() -> None:
    route = next(item for item in statements() if item.answers[0].startswith("The route leads"))
    assert route.explanation.startswith("A route must lead from the subnet to ECR.")


def test_each_row_is_asked_forwards_and_backwards_in_different_columns() -> None:
    for cause in ("no-way-out-subnet", "wrong-tag", "missing-permission", "full-disk", "limit-registry"):
        forwards = [key for key in items() if key.endswith(cause)]
        assert len(forwards) == 1, cause
    backwards = starting("table-cause-", items())
    assert {item.answers[0] for item in backwards} <= {
        row.split("|")[1].strip() for row in CAUSES.split("\n")[2:-1]
    }
    asked = {item.explanation: item for item in starting("table-", items()) if item not in backwards}
    for item in backwards:
        row = item.explanation.partition("\n\n")[0]
        twin = next(other for other in asked.values() if other.explanation.startswith(row))
        assert twin.answers[0] not in item.stem


def test_wrong_cells_come_from_the_same_column() -> None:
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in CAUSES.splitlines()[2:]]
    columns = [set(column) for column in zip(*rows, strict=True)]
    for item in starting("table-", items()):
        assert any({*item.answers, *item.distractors} <= column for column in columns)


def test_the_explanation_shows_the_row_and_where_the_others_belong() -> None:
    item = next(item for key, item in items().items() if key.endswith("full-disk"))
    assert "- **Cause**: Full disk" in item.explanation
    for wrong in item.distractors:
        assert f"- {wrong}: " in item.explanation


@pytest.mark.parametrize(
    "table",
    [
        CAUSES.replace("| Cause |", "|  |"),
        "\n".join(CAUSES.splitlines()[:5]),
        "| A | B |\n|---|---|\n" + "".join(f"| entry number {n} here | yes |\n" for n in range(6)),
        "| A | B |\n|---|---|\n" + "".join(f"| {n} | {n * n} |\n" for n in range(1, 7)),
        "| Left port | Right port |\n|---|---|\n" + "".join(f"| {c * 5} | {c * 6} |\n" for c in "abcdef"),
        "| A | What it cannot do |\n|---|---|\n" + "".join(f"| {c * 5} | {c * 6} |\n" for c in "abcdef"),
    ],
    ids=["rows without a name", "three rows", "verdicts", "sums", "side by side", "what holds for many"],
)
def test_a_table_that_decides_nothing_yields_nothing(table: str) -> None:
    assert not starting("table-", items(table))


def test_a_cell_that_repeats_what_is_given_is_not_asked_for() -> None:
    table = CAUSES.replace("push the image again", "push the wrong tag")
    assert "table-fix-wrong-tag" not in items(table)


@pytest.mark.parametrize(
    "cell", ["none of these, only a reason", "see the row below", "a task of one of them"]
)
def test_a_cell_that_speaks_of_others_is_neither_asked_nor_offered(cell: str) -> None:
    found = items(CAUSES.replace("status 429 in the reason", cell))
    assert found
    assert cell not in {text for item in found.values() for text in (*item.answers, *item.distractors)}
    assert not any(cell in item.stem for item in found.values())


def test_an_entry_that_stands_twice_is_not_asked() -> None:
    twice = CAUSES + "| Full disk | other lines | a larger instance |\n"
    assert not [key for key in items(twice) if key.endswith("full-disk")]


def test_a_comparison_asks_what_holds_for_one_subject_only() -> None:
    found = starting("only-", items(COMPARISON))
    assert found
    for item in found:
        aspects = [line.partition(":")[0] for line in (*item.answers, *item.distractors)]
        assert len(set(aspects)) == len(aspects)
        assert "holds for **" in item.stem


def test_a_comparison_of_four_subjects_asks_an_aspect_of_one() -> None:
    four = (
        "| Aspect | Bridge | Host | Own interface | Nothing |\n|---|---|---|---|---|\n"
        "| Address | of the bridge behind Docker | of the instance | one for each task | has none at all |\n"
    )
    (item,) = starting("table-", items(four))
    assert item.stem.splitlines()[-1].startswith("**Address**, with **")
    assert len(item.distractors) == DISTRACTORS


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("A pull fails. How do you find out why?", "A pull fails."),
        ("What is a task?", "About: What is a task?"),
        ("Design a pipeline. What can go wrong?", "About: Design a pipeline. What can go wrong?"),
        (
            "Tasks stop with `X.Y`. Then they start again. Why?",
            "Tasks stop with `X.Y`. Then they start again.",
        ),
    ],
)
def test_the_setting_is_the_situation_or_the_subject(prompt: str, expected: str) -> None:
    assert setting(prompt) == expected


def test_all_items_have_three_wrong_options_of_which_none_says_what_another_says() -> None:
    for item in (*items().values(), *items(COMPARISON).values()):
        assert len(item.distractors) == DISTRACTORS
        assert not any(clash(a, b) for a, b in combinations((*item.answers, *item.distractors), 2))


def test_the_same_question_always_gives_the_same_items() -> None:
    assert list(choice.derive(question())) == list(choice.derive(question()))


@given(st.text(max_size=20), st.lists(st.text(max_size=12), max_size=8), st.text(max_size=30))
def test_a_proposal_never_holds_the_right_option_twice(right: str, pool: list[str], stem: str) -> None:
    proposal = propose(right, pool, stem, Lots.of("key"))
    if proposal:
        assert len({right, *proposal.distractors}) == 1 + DISTRACTORS
        assert set(proposal.distractors) <= set(pool)


def test_chance_decides_the_place_by_length_where_it_is_free() -> None:
    """A middling option has shorter and longer ones to stand among: each place comes up as often."""
    pool = [f"{word} {'x' * size}" for word, size in zip("abcdef", (2, 3, 4, 26, 27, 28), strict=True)]
    right = "right option here"
    places = [
        sum(len(text) < len(right) for text in proposal.distractors)
        for key in range(600)
        if (proposal := propose(right, pool, "stem", Lots.of(str(key))))
    ]
    assert len(places) == 600
    assert all(100 < places.count(place) < 200 for place in range(4))


def test_an_option_that_alone_repeats_the_stem_is_left_to_the_lots() -> None:
    pool = ["green apples", "yellow pears", "purple plums", "brown nuts"]
    made = [propose("red ripe cherry", pool, "a cherry", Lots.of(str(key))) for key in range(400)]
    assert 60 < sum(proposal is not None for proposal in made) < 140
    assert propose("red cherry tree", pool, "a cherry tree", Lots.of("any")) is None


def test_chance_is_even_and_repeatable() -> None:
    drawn = [chance("a", str(number)) for number in range(2000)]
    assert drawn == [chance("a", str(number)) for number in range(2000)]
    assert 0.45 < sum(drawn) / len(drawn) < 0.55
    assert all(0 <= number < 1 for number in drawn)
