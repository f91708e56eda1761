"""The practice session of the browser: what is asked, what is kept, what a reload and an undo bring back."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from quiz.grading.grade import Rating
from quiz.practice.exchange import history_of
from quiz.practice.history import to_json
from quiz.practice.schedule import microseconds
from tests.practice.practice_samples import NOW, choice, open_database, progress_of, review
from tests.site.node import node

AT = 1_795_000_000_000_000
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000

HOUR_DELTA = timedelta(hours=1)

MODULES = {
    "* as session": "session.js",
    "* as queue": "queue.js",
    "{ addReview, parse, pastOf, undo }": "history.js",
    "{ USUAL }": "tuning.js",
}
# A learner: `pasts` is what the store keeps, `state` the session; `give` answers and rates what is asked.
LEARNER = """
const MINUTE = 60_000_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const item = (question, kind = "choice", key = "a", topic = `topic ${question % 3}`) => ({
  id: `${question}/${kind}/${key}`, question, kind, stem: "?", answers: ["yes", "no"], distractors: ["maybe"],
  prompts: [], level: question < 10 ? "basics" : "repairs", topics: [topic],
});
const items = given.items ? given.items.map((one) => item(...one)) : [1, 2, 3, 4].map((one) => item(one));
const pasts = new Map();
let at = given.at ?? 1_795_000_000_000_000;
const schedule = (id, due, last = due - DAY, stability = 1) => pasts.set(id, {
  key: id, question: Number(id.split("/")[0]), reviews: [], suspended: null, flags: [],
  schedule: { state: 2, step: null, stability, difficulty: 5, due, last_review: last },
});
const wish = (more) => ({ slug: "bank", items, pasts, now: at, seed: "seed", ...more });
const outcome = (score = 1) => ({ answer: "yes", score, suggested: score ? 3 : 1, selfJudged: false,
  remarks: [] });
const answer = (state, score) => session.answered(state, outcome(score), at);
const give = (state, rating = 3) => {
  const done = answer(state);
  const asked = items.find(({ id }) => id === done.turn.id);
  const { past, receipt } = addReview(pasts.get(asked.id) ?? null, asked, session.reviewOf(done, rating,
    at), USUAL);
  pasts.set(asked.id, past);
  return session.rated(done, rating, receipt, at, items);
};
const ids = (turns) => turns.map(({ id }) => id);
"""


def learner(body: str, given: Any = None) -> Any:
    return node(MODULES, LEARNER + body, given or {})


def test_what_is_due_comes_before_what_is_new() -> None:
    body = """
    schedule("3/choice/a", at - HOUR);
    const state = session.begin(wish());
    return [state.turn.id, ids(state.queue.newer).length, state.phase];
    """
    assert learner(body) == ["3/choice/a", 3, "asking"]


def test_what_is_most_likely_forgotten_comes_first() -> None:
    body = """
    schedule("1/choice/a", at - HOUR, at - 10 * DAY, 100);
    schedule("2/choice/a", at - 5 * DAY, at - 8 * DAY, 3);
    schedule("3/choice/a", at - MINUTE, at - 2 * DAY, 0.5);
    schedule("4/choice/a", at + 1, at - 50 * DAY, 1);
    return [ids(queue.buildQueue(wish()).due), queue.countDue(wish()),
      queue.nextDue(wish()) === at - 5 * DAY];
    """
    assert learner(body) == [["3/choice/a", "2/choice/a", "1/choice/a"], 3, True]


def test_what_is_due_comes_in_the_order_of_the_terminal(tmp_path: Path) -> None:
    chance = random.Random(4)
    items = [choice(number) for number in range(1, 61)]
    with open_database(tmp_path) as database:
        progress = progress_of(database)
        for item in items:
            moments = sorted(
                NOW - chance.randrange(1, 90) * 7 * HOUR_DELTA for _ in range(chance.randrange(1, 6))
            )
            for moment in moments:
                progress.record(review(item, moment, chance.choice(list(Rating))))
        expected = [key for key, _ in progress.due(NOW, limit=100)]
        history = to_json(history_of(database, "me"))
    body = """
    const known = given.keys.map((id) => ({ id, question: Number(id.split("/")[0]), topics: [] }));
    const told = pastOf(parse(given.history), "small-bank");
    return ids(queue.buildQueue({ items: known, pasts: told, now: given.now, budget: 0 }).due);
    """
    known = {"history": history, "keys": [item.id for item in items], "now": microseconds(NOW)}
    assert learner(body, known) == expected
    assert len(expected) > 20


def test_of_very_much_that_is_due_a_session_takes_a_part_and_then_more() -> None:
    items = [[number] for number in range(1, 251)]
    body = """
    for (const { id } of items) schedule(id, at - HOUR);
    let state = session.begin(wish());
    const first = session.total(state);
    while (state.phase !== "over") state = give(state, 4);
    const more = session.refilled(state, wish());
    return [first - state.queue.newer.length, state.end, session.total(more), more.phase];
    """
    assert learner(body, {"items": items}) == [200, "done", 250, "asking"]


def test_items_set_aside_are_not_asked() -> None:
    body = """
    schedule("1/choice/a", at - HOUR);
    pasts.get("1/choice/a").suspended = 5;
    pasts.set("2/choice/a", { ...pasts.get("1/choice/a"), schedule: null });
    const { due, newer } = queue.buildQueue(wish());
    return [ids(due), ids(newer).sort()];
    """
    assert learner(body) == [[], ["3/choice/a", "4/choice/a"]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"levels": ["repairs"]}, ["11/cloze/a", "12/choice/a"]),
        ({"kinds": ["cloze"]}, ["11/cloze/a", "2/cloze/a"]),
        ({"topics": ["topic 2"]}, ["11/cloze/a", "2/cloze/a"]),
        ({"questions": [1]}, ["1/choice/a"]),
        ({"levels": ["basics"], "kinds": ["cloze"], "topics": ["topic 1"]}, []),
    ],
    ids=str,
)
def test_filters_by_level_kind_topic_and_question(filters: dict[str, Any], expected: list[str]) -> None:
    items = [[1], [2, "cloze"], [11, "cloze"], [12]]
    body = "return ids(queue.buildQueue(wish({ filters: given.filters })).newer).sort();"
    assert learner(body, {"items": items, "filters": filters}) == expected


def test_new_items_are_at_most_as_many_as_wanted_and_in_the_same_order_for_a_seed() -> None:
    body = """
    const order = (seed) => ids(queue.buildQueue(wish({ seed, budget: 3 })).newer).join();
    return [order("a") === order("a"), order("a").split(",").length, new Set(["a", "b", "c",
      "d"].map(order)).size > 1];
    """
    assert learner(body) == [True, 3, True]


def test_new_items_begin_with_the_first_level_and_change_topics_and_kinds() -> None:
    items = [[n, kind, "k", f"topic {n}"] for n in (1, 2, 3, 11, 12) for kind in ("choice", "cloze")]
    body = """
    const turns = queue.buildQueue(wish()).newer;
    return [turns.map(({ question }) => question), turns.map(({ id }) => id.split("/")[1])];
    """
    questions, kinds = learner(body, {"items": items})
    assert sorted(questions[:3]) == [1, 2, 3]
    assert sorted(questions[3:5]) == [11, 12]
    assert kinds[:4] in (["choice", "cloze"] * 2, ["cloze", "choice"] * 2)


def test_a_question_rests_for_hours_after_an_answer_while_there_are_others() -> None:
    items = [[1, "choice", "a"], [1, "choice", "b"], [2, "choice", "a"]]
    body = """
    schedule("1/choice/a", at + DAY, at - HOUR);
    return ids(queue.buildQueue(wish()).newer);
    """
    assert learner(body, {"items": items}) == ["2/choice/a", "1/choice/b"]


def test_items_of_one_question_are_kept_apart() -> None:
    items = [
        [1, "choice", "a"],
        [1, "choice", "b"],
        [2, "choice", "a"],
        [3, "choice", "a"],
        [4, "choice", "a"],
    ]
    body = """
    for (const { id } of items) schedule(id, at - HOUR, at - DAY, id.startsWith("1/") ? 0.1 : 1);
    let state = queue.buildQueue(wish());
    const found = [];
    for (let n = 0; n < 5; n++) {
      const [turn, rest] = queue.take(state, at);
      found.push(turn.question);
      state = rest;
    }
    return found;
    """
    assert learner(body, {"items": items}) == [1, 2, 3, 4, 1]


def test_a_session_asks_takes_an_answer_and_goes_on_after_the_rating() -> None:
    body = """
    const first = session.begin(wish());
    const graded = answer(first);
    const second = give(first, 3);
    return [first.phase, graded.phase, graded.outcome.score, second.phase,
      second.turn.id !== first.turn.id, second.tally];
    """
    asking, rating, score, then, another, tally = learner(body)
    assert (asking, rating, score, then, another) == ("asking", "rating", 1, "asking", True)
    assert tally == {"reviewed": 1, "right": 1, "seconds": 0}


def test_an_item_that_is_due_again_within_minutes_comes_back() -> None:
    body = """
    let state = session.begin(wish());
    const first = state.turn.id;
    state = give(state, 1);
    const second = state.turn.id;
    at += 2 * MINUTE;
    state = give(state, 4);
    return [first !== second, state.turn.id === first, state.turn.schedule.step];
    """
    assert learner(body) == [True, True, 0]


def test_a_session_ends_after_so_many_answers() -> None:
    body = """
    let state = session.begin(wish({ limits: { answers: 2 } }));
    const totals = [session.total(state)];
    state = give(give(state));
    return [...totals, state.phase, state.end];
    """
    assert learner(body) == [2, "over", "limit"]


def test_a_session_ends_after_so_many_minutes() -> None:
    body = """
    let state = session.begin(wish({ limits: { minutes: 5 } }));
    const left = session.timeLeft(state, at + MINUTE);
    at += 5 * MINUTE;
    state = give(state);
    return [left, state.phase, state.end];
    """
    assert learner(body) == [240_000, "over", "time"]


def test_a_session_without_items_is_over_at_once() -> None:
    assert learner("const { phase, end } = session.begin(wish({ items: [] })); return [phase, end];") == [
        "over",
        "done",
    ]


def test_a_session_goes_on_when_more_has_come_due() -> None:
    body = """
    let state = session.begin(wish({ budget: 1 }));
    state = give(state, 1);
    const short = [state.end, session.refilled(state, wish()).end];
    at += 2 * MINUTE;
    return [...short, session.refilled(state, wish()).phase];
    """
    assert learner(body) == ["done", "done", "asking"]


def test_a_hint_lowers_the_suggestion_to_hard_and_the_page_to_again() -> None:
    body = """
    const state = session.begin(wish());
    const rating = (one) => answer(one).outcome.suggested;
    return [rating(state), rating(session.hinted(state)), rating(session.looked(state)),
      session.hinted(state).hints];
    """
    assert learner(body) == [3, 2, 1, 1]


def test_time_is_counted_from_the_question_to_the_first_grade() -> None:
    body = """
    let state = session.begin(wish());
    at += 12.5e6;
    state = answer(state, 0);
    at += MINUTE;
    state = session.answered(state, outcome(1), at); // ticking key points
    const review = session.reviewOf(state, 3, at);
    return [review.seconds, review.score, review.at === at];
    """
    assert learner(body) == [12.5, 1, True]


def test_where_the_learner_judged_the_review_says_that_nothing_was_suggested() -> None:
    body = """
    const state = session.begin(wish());
    const judged = { answer: "mine", score: 0.7, suggested: 3, selfJudged: true, missed: ["a point"],
      remarks: [] };
    const graded = session.answered(state, judged, at);
    return [graded.outcome.suggested, session.reviewOf(graded, 3, at)];
    """
    suggested, review = learner(body)
    assert suggested == 3
    assert review == {
        "at": AT, "rating": 3, "suggested": None, "score": 0.7, "answer": "mine", "seconds": 0,
        "missed": ["a point"],
    }  # fmt: skip


def test_an_answer_that_only_the_learner_can_judge_scores_as_it_is_rated() -> None:
    body = """
    const judged = { answer: "mine", score: null, suggested: null, selfJudged: true, remarks: [] };
    const graded = session.answered(session.begin(wish()), judged, at);
    return [1, 2, 3, 4].map((rating) => session.reviewOf(graded, rating, at).score);
    """
    assert learner(body) == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_an_answer_taken_back_is_asked_again() -> None:
    body = """
    const state = session.begin(wish());
    const back = session.takenBack(answer(state), at);
    return [back.phase, back.outcome, back.turn.id === state.turn.id,
      back.order.join() === state.order.join()];
    """
    assert learner(body) == ["asking", None, True, True]


def test_undo_asks_the_same_again_and_then_what_was_being_asked() -> None:
    body = """
    const first = session.begin(wish());
    const second = give(first, 1);
    const step = session.lastStep(second);
    const before = undo(pasts.get(step.id), step.receipt);
    if (before) pasts.set(step.id, before); else pasts.delete(step.id);
    const again = session.undone(second, at, items);
    const third = give(again, 3);
    return [step.kind, again.turn.id === first.turn.id, again.turn.schedule, again.tally, again.missed,
            third.turn.id === second.turn.id, session.lastStep(session.begin(wish()))];
    """
    assert learner(body) == [
        "review", True, None, {"reviewed": 0, "right": 0, "seconds": 0}, [], True, None,
    ]  # fmt: skip


def test_undo_goes_back_from_the_summary() -> None:
    body = """
    const over = give(session.begin(wish({ limits: { answers: 1 } })), 1);
    const again = session.undone(over, at, items);
    return [over.phase, over.missed.length, again.phase, again.end, again.missed.length];
    """
    assert learner(body) == ["over", 1, "asking", None, 0]


def test_a_step_that_was_built_upon_stays() -> None:
    body = "return session.lastStep(session.cannotUndo(give(session.begin(wish()))));"
    assert learner(body) is None


def test_what_is_skipped_or_set_aside_is_not_asked_again_in_the_session_until_it_is_undone() -> None:
    body = """
    const first = session.begin(wish());
    const second = session.skipped(first, at, items);
    const third = session.setAside(second, at, items);
    const all = [first, second, third].map(({ turn }) => turn.id);
    const steps = [session.lastStep(second).kind, session.lastStep(third).kind];
    const back = session.undone(third, at, items);
    return [new Set(all).size, steps, back.turn.id === second.turn.id, third.skipped.length,
      third.tally.reviewed];
    """
    assert learner(body) == [3, ["skip", "aside"], True, 1, 0]


def test_leaving_ends_the_session() -> None:
    assert learner("const { phase, end } = session.left(session.begin(wish())); return [phase, end];") == [
        "over",
        "left",
    ]


RELOAD = """
const reloaded = (state, more = {}) =>
  session.fromJSON(JSON.parse(JSON.stringify(session.toJSON(state, at))), wish(more));
"""


def test_a_reload_brings_back_the_question_its_order_and_what_was_typed() -> None:
    body = """
    const state = session.drafted(session.hinted(session.begin(wish())), { text: "half an ans" });
    at += 3 * MINUTE;
    const back = reloaded(state, { now: at + DAY });
    return [back.turn.id === state.turn.id, back.order.join() === state.order.join(), back.draft, back.cap];
    """
    assert learner(RELOAD + body) == [True, True, {"text": "half an ans"}, 2]


def test_a_reload_while_rating_brings_back_the_grade() -> None:
    body = "const back = reloaded(answer(session.begin(wish()))); return [back.phase, back.outcome.score];"
    assert learner(RELOAD + body) == ["rating", 1]


def test_the_time_while_the_page_was_closed_does_not_count() -> None:
    body = """
    const state = session.begin(wish({ limits: { minutes: 10 } }));
    at += 4e6;
    const kept = session.toJSON(state, at);
    at += 8 * HOUR;
    const back = session.fromJSON(kept, wish());
    at += 3e6;
    return [session.timeLeft(back, at), session.reviewOf(session.answered(back, outcome(), at), 3,
      at).seconds];
    """
    assert learner(RELOAD + body) == [10 * 60_000 - 7_000, 7]


def test_a_review_that_was_kept_just_before_the_page_was_killed_is_not_asked_for_again() -> None:
    body = """
    const graded = answer(session.begin(wish()));
    give(graded, 4); // the store has it, the session was not kept
    const back = reloaded(graded);
    return [back.turn.id !== graded.turn.id, back.phase];
    """
    assert learner(RELOAD + body) == [True, "asking"]


def test_what_another_tab_did_meanwhile_is_not_asked_again() -> None:
    body = """
    for (const { id } of items) schedule(id, at - HOUR);
    const state = session.begin(wish());
    const other = state.queue.due[0].id;
    schedule(other, at + DAY, at);
    return [ids(state.queue.due).includes(other), ids(reloaded(state).queue.due).includes(other)];
    """
    assert learner(RELOAD + body) == [True, False]


def test_items_that_the_bank_no_longer_has_are_left_out_after_a_reload() -> None:
    body = """
    let state = give(session.begin(wish()), 4);
    const gone = state.turn.id;
    const left = items.filter(({ id }) => id !== gone && id !== session.lastStep(state).id);
    const back = reloaded(state, { items: left });
    return [left.some(({ id }) => id === back.turn.id), session.lastStep(back), session.total(back)];
    """
    assert learner(RELOAD + body) == [True, None, 3]


@pytest.mark.parametrize("kept", ["null", "{}", "{ version: 99 }", "[]", "{ version: 1, steps: 3 }", "'x'"])
def test_a_session_that_cannot_be_read_is_no_session(kept: str) -> None:
    assert learner(f"return session.fromJSON({kept}, wish());") is None


def test_a_long_session_keeps_only_its_last_steps() -> None:
    body = """
    const many = Array.from({ length: 300 }, (_, n) => item(n + 1));
    items.push(...many.slice(4));
    let state = session.begin(wish({ budget: 300 }));
    while (state.phase !== "over") state = give(state, 4);
    return [state.tally.reviewed, state.steps.length, JSON.stringify(state).length < 60_000];
    """
    assert learner(body) == [300, 50, True]
