// Merging what a learner did on two devices: the same result whichever way round, however often, and the same as
// in the terminal; the model is quiz/practice/combining.py. For the shape of a history see history.js. No DOM.
//
// merge(mine, other) -> history with what both hold, for the learner and the settings of `mine`
// combinePast(mine, other, tuning) -> past with the reviews of both
// inOrder(reviews) -> reviews in order of time, one for each moment
// withBank(banks, bank, tuning), addPast(pasts, past, tuning): put one more among others, merged where it is known

import { replay } from "./fsrs.js";
import { tuningOf } from "./tuning.js";

export function merge(mine, other) {
  const settings = Object.keys(mine.settings).length ? mine.settings : other.settings;
  const tuning = tuningOf(settings);
  const banks = other.banks.reduce((found, bank) => withBank(found, bank, tuning), mine.banks);
  return { learner: mine.learner, settings, banks };
}

export function withBank(banks, { slug, items }, tuning) {
  const own = banks.find((bank) => bank.slug === slug);
  if (!own) return [...banks, { slug, items }];
  const pasts = new Map(own.items.map((past) => [past.key, past]));
  for (const past of items) addPast(pasts, past, tuning);
  return banks.map((bank) => (bank === own ? { slug, items: [...pasts.values()] } : bank));
}

export function addPast(pasts, past, tuning) {
  const known = pasts.get(past.key);
  pasts.set(past.key, known ? combinePast(known, past, tuning) : past);
}

export function combinePast(mine, other, tuning) {
  const reviews = inOrder([...mine.reviews, ...other.reviews]);
  const suspensions = [mine.suspended, other.suspended].filter((at) => at !== null);
  const flags = new Map([...mine.flags, ...other.flags].map((flag) => [JSON.stringify(flag), flag]));
  return {
    ...(compare(lastOf(other), lastOf(mine)) > 0 ? other : mine),
    key: mine.key,
    reviews,
    schedule: scheduleOf(reviews, [mine, other], tuning),
    suspended: suspensions.length ? Math.min(...suspensions) : null,
    flags: [...flags.values()].sort((a, b) => compare([a.at, a.note], [b.at, b.note])),
  };
}

/** Reviews in order of time, one for each moment. */
export function inOrder(reviews) {
  const order = ({ at, rating, suggested, answer, score, seconds }) => {
    return [at, rating, suggested ?? 0, answer, score, seconds];
  };
  const sorted = [...reviews].sort((a, b) => compare(order(a), order(b)));
  return sorted.filter(({ at }, index) => !index || sorted[index - 1].at !== at);
}

const lastOf = ({ reviews, stem, answer }) => [Math.max(0, ...reviews.slice(-1).map(({ at }) => at)), stem, answer];

/** Where one side has all reviews, its schedule; else what follows from all of them. */
function scheduleOf(reviews, sides, tuning) {
  const whole = ({ reviews: own }) => JSON.stringify(own.map(plainly)) === JSON.stringify(reviews.map(plainly));
  const complete = sides.filter((side) => side.schedule && whole(side));
  complete.sort((a, b) => compare([inPython(a.schedule)], [inPython(b.schedule)]));
  return complete[0]?.schedule ?? replay(reviews, tuning).at(-1) ?? null;
}

const plainly = ({ at, rating, suggested, score, answer, seconds }) => {
  return [at, rating, suggested, score, answer, seconds];
};

/** A schedule as Python prints it, for both choose one of two by that. */
function inPython({ state, step, stability, difficulty, due, last_review }) {
  const [stable, difficult] = [stability, difficulty].map(floatInPython);
  const place = `step=${step ?? "None"}, stability=${stable}, difficulty=${difficult}`;
  return `state=${state}, ${place}, due=${due}, last_review=${last_review}`;
}

function floatInPython(number) {
  if (number >= 1e-4 && number < 1e16) return Number.isInteger(number) ? `${number}.0` : String(number);
  return number.toExponential().replace(/([+-])(\d)$/, "$10$2");
}

/** Compares lists of numbers and texts member by member: below 0, 0 or above 0. */
function compare(one, other) {
  for (const [index, value] of one.entries()) {
    const order = typeof value === "string" ? compareText(value, other[index]) : value - other[index];
    if (order) return order;
  }
  return 0;
}

/** By characters, as Python does, and not by their halves. */
function compareText(one, other) {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    if (one[at] !== other[at]) return one.codePointAt(at) - other.codePointAt(at);
  }
  return one.length - other.length;
}
