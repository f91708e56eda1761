"""Progress in the browser and in the terminal: one document, one way to merge."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.practice.combining import combined
from quiz.practice.history import LearnerHistory, from_json, to_json
from quiz.practice.schedule import microseconds
from tests.conftest import Run
from tests.practice.history_samples import histories
from tests.practice.practice_samples import NOW
from tests.site.node import node

MODULES = {
    "* as history": "history.js",
    "{ tuningOf, USUAL }": "tuning.js",
}
AT = microseconds(NOW)
HOUR = 3_600_000_000
ITEM = {"id": "1/choice/a", "question": 1, "kind": "choice", "stem": "Which?", "answers": ["That."]}
# Few examples of many histories each: starting node takes longer than all that it does.
few = settings(max_examples=6, deadline=None)


def javascript(body: str, given: Any = None) -> Any:
    return node(MODULES, body, given)


def merged(pairs: list[tuple[LearnerHistory, LearnerHistory]]) -> list[LearnerHistory]:
    body = """
    const pairs = given.map((texts) => texts.map(history.parse));
    return pairs.map(([one, other]) => history.serialise(history.merge(one, other)));
    """
    texts = javascript(body, [[to_json(one), to_json(other)] for one, other in pairs])
    return [from_json(text, "merged.json") for text in texts]


def review(rating: int = 3, hours: float = 0, answer: str = "That.") -> dict[str, Any]:
    at = AT + int(hours * HOUR)
    return {"at": at, "rating": rating, "suggested": None, "score": 1, "answer": answer, "seconds": 2.5}


def after(reviews: list[dict[str, Any]], then: str = "return past;") -> Any:
    """What `then` returns after the reviews were added, one by one; it knows `past` and `receipts`."""
    body = f"""
    let past = null;
    const receipts = [];
    for (const review of given.reviews) {{
      const added = history.addReview(past, given.item, review, USUAL);
      past = added.past;
      receipts.push(added.receipt);
    }}
    {then}
    """
    return javascript(body, {"reviews": reviews, "item": ITEM})


def complaint(text: str) -> str:
    body = "try { history.parse(given); return ''; } catch (error) { return error.message; }"
    return str(javascript(body, text))


@few
@given(st.lists(histories(), min_size=10, max_size=30))
def test_a_history_of_the_terminal_survives_the_browser(written: list[LearnerHistory]) -> None:
    texts = javascript("return given.map(history.parse).map(history.serialise);", list(map(to_json, written)))
    assert [from_json(text, "file.json") for text in texts] == written


@few
@given(st.lists(st.tuples(histories(), histories()), min_size=10, max_size=30))
def test_two_histories_merge_to_the_same_in_the_browser_and_in_the_terminal(
    pairs: list[tuple[LearnerHistory, LearnerHistory]],
) -> None:
    assert merged(pairs) == [combined(one, other) for one, other in pairs]


@few
@given(st.lists(histories(), min_size=10, max_size=30))
def test_merging_a_file_twice_changes_nothing(written: list[LearnerHistory]) -> None:
    assert merged([(one, one) for one in written]) == written


def test_of_two_complete_schedules_both_sides_choose_the_same() -> None:
    [base] = [from_json(json.dumps(document([past([review()])])), "x")]
    texts = []
    for stability in (0.00005, 2.0, 2.5, 3e16, 1e-9):
        changed = json.loads(to_json(base))
        changed["progress"]["banks"][0]["items"][0]["schedule"]["stability"] = stability
        texts.append(from_json(json.dumps(changed), "x"))
    pairs = [(one, other) for one in texts for other in texts]
    assert merged(pairs) == [combined(one, other) for one, other in pairs]


def test_settings_of_the_own_side_stay_and_decide_how_schedules_are_made_anew() -> None:
    mine = from_json(json.dumps(document([past([review(3, 0), review(1, 50)])], {"retention": 0.8})), "x")
    other = from_json(json.dumps(document([past([review(3, 0), review(4, 30)])], {"retention": 0.95})), "x")
    found = merged([(mine, other), (other, mine)])
    assert found == [combined(mine, other), combined(other, mine)]
    assert [one.settings for one in found] == [{"retention": 0.8}, {"retention": 0.95}]


def test_what_the_browser_writes_the_terminal_takes_over_and_gives_back(ecsquiz: Run, tmp_path: Path) -> None:
    written = after(
        [review(3, 0), review(1, 30, 'No: 𝔘nd \ud83d \u2028 "this"?'), review(4, 31)],
        """
        const suspended = history.suspend(null, { ...given.item, id: "1/choice/b" }, given.reviews[0].at);
        const items = [past, suspended];
        return history.serialise({ learner: "me", settings: { retention: 0.85 },
                                   banks: [{ slug: "amazon-ecs", items }] });
        """,
    )
    (tmp_path / "browser.json").write_text(written, encoding="utf-8")
    done = ecsquiz("progress", "import", "browser.json")
    assert done.returncode == 0, done.stderr
    exported = ecsquiz("progress", "export").stdout
    assert from_json(exported, "terminal") == from_json(written, "browser")
    assert javascript("return history.serialise(history.parse(given));", exported) == written


def test_both_merge_the_other_s_file_to_the_same_reviews(ecsquiz: Run, tmp_path: Path) -> None:
    phone, laptop = (
        document([past(reviews)]) for reviews in ([review(3), review(2, 40)], [review(3), review(4, 9)])
    )
    for name, value in {"phone": phone, "laptop": laptop}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    assert ecsquiz("progress", "import", "laptop.json").returncode == 0
    assert ecsquiz("progress", "merge", "phone.json").returncode == 0
    there = from_json(ecsquiz("progress", "export").stdout, "terminal")
    [here] = merged([(from_json(json.dumps(phone), "x"), from_json(json.dumps(laptop), "x"))])
    assert here == there
    assert here.reviews == 3


def test_a_review_is_added_with_the_schedule_that_follows() -> None:
    found = after([review(3), review(3, 1)])
    assert [one["at"] for one in found["reviews"]] == [AT, AT + HOUR]
    assert found["schedule"]["last_review"] == AT + HOUR
    assert (found["key"], found["stem"], found["answer"]) == ("1/choice/a", "Which?", "That.")


def test_the_same_review_again_is_not_kept_twice() -> None:
    assert len(after([review(), review()])["reviews"]) == 1


def test_two_reviews_of_one_moment_are_both_kept() -> None:
    found = after([review(3), review(1, 0, "Something else.")])
    assert [one["at"] for one in found["reviews"]] == [AT, AT + 1]


def test_a_review_from_a_slower_tab_takes_its_place_in_time() -> None:
    late, in_order = after([review(3, 2), review(1, 0)]), after([review(1, 0), review(3, 2)])
    assert late == in_order


def test_undo_puts_back_what_was_there_before() -> None:
    then = """
    const less = history.undo(past, receipts[1]);
    return [less, history.undo(less, receipts[0])];
    """
    one_less, nothing = after([review(3), review(1, 30)], then)
    assert one_less == after([review(3)])
    assert nothing is None


def test_a_review_that_was_built_upon_cannot_be_undone() -> None:
    then = "try { return history.undo(past, receipts[0]); } catch (error) { return error.message; }"
    assert "somewhere else" in after([review(3), review(1, 30)], then)


def test_an_item_that_was_set_aside_comes_back_with_its_history() -> None:
    then = "return history.restore(history.suspend(past, given.item, 5));"
    assert after([review(3)], then) == after([review(3)])
    assert after([], "return history.restore(history.suspend(past, given.item, 5));") is None


def past(reviews: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = after(reviews)
    return found


def document(items: list[dict[str, Any]], settings: dict[str, Any] | None = None) -> dict[str, Any]:
    banks = [{"slug": "amazon-ecs", "items": items}]
    progress = {"learner": "me", "settings": settings or {}, "banks": banks}
    return {"format": "ecsquiz progress", "version": 1, "progress": progress}


HUGE = 10**17


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("question", "1"),
        ("kind", "essay"),
        ("stem", None),
        ("reviews", {"at": 1}),
        ("reviews", [{**review(), "rating": 5}]),
        ("reviews", [{**review(), "at": HUGE}]),
        ("reviews", [{**review(), "at": 1.5}]),
        ("reviews", [{**review(), "score": -1}]),
        ("reviews", [{**review(), "seconds": "many"}]),
        ("schedule", {"state": 4}),
        ("schedule", []),
        ("suspended", "yes"),
        ("flags", [7]),
    ],
)
def test_a_file_with_wrong_values_is_refused_with_the_place(place: str, value: Any) -> None:
    item = {**past([review()]), place: value}
    assert f"progress.banks.0.items.0.{place}".removeprefix("progress.") in complaint(
        json.dumps(document([item]))
    )


@pytest.mark.parametrize(
    "text",
    ["", "no", "[]", "null", "7", '{"format": "ecsquiz progress"}', '{"format": "other", "version": 1}'],
)
def test_a_file_that_is_none_is_refused_in_words(text: str) -> None:
    assert complaint(text).startswith("This is not a progress file")


def test_a_file_from_a_newer_version_says_so() -> None:
    assert "newer" in complaint(json.dumps({**document([]), "version": 2}))


def test_settings_that_cannot_be_used_are_refused() -> None:
    assert "retention" in complaint(json.dumps(document([], {"retention": 7})))


def test_a_file_cannot_bring_anything_else_with_it() -> None:
    text = json.dumps(document([past([review()])])).replace(
        '"key"', '"__proto__": {"polluted": 1}, "constructor": {"prototype": 2}, "html": "<b>", "key"'
    )
    body = "const read = history.parse(given); return [({}).polluted ?? null, read.banks[0].items[0]];"
    assert javascript(body, text) == [None, past([review()])]


def test_reviews_in_disorder_and_items_that_come_twice_are_put_in_order() -> None:
    item = past([review(3), review(1, 30)])
    upside_down = {**item, "reviews": item["reviews"][::-1]}
    text = json.dumps(document([upside_down, item]))
    assert javascript("return history.parse(given).banks[0].items;", text) == [item]
    assert timedelta(microseconds=item["reviews"][1]["at"] - AT) == timedelta(hours=30)
