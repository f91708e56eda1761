"""The exam simulation of the browser: what is drawn, the deadline, and the result."""

from __future__ import annotations

from typing import Any

import pytest

from tests.site.node import node

MODULES = {"* as exam": "exam.js"}
# Twelve choices of six questions about three topics, one recall, one ordering and one matching.
BANK = """
const MINUTE = 60_000_000;
const at = 1_795_000_000_000_000;
const item = (question, kind = "choice", key = "a") => ({
  id: `${question}/${kind}/${key}`, question, kind, stem: "?", answers: ["right", "second"],
  distractors: kind === "choice" ? ["wrong", "worse"] : [], prompts: ["one", "two"],
  level: question < 4 ? "basics" : "repairs", topics: [`topic-${question % 3}`],
});
const items = [1, 2, 3, 4, 5, 6].flatMap((one) => [item(one), item(one, "choice", "b")]);
items.push(item(1, "recall"), item(2, "ordering"), item(3, "matching"));
const topics = [0, 1, 2].map((n) => ({ slug: `topic-${n}`, title: `Topic ${n}` }));
const questions = new Map([1, 2, 3, 4, 5, 6].map((number) => [number, { number, points: [] }]));
const terms = { term: () => null, isTermWord: () => false, operations: new Set() };
const known = { items, questions, terms, topics };
const begin = (more) => exam.begin({ slug: "bank", items, now: at, seed: "seed", ...more });
const of = (entry) => items.find(({ id }) => id === entry.id);
/** The place under which the right answer is shown. */
const place = (entry) => entry.order.indexOf(0);
const choices = { kinds: ["choice"] };
"""


def sitting(body: str) -> Any:
    return node(MODULES, BANK + body)


def test_as_many_are_drawn_as_wanted_from_all_topics_and_each_question_once() -> None:
    body = """
    const found = begin({ count: 6 }).entries.map(of);
    return [new Set(found.map(({ question }) => question)).size,
      new Set(found.map(({ topics: [one] }) => one)).size];
    """
    assert sitting(body) == [6, 3]


def test_where_there_are_too_few_all_are_drawn_but_what_has_to_be_judged() -> None:
    body = "return begin({ count: 99 }).entries.map(of).map(({ kind }) => kind).sort();"
    assert sitting(body) == ["choice"] * 12 + ["matching", "ordering"]


def test_only_what_fits_the_filters_is_drawn() -> None:
    body = """
    const found = begin({ filters: { levels: ["basics"], topics: ["topic-1"] } }).entries.map(of);
    return [...new Set(found.map(({ question }) => question))];
    """
    assert sitting(body) == [1]


def test_a_seed_decides_the_paper() -> None:
    body = """
    const ids = (seed) => JSON.stringify(begin({ seed, count: 5 }).entries);
    return [ids("a") === ids("a"), ids("a") === ids("b")];
    """
    assert sitting(body) == [True, False]


def test_nothing_of_the_state_tells_what_is_right() -> None:
    body = """
    let state = begin({ filters: choices, count: 2 });
    state = exam.drafted(state, place(state.entries[0]), at);
    return Object.keys(state.entries[0]).sort();
    """
    assert sitting(body) == ["draft", "id", "marked", "order", "seconds"]


def test_the_result_counts_and_tells_by_topic_the_weakest_first() -> None:
    body = """
    let state = begin({ filters: choices, count: 6 });
    state.entries.forEach((entry, index) => {
      const wrong = of(entry).topics[0] === "topic-2";
      state = exam.drafted(exam.goTo(state, index, at), wrong ? (place(entry) + 1) % 3 : place(entry), at);
    });
    const { score, right, answered, total, topics: byTopic } = exam.result(exam.handedIn(state, at), known);
    return { score, right, answered, total, byTopic };
    """
    found = sitting(body)
    assert (found["right"], found["answered"], found["total"]) == (4, 6, 6)
    assert found["score"] == pytest.approx(4 / 6)
    assert found["byTopic"][0] == {"topic": "topic-2", "title": "Topic 2", "score": 0, "items": 2}
    assert [one["score"] for one in found["byTopic"]] == [0, 1, 1]


def test_what_is_not_answered_in_full_scores_nothing() -> None:
    body = """
    let state = begin({ filters: { kinds: ["matching", "choice"], questions: [3] }, count: 3 });
    const index = state.entries.findIndex((entry) => of(entry).kind === "matching");
    state = exam.drafted(exam.goTo(state, index, at), [0, null], at);
    const { answered, score, entries } = exam.result(exam.handedIn(state, at), known);
    return [exam.answeredCount(state, items), answered, score, entries[index].outcome.right.length];
    """
    assert sitting(body) == [0, 0, 0, 2]


def test_an_answer_may_be_changed_and_taken_back() -> None:
    body = """
    let state = begin({ filters: choices, count: 1 });
    const [entry] = state.entries;
    const counts = [];
    for (const draft of [2, place(entry), null]) {
      state = exam.drafted(state, draft, at);
      counts.push([exam.answeredCount(state, items), exam.result(state, known).right]);
    }
    return counts;
    """
    [_, right, back] = sitting(body)
    assert (right, back) == ([1, 1], [0, 0])


def test_after_the_deadline_no_answer_counts() -> None:
    body = """
    let state = begin({ filters: choices, count: 1, minutes: 10 });
    const left = exam.timeLeft(state, at + 4 * MINUTE);
    const late = exam.drafted(state, place(state.entries[0]), at + 10 * MINUTE);
    return [left, late.phase, late.end, late.entries[0].draft, exam.result(late, known).seconds];
    """
    assert sitting(body) == [360_000, "over", "time", None, 600]


def test_without_a_deadline_there_is_all_the_time() -> None:
    assert sitting("return [exam.timeLeft(begin(), at), exam.ticked(begin(), at * 2).phase];") == [
        None,
        "sitting",
    ]


def test_handing_in_ends_it_once() -> None:
    body = """
    const over = exam.handedIn(begin(), at + MINUTE);
    return [over.phase, over.end, exam.handedIn(over, at + 9 * MINUTE).endedAt - at];
    """
    assert sitting(body) == ["over", "handed in", 60_000_000]


def test_time_goes_to_the_question_that_is_open() -> None:
    body = """
    let state = begin({ count: 3 });
    state = exam.goTo(state, 1, at + 5e6);
    state = exam.goTo(state, 0, at + 7e6);
    state = exam.handedIn(state, at + 8e6);
    return state.entries.map(({ seconds }) => seconds);
    """
    assert sitting(body) == [6, 2, 0]


def test_a_question_may_be_marked_for_later() -> None:
    body = """
    const state = exam.marked(begin());
    return [state.entries[0].marked, exam.marked(state).entries[0].marked];
    """
    assert sitting(body) == [True, False]


RELOAD = "const reloaded = (state, now) => exam.fromJSON(JSON.parse(JSON.stringify(state)), { items, now });"


def test_a_reload_brings_back_everything_and_the_deadline_stays() -> None:
    body = """
    const state = exam.drafted(begin({ minutes: 10 }), 1, at);
    const back = reloaded(state, at + MINUTE);
    return [JSON.stringify(back) === JSON.stringify(state), exam.timeLeft(back, at + MINUTE),
            reloaded(state, at + 11 * MINUTE).end];
    """
    assert sitting(RELOAD + body) == [True, 540_000, "time"]


def test_an_exam_over_items_that_have_gone_cannot_be_resumed() -> None:
    body = "return exam.fromJSON(begin({ count: 99 }), { items: items.slice(1), now: at });"
    assert sitting(body) is None


@pytest.mark.parametrize("kept", ["null", "{}", "{ version: 1 }", "{ version: 1, entries: [] }", "7"])
def test_what_is_no_exam_is_not_resumed(kept: str) -> None:
    assert sitting(f"return exam.fromJSON({kept}, {{ items, now: at }});") is None
