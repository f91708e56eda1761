// Keeping a history when a changed bank names its items differently; the model is quiz/practice/reattach.py.
// No DOM.
//
// reattach(pasts, items) -> [{old, new}]: where pasts belong among the bank's items, where that is a new key

import { ratio } from "./likeness.js";

const NEAR = 0.7;

/**
 * Only within one question and kind. An unchanged wording decides before an unchanged key, since a key may have
 * passed to another item; then the nearest of the wordings that are left, if near enough.
 */
export function reattach(pasts, items) {
  const groups = new Map();
  for (const past of pasts) groupOf(groups, past).pasts.push(past);
  for (const item of items) groups.get(placeOf(item))?.free.set(item.id, wording(item.stem, item.answers.join("\n")));
  return [...groups.values()].flatMap(({ pasts: stored, free }) => moves(stored, free));
}

const placeOf = ({ question, kind }) => `${question}/${kind}`;
const wording = (stem, answer) => JSON.stringify([stem, answer]);
const wordingOf = (past) => wording(past.stem, past.answer);

function groupOf(groups, past) {
  if (!groups.has(placeOf(past))) groups.set(placeOf(past), { pasts: [], free: new Map() });
  return groups.get(placeOf(past));
}

function moves(stored, free) {
  const found = new Map();
  for (const pairs of [sameWording, sameKey, nearest]) {
    const left = stored.filter(({ key }) => !found.has(key));
    for (const [old, key] of pairs(left, free)) {
      if (found.has(old) || !free.has(key)) continue;
      found.set(old, key);
      free.delete(key);
    }
  }
  return [...found].filter(([old, key]) => old !== key).map(([old, key]) => ({ old, new: key }));
}

/** Wordings that occur once before and once after. */
function sameWording(stored, free) {
  const once = (words) => words.filter((one) => words.indexOf(one) === words.lastIndexOf(one));
  const before = new Set(once(stored.map(wordingOf)));
  const after = new Set(once([...free.values()]));
  const keys = new Map([...free].map(([key, words]) => [words, key]));
  const same = stored.filter((past) => before.has(wordingOf(past)) && after.has(wordingOf(past)));
  return same.map((past) => [past.key, keys.get(wordingOf(past))]);
}

const sameKey = (stored, free) => stored.filter(({ key }) => free.has(key)).map(({ key }) => [key, key]);

function nearest(stored, free) {
  const pairs = stored.flatMap((past) =>
    [...free].map(([key, words]) => [likeness(wordingOf(past), words), past.key, key]),
  );
  const near = pairs.filter(([like]) => like > 0);
  near.sort(([a, ...one], [b, ...other]) => b - a || (one.join("\n") < other.join("\n") ? -1 : 1));
  return near.map(([, old, key]) => [old, key]);
}

/** Both must be alike: the items of a question often share all of their stem, or their answer. */
function likeness(one, other) {
  const [[stem, answer], [otherStem, otherAnswer]] = [one, other].map((words) => JSON.parse(words));
  const stems = ratio(stem, otherStem);
  const answers = stems < NEAR ? 0 : ratio(answer, otherAnswer);
  return answers < NEAR ? 0 : Math.min(stems, answers);
}
