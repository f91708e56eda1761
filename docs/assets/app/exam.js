// An exam simulation as a state machine: questions, a deadline, and no feedback until it is over. A state is a
// plain value, and may be kept and resumed as it is: the deadline does not move. Nothing of an exam is scheduled.
// No DOM; time comes in as `at`, microseconds since 1970.
//
// offered(items, filters?) -> items that can be asked: all that match but recall, which has to be judged
// begin({slug, items, now, filters?, count?, minutes?, seed?}) -> state
//   state.phase is "sitting" or "over" (then state.end is "handed in" or "time"); state.entries = [{id, order,
//   draft, marked, seconds}]; state.current = index of the entry before the learner
// drafted(state, draft, at) -> the answer of the current entry, as far as it goes; null takes it back
// marked(state) -> the current entry's mark "look at it again" set, or taken off
// goTo(state, index, at); handedIn(state, at); ticked(state, at) -> over where the deadline has passed
// timeLeft(state, at) -> ms or null; isAnswered(entry, item) -> whether it has an answer that can be graded;
// answeredCount(state, items) -> how many have
// result(state, {items, questions, terms, topics}) -> {score, right, answered, total, seconds,
//   topics: [{topic, title, score, items}], weakest first, entries: [{id, item, order, draft, outcome, answered}]}
//   score is 0 to 1, the mean over all entries; right counts those with all of it
// fromJSON(value, {items, now}) -> state, or null where it is of no use any more

import { MINUTE } from "./fsrs.js";
import { complaint, judge, orderOf, shownIn } from "./grading/index.js";
import { chance, matching, shuffled } from "./queue.js";

const VERSION = 1;
export const COUNT = 20;

export const offered = (items, filters) => matching(items, filters).filter(({ kind }) => kind !== "recall");

export function begin({ slug, items, now, filters, count = COUNT, minutes = null, seed = newSeed() }) {
  const random = chance(seed);
  const drawn = draw(offered(items, filters), count, random);
  const blank = { draft: null, marked: false, seconds: 0 };
  const entries = drawn.map((item) => ({ id: item.id, order: orderOf(item, random), ...blank }));
  const until = minutes === null ? null : now + minutes * MINUTE;
  const state = { version: VERSION, slug, seed, phase: "sitting", end: null, entries, current: 0, since: now };
  return { ...state, startedAt: now, endedAt: null, until };
}

const newSeed = () => Math.random().toString(36).slice(2);

/** Chance decides, but topics take turns, and a question comes twice only where there are too few. */
function draw(items, count, random) {
  let rest = shuffled(items, random);
  const found = [];
  const questions = new Map();
  const topics = new Map();
  const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  while (rest.length && found.length < count) {
    const rank = (item) => (questions.get(item.question) ?? 0) * 1e6 + (topics.get(item.topics[0]) ?? 0);
    const item = rest.reduce((best, other) => (rank(other) < rank(best) ? other : best));
    rest = rest.filter((other) => other !== item);
    add(questions, item.question);
    add(topics, item.topics[0]);
    found.push(item);
  }
  return shuffled(found, random);
}

function withCurrent(state, change) {
  const changed = (entry, index) => (index === state.current ? { ...entry, ...change(entry) } : entry);
  return { ...state, entries: state.entries.map(changed) };
}

export function drafted(state, draft, at) {
  const now = ticked(state, at);
  return now.phase === "over" ? now : withCurrent(now, () => ({ draft }));
}

export const marked = (state) => withCurrent(state, (entry) => ({ marked: !entry.marked }));

export function goTo(state, index, at) {
  const now = ticked(state, at);
  if (now.phase === "over" || !now.entries[index]) return now;
  return { ...timed(now, at), current: index };
}

/** The time since the current entry was opened goes to its account. */
function timed(state, at) {
  const passed = Math.max(0, at - state.since) / 1e6;
  return { ...withCurrent(state, ({ seconds }) => ({ seconds: seconds + passed })), since: at };
}

const over = (state, end, at) => ({ ...timed(state, at), phase: "over", end, endedAt: at });

export function handedIn(state, at) {
  const now = ticked(state, at);
  return now.phase === "over" ? now : over(now, "handed in", at);
}

export function ticked(state, at) {
  const late = state.phase === "sitting" && state.until !== null && at >= state.until;
  return late ? over(state, "time", state.until) : state;
}

export const timeLeft = ({ until }, at) => (until === null ? null : Math.max(0, until - at) / 1000);

export function answeredCount({ entries }, items) {
  const known = new Map(items.map((item) => [item.id, item]));
  return entries.filter((entry) => isAnswered(entry, known.get(entry.id))).length;
}

export function isAnswered({ draft, order }, item) {
  return draft !== null && draft !== "" && !complaint(item, draft, shownIn(item, order));
}

export function result(state, { items, questions, terms, topics }) {
  const known = new Map(items.map((item) => [item.id, item]));
  const entries = state.entries.map((entry) => {
    const item = known.get(entry.id);
    const answered = isAnswered(entry, item);
    const context = { terms, question: questions.get(item.question) };
    const outcome = judge(item, answered ? entry.draft : null, shownIn(item, entry.order), context);
    return { ...entry, item, outcome, answered };
  });
  const byTopic = topics.map(({ slug: topic, title }) => {
    const scores = entries.filter(({ item }) => item.topics.includes(topic)).map(({ outcome }) => outcome.score);
    return { topic, title, score: mean(scores), items: scores.length };
  });
  return {
    score: mean(entries.map(({ outcome }) => outcome.score)),
    right: entries.filter(({ outcome }) => outcome.score === 1).length,
    answered: entries.filter(({ answered }) => answered).length,
    total: entries.length,
    seconds: ((state.endedAt ?? state.since) - state.startedAt) / 1e6,
    topics: byTopic.filter((one) => one.items).sort((a, b) => a.score - b.score || b.items - a.items),
    entries,
  };
}

const mean = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0);

export function fromJSON(value, { items, now }) {
  if (value?.version !== VERSION || !Array.isArray(value.entries) || !value.entries.length) return null;
  const known = new Map(items.map((item) => [item.id, item]));
  const fits = ({ id, order }) => known.has(id) && order.length === orderOf(known.get(id), () => 0).length;
  if (!value.entries.every(fits)) return null;
  return ticked(value, now);
}
