// A practice session as a state machine; the model is quiz/practice/session.py. A state is a plain value: keep it
// with `toJSON`, and after a reload go on with `fromJSON`, what was typed included. No DOM; time comes in as `at`,
// microseconds since 1970. Each function gives the state after, and changes nothing that it is given.
//
// begin({slug, items, pasts, now, filters?, budget?, limits?: {answers?, minutes?}, seed?}) -> state
//   state.phase is "asking" -> "rating" (after `answered`) -> "asking" ... -> "over"; then state.end is
//   "done" (nothing left), "limit", "time" or "left". state.turn = {id, question, schedule}; state.order for
//   shownIn(item, state.order) of grading/index.js; state.draft = what was typed so far; state.outcome in "rating";
//   state.tally = {reviewed, right, seconds}; state.missed = [id]; state.hints = how many were taken
// drafted(state, draft) -> the learner typed or chose something; keep it with every change
// hinted(state) / looked(state) -> a hint was shown / the page was opened: no better rating is suggested
// answered(state, outcome, at) -> graded, to be rated; again with another outcome while rating (recall's ticks)
// takenBack(state, at) -> forget the grade, and ask the same item again
// reviewOf(state, rating, at) -> the review to give to store.addReview, and then
// rated(state, rating, receipt, at, items) -> on to the next item
// skipped(state, at, items), setAside(state, at, items) -> on to the next; nothing is kept of it
// lastStep(state) -> {kind: "review", receipt, id} | {kind: "skip" | "aside", id} | null: what undo takes back.
//   First undo it in the store (undoLast(receipt), or restore(slug, id)), and then
// undone(state, at, items) -> its item is asked again; cannotUndo(state) where the store refused
// left(state) -> the learner has had enough
// refilled(state, {items, pasts, now}) -> goes on if the session ended for want of turns and more is due
// total(state) -> answers that the session will have, as far as is known now; timeLeft(state, at) -> ms or null
// toJSON(state, at) -> value; fromJSON(value, {items, pasts, now}) -> state, or null where it is of no use any more

import { EASY, MINUTE } from "./fsrs.js";
import { orderOf } from "./grading/index.js";
import { AFTER_A_HINT, AFTER_THE_PAGE } from "./grading/ratings.js";
import * as queues from "./queue.js";

const VERSION = 1;
const UNDO_STEPS = 50;
const SOON = 12 * 60 * MINUTE; // what is due later does not come back within the session

export function begin(wish) {
  const { slug, items, now, filters = {}, limits = {}, seed = newSeed() } = wish;
  const state = {
    version: VERSION,
    slug,
    seed,
    filters,
    limits: { answers: limits.answers ?? null, minutes: limits.minutes ?? null },
    until: limits.minutes ? now + limits.minutes * MINUTE : null,
    queue: queues.buildQueue({ ...wish, seed }),
    asked: 0,
    tally: { reviewed: 0, right: 0, seconds: 0 },
    steps: [],
    skipped: [],
    aside: [],
    missed: [],
  };
  return next(state, now, items);
}

const newSeed = () => Math.random().toString(36).slice(2);

function next(state, at, items) {
  if (state.limits.answers !== null && state.tally.reviewed >= state.limits.answers) return over(state, "limit");
  if (state.until !== null && at >= state.until) return over(state, "time");
  const [turn, queue] = queues.take(state.queue, at);
  return turn ? ask({ ...state, queue }, turn, at, items) : over(state, "done");
}

function ask(state, turn, at, items) {
  const item = items.find(({ id }) => id === turn.id);
  const order = orderOf(item, queues.chance(`${state.seed}/${state.asked}/${turn.id}`));
  const asking = { phase: "asking", end: null, turn, order, draft: null, outcome: null };
  const help = { askedAt: at, spent: 0, seconds: 0, cap: EASY, hints: 0 };
  return { ...state, ...asking, ...help, asked: state.asked + 1 };
}

const over = (state, end) => ({ ...state, phase: "over", end, turn: null, order: [], draft: null, outcome: null });

export const drafted = (state, draft) => ({ ...state, draft });

const helped = (state, cap) => ({ ...state, cap: Math.min(state.cap, cap) });

export const hinted = (state) => ({ ...helped(state, AFTER_A_HINT), hints: state.hints + 1 });

export const looked = (state) => helped(state, AFTER_THE_PAGE);

export function answered(state, outcome, at) {
  const suggested = outcome.suggested === null ? null : Math.min(outcome.suggested, state.cap);
  const passed = state.spent + Math.max(0, at - state.askedAt) / 1e6;
  const seconds = state.phase === "rating" ? state.seconds : Math.round(passed * 1000) / 1000;
  return { ...state, phase: "rating", outcome: { ...outcome, suggested }, seconds };
}

export const takenBack = (state, at) => ({ ...state, phase: "asking", outcome: null, askedAt: at, spent: 0 });

export function reviewOf({ outcome, seconds }, rating, at) {
  const { answer, suggested, selfJudged, missed } = outcome;
  const score = outcome.score ?? (rating - 1) / 3;
  const review = { at, rating, suggested: selfJudged ? null : suggested, score, answer, seconds };
  return missed ? { ...review, missed } : review;
}

export function rated(state, rating, receipt, at, items) {
  const turn = { ...state.turn, schedule: receipt.after };
  const soon = receipt.after.due - at <= SOON;
  const right = rating > 1;
  const { reviewed, seconds } = state.tally;
  const done = { kind: "review", turn: state.turn, rating, seconds: state.seconds, receipt };
  const missed = state.missed.filter((id) => id !== turn.id);
  return next(
    {
      ...state,
      queue: soon ? queues.comesBack(queues.without(state.queue, turn.id), turn) : state.queue,
      tally: { reviewed: reviewed + 1, right: state.tally.right + right, seconds: seconds + state.seconds },
      steps: [...state.steps, done].slice(-UNDO_STEPS),
      missed: right ? missed : [...missed, turn.id],
    },
    at,
    items,
  );
}

export function skipped(state, at, items) {
  return next({ ...passed(state, "skip"), skipped: [...state.skipped, state.turn.id] }, at, items);
}

export function setAside(state, at, items) {
  return next({ ...passed(state, "aside"), aside: [...state.aside, state.turn.id] }, at, items);
}

const passed = (state, kind) => ({ ...state, steps: [...state.steps, { kind, turn: state.turn }].slice(-UNDO_STEPS) });

export function lastStep({ steps }) {
  const last = steps.at(-1);
  return last ? { kind: last.kind, id: last.turn.id, receipt: last.receipt ?? null } : null;
}

export function undone(state, at, items) {
  const last = state.steps.at(-1);
  if (!last) return state;
  const { turn } = last;
  const less = (ids) => ids.filter((id) => id !== turn.id);
  let queue = queues.without(state.queue, turn.id);
  if (state.turn && state.turn.id !== turn.id) queue = queues.putBack(queue, state.turn);
  const { reviewed, right, seconds } = state.tally;
  const tally =
    last.kind === "review"
      ? { reviewed: reviewed - 1, right: right - (last.rating > 1), seconds: seconds - last.seconds }
      : state.tally;
  const before = { ...state, queue, tally, steps: state.steps.slice(0, -1) };
  const lists = { skipped: less(state.skipped), aside: less(state.aside), missed: less(state.missed) };
  return ask({ ...before, ...lists }, turn, at, items);
}

export const cannotUndo = (state) => ({ ...state, steps: [] });

export const left = (state) => over(state, "left");

export function refilled(state, { items, pasts, now }) {
  if (state.end !== "done") return state;
  const seen = [...state.skipped, ...state.aside];
  const { due } = queues.buildQueue({ items, pasts, now, filters: state.filters, budget: 0, seen });
  return due.length ? next({ ...state, queue: queues.refilled(state.queue, due) }, now, items) : state;
}

export function total({ tally, queue, turn, limits }) {
  const all = tally.reviewed + queues.size(queue) + (turn ? 1 : 0);
  return limits.answers === null ? all : Math.min(all, limits.answers);
}

export const timeLeft = ({ until }, at) => (until === null ? null : Math.max(0, until - at) / 1000);

export const toJSON = (state, at) => ({ ...state, savedAt: at });

/**
 * The time in between does not count. Items that the bank no longer has are left out, and turns follow what is
 * known of them now, for another tab or device may have asked them meanwhile.
 */
export function fromJSON(value, { items, pasts, now }) {
  if (value?.version !== VERSION || !Array.isArray(value.steps) || !value.queue) return null;
  const { savedAt, ...state } = value;
  const known = new Map(items.map((item) => [item.id, item]));
  const standing = (turn) => ({ ...turn, schedule: pasts.get(turn.id)?.schedule ?? null });
  const stays = ({ id }) => known.has(id) && (pasts.get(id)?.suspended ?? null) === null;
  const still = (turns, wanted) => turns.filter(stays).map(standing).filter(({ schedule }) => wanted(schedule));
  const { due, newer, returning, recent } = state.queue;
  const away = now - savedAt;
  const resumed = {
    ...state,
    queue: {
      due: still(due, (schedule) => !schedule || schedule.due <= now),
      newer: still(newer, (schedule) => !schedule),
      returning: still(returning, Boolean),
      recent,
    },
    until: state.until === null ? null : state.until + away,
    askedAt: now,
    spent: (state.spent ?? 0) + Math.max(0, savedAt - (state.askedAt ?? savedAt)) / 1e6,
    steps: state.steps.filter(({ turn }) => known.has(turn.id)),
  };
  if (!resumed.turn) return resumed;
  const item = known.get(resumed.turn.id);
  const changed = !item || resumed.order.length !== orderOf(item, () => 0).length;
  const elsewhere = item && JSON.stringify(standing(resumed.turn).schedule) !== JSON.stringify(resumed.turn.schedule);
  return changed || elsewhere ? next(resumed, now, items) : resumed;
}
