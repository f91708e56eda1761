// What is asked next: what is due, then what is new, with the items of one question kept apart; the model is
// quiz/practice/queue.py. Everything here is a plain value that may be kept as JSON. No DOM.
//
// A turn is {id, question, schedule | null}. A queue is {due: [turn], newer: [turn], returning: [turn], recent:
// [question]}; `returning` holds items that were answered in this session and come back within it, perhaps.
//
// matching(items, filters) -> items; filters = {levels, topics, kinds, questions}, each a list, or missing for all
// buildQueue({items, pasts, now, filters?, budget?, seed?, seen?}) -> queue, with at most BLOCK of what is due
//   pasts: Map(key -> past) of the bank; budget: at most so many new items (10); seed: text that decides their
//   order; seen: ids to leave out
// countDue({items, pasts, now, filters?}) -> number; nextDue({items, pasts, filters?}) -> moment | null
// nextItem(as for buildQueue) -> the first turn, or null
// take(queue, at) -> [turn | null, queue]; size(queue) -> turns that are certain to come
// putBack, comesBack, atTheEnd (queue, turn) -> queue; without(queue, id) -> queue
// refilled(queue, turns) -> queue; chance(seed) -> () -> 0 to 1; shuffled(list, random) -> list

import { DAY } from "./fsrs.js";

export const APART = 3;
export const NEW = 10;
export const BLOCK = 200; // so many due items at a time: a session is kept at every step, and must stay small
const REST = DAY / 3;
const KINDS = ["recall", "choice", "cloze", "ordering", "matching", "command"];

export function matching(items, { levels, topics, kinds, questions } = {}) {
  return items.filter(
    (item) =>
      (!levels || levels.includes(item.level)) &&
      (!topics || item.topics.some((topic) => topics.includes(topic))) &&
      (!kinds || kinds.includes(item.kind)) &&
      (!questions || questions.includes(item.question)),
  );
}

export function buildQueue(wish) {
  const { items, pasts, now, filters, budget = NEW, seed = "", seen = [] } = wish;
  const out = new Set(seen);
  const due = dueTurns(wish).filter(({ id }) => !out.has(id)).slice(0, BLOCK);
  const resting = new Set(due.map(({ question }) => question));
  for (const { question, schedule } of pasts.values()) {
    if (schedule && schedule.last_review >= now - REST) resting.add(question);
  }
  const started = new Set(out);
  for (const [key, { schedule, suspended }] of pasts) if (schedule || suspended !== null) started.add(key);
  const newer = newItems(matching(items, filters), started, resting, levelsOf(items), chance(seed), budget);
  return { due, newer, returning: [], recent: [] };
}

export const nextItem = (wish) => take(buildQueue({ budget: 1, ...wish }), wish.now)[0];

export const countDue = (wish) => dueTurns(wish).length;

export function nextDue({ items, pasts, filters }) {
  const moments = scheduled(matching(items, filters), pasts).map(({ schedule }) => schedule.due);
  return moments.length ? moments.reduce((a, b) => Math.min(a, b)) : null;
}

/** What is due, lowest retrievability first: that falls with the time since the last review in stabilities. */
function dueTurns({ items, pasts, now, filters }) {
  const overdue = ({ schedule }) => (now - schedule.last_review) / schedule.stability;
  const due = scheduled(matching(items, filters), pasts).filter(({ schedule }) => schedule.due <= now);
  return due.sort((a, b) => overdue(b) - overdue(a) || (a.id < b.id ? -1 : 1));
}

function scheduled(items, pasts) {
  return items.flatMap(({ id, question }) => {
    const past = pasts.get(id);
    return past?.schedule && past.suspended === null ? [{ id, question, schedule: past.schedule }] : [];
  });
}

const levelsOf = (items) => [...new Set(items.map(({ level }) => level))];

/**
 * What was not met yet, in the order in which to meet it. Questions of which least was met come first, among
 * them those of the first level; then the topic that was not used for longest. Kinds alternate. The rest is
 * chance. Resting questions wait until no others are left.
 */
function newItems(items, started, resting, levels, random, budget) {
  const waiting = new Map();
  const met = new Map();
  const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const item of items) {
    if (started.has(item.id)) add(met, item.question);
    else if (waiting.has(item.question)) waiting.get(item.question).push(item);
    else waiting.set(item.question, [item]);
  }
  const luck = new Map([...waiting.keys()].map((question) => [question, random()]));
  const kinds = new Map();
  const topics = new Map();
  const rank = (question) => {
    const { level, topics: filed } = waiting.get(question)[0];
    const used = topics.get(filed[0]) ?? -1;
    return [resting.has(question) ? 1 : 0, met.get(question) ?? 0, levels.indexOf(level), used, luck.get(question)];
  };
  const found = [];
  while (waiting.size && found.length < budget) {
    const question = least([...waiting.keys()], rank);
    const choice = waiting.get(question);
    const offered = [...new Set(choice.map((item) => item.kind))];
    const kind = least(offered, (one) => [kinds.get(one) ?? 0, KINDS.indexOf(one)]);
    const fitting = choice.filter((item) => item.kind === kind);
    const item = fitting[Math.floor(random() * fitting.length)];
    choice.splice(choice.indexOf(item), 1);
    add(met, question);
    add(kinds, kind);
    topics.set(item.topics[0], found.length);
    if (!choice.length) waiting.delete(question);
    found.push({ id: item.id, question, schedule: null });
  }
  return found;
}

function least(values, rank) {
  const before = (a, b) => {
    const at = a.findIndex((part, index) => part !== b[index]);
    return at >= 0 && a[at] < b[at];
  };
  let [best, lowest] = [values[0], rank(values[0])];
  for (const value of values.slice(1)) {
    const mine = rank(value);
    if (before(mine, lowest)) [best, lowest] = [value, mine];
  }
  return best;
}

export const size = ({ due, newer }) => due.length + newer.length;

export function take(queue, at) {
  const back = queue.returning.filter(({ schedule }) => schedule.due <= at);
  for (const [name, turns] of [["returning", back], ["due", queue.due], ["newer", queue.newer]]) {
    if (!turns.length) continue;
    const turn = turns.find(({ question }) => !queue.recent.includes(question)) ?? turns[0];
    const recent = [turn.question, ...queue.recent].slice(0, APART);
    return [turn, { ...queue, recent, [name]: queue[name].filter(({ id }) => id !== turn.id) }];
  }
  return [null, queue];
}

export function putBack(queue, turn) {
  const name = turn.schedule ? "due" : "newer";
  return { ...queue, [name]: [turn, ...queue[name]], recent: [] };
}

export function comesBack(queue, turn) {
  return { ...queue, returning: [...queue.returning.filter(({ id }) => id !== turn.id), turn] };
}

export const atTheEnd = (queue, turn) => ({ ...queue, newer: [...queue.newer, turn] });

export function refilled(queue, turns) {
  const known = new Set(turns.map(({ id }) => id));
  return { ...queue, due: [...queue.due, ...turns], returning: queue.returning.filter(({ id }) => !known.has(id)) };
}

export function without(queue, id) {
  const less = (turns) => turns.filter((turn) => turn.id !== id);
  return { ...queue, due: less(queue.due), newer: less(queue.newer), returning: less(queue.returning) };
}

/** A stream of numbers from 0 to 1 that a text decides. The order of questions is no secret. */
export function chance(seed) {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0), 0x01000193);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export function shuffled(list, random) {
  const found = [...list];
  for (let last = found.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [found[last], found[other]] = [found[other], found[last]];
  }
  return found;
}
