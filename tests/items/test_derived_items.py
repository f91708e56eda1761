"""Items that a question yields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.items import recall
from quiz.items.derive import derive_items
from quiz.items.item import Item, Kind
from quiz.items.wording import near_duplicates, slug
from quiz.source.markdown import plain
from quiz.source.question import CommonMistake, KeyPoint, Question, Section

TABLE = """\
| Cause | Fix |
|---|---|
| no route | add a NAT gateway |
| wrong tag | push the tag |
| missing permission | extend the execution role |
| full disk | free some space |
"""

QUESTION = Question(
    number=5,
    level="basics",
    topics=("roles",),
    prompt="Why does a pull fail?",
    short_answer="No route, no permission or no such tag.",
    sections=(Section("Causes", TABLE, 10),),
    key_points=tuple(
        KeyPoint(text, ("x",))
        for text in (
            "The **route** leads to the registry",
            "The **execution role** may pull",
            "The **tag** exists",
            "Layers come from **S3**",
        )
    ),
    mistakes=(
        CommonMistake("The task role pulls.", "The execution role pulls."),
        CommonMistake("Inbound rules matter.", "A pull is outbound."),
        CommonMistake("ECR needs a public address.", "Endpoints do as well."),
    ),
)


def items_of(kind: Kind, question: Question = QUESTION) -> list[Item]:
    return [item for item in derive_items(question) if item.kind is kind]


def test_every_question_with_an_answer_yields_one_recall_item() -> None:
    (item,) = items_of(Kind.RECALL)
    assert (item.id, item.stem, item.answers) == (
        "5/recall/answer",
        QUESTION.prompt,
        (QUESTION.short_answer,),
    )


def test_a_question_without_any_answer_yields_nothing() -> None:
    assert derive_items(Question(1, "basics", (), "Why?", "")) == []


def test_more_key_points_make_recall_harder() -> None:
    (few,), (many,) = (
        list(recall.derive(replace(QUESTION, key_points=QUESTION.key_points[:count]))) for count in (1, 4)
    )
    assert few.difficulty < many.difficulty <= 1


def test_ids_are_unique_even_where_wordings_start_alike() -> None:
    start = "alpha beta gamma delta epsilon zeta"
    table = TABLE.replace("no route", f"{start} eta theta iota kappa lambda mu")
    table = table.replace("full disk", f"{start} nu xi omicron pi rho sigma")
    ids = [item.id for item in derive_items(replace(QUESTION, sections=(Section("Causes", table, 10),)))]
    assert len(set(ids)) == len(ids)
    key = "5/choice/table-fix-alpha-beta-gamma-delta-epsilon-zeta"
    assert {key, f"{key}-2"} <= set(ids)


def test_a_key_outlives_changes_of_emphasis_case_and_small_words() -> None:
    assert slug("The **Task** role pulls an image") == slug("Task role pulls image")


def test_plain_text_has_no_emphasis_and_no_link_targets() -> None:
    assert plain("See **the [guide](https://a.b)** for `x`") == "See the guide for `x`"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("push the tag", "Push the tag.", True),
        ("push", "push the tag", True),
        ("push the tag", "pull the tag", False),
        ("—", "—", True),
        ("—", "yes", False),
    ],
)
def test_near_duplicates_say_the_same(one: str, other: str, same: bool) -> None:
    assert near_duplicates(one, other) is same
