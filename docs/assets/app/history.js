// What a learner has done, as a value: the same document as `ecsquiz progress export` writes and `import` reads
// (quiz/practice/history.py), and merged the same way (quiz/practice/combining.py). No DOM; nothing here changes
// what it is given.
//
// A history is {learner, settings, banks: [{slug, items: [past]}]}; a past is {key, question, kind, stem, answer,
//   reviews: [{at, rating, suggested | null, score, answer, seconds}], schedule | null, suspended: at | null,
//   flags: [{at, note}]}. Moments are microseconds since 1970. A review's identity is its item and its moment.
//
// empty(learner?) -> history without anything
// parse(text) -> history; throws Error with words for the learner
// serialise(history) -> text of a file
// merge(mine, other) -> history with what both hold, for the learner and the settings of `mine`
// count(history) -> number of reviews
// pastOf(history, slug) -> Map(key -> past)
// wordingOf(item) -> {stem, answer}, as a history keeps them
// addReview(past | null, item, review, tuning) -> {past, receipt}; receipt = {key, at, before, after}
// undo(past, receipt) -> past, or null where nothing is left; throws Error where it was reviewed again since
// suspend(past | null, item, at) -> past; restore(past) -> past or null
// combinePast(mine, other, tuning) -> past with the reviews of both

import { DAY, replay, review as reviewed } from "./fsrs.js";
import { settingsOf, tuningOf } from "./tuning.js";

export const FORMAT = "ecsquiz progress";
export const VERSION = 1;
const KINDS = ["recall", "choice", "cloze", "ordering", "matching", "command"];

export const empty = (learner = "me") => ({ learner, settings: {}, banks: [] });

export function count({ banks }) {
  return banks.flatMap(({ items }) => items).reduce((sum, { reviews }) => sum + reviews.length, 0);
}

export function pastOf({ banks }, slug) {
  const items = banks.find((bank) => bank.slug === slug)?.items ?? [];
  return new Map(items.map((past) => [past.key, past]));
}

export const wordingOf = ({ stem, answers }) => ({ stem, answer: answers.join("\n") });

export function serialise({ learner, settings, banks }) {
  const progress = {
    learner,
    settings,
    banks: banks.map(({ slug, items }) => ({ slug, items: items.map(documented) })),
  };
  return JSON.stringify({ format: FORMAT, version: VERSION, progress }, null, 1) + "\n";
}

/** What of an item goes into a file, in the order of the terminal's. */
function documented({ key, question, kind, stem, answer, reviews, schedule, suspended, flags }) {
  const plain = ({ at, rating, suggested, score, answer, seconds }) => {
    return { at, rating, suggested, score, answer, seconds };
  };
  return { key, question, kind, stem, answer, reviews: reviews.map(plain), schedule, suspended, flags };
}

// Reading a file. Each reader takes a value and its place, and gives a clean copy with nothing else in it.

export function parse(text) {
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error("This is not a progress file: it is no JSON. Make one with Export, or: ecsquiz progress export");
  }
  if (document?.format === FORMAT && Number.isInteger(document.version) && document.version > VERSION) {
    throw new Error("This progress file is from a newer ecsquiz. Load this page again to get the newest one.");
  }
  if (document?.format !== FORMAT || document.version !== VERSION) {
    throw new Error("This is not a progress file. Make one with Export, or: ecsquiz progress export");
  }
  const { learner, settings, banks } = object(document.progress, "progress");
  const wanted = settingsOf(tuningOf({ ...object(settings ?? {}, "settings") }));
  const tuning = tuningOf(wanted);
  return {
    learner: string(learner, "learner"),
    settings: wanted,
    banks: list(banks ?? [], "banks", (bank, place) => bankOf(bank, place, tuning)).reduce(
      (found, bank) => withBank(found, bank, tuning),
      [],
    ),
  };
}

function bankOf(value, place, tuning) {
  const { slug, items } = object(value, place);
  const pasts = new Map();
  for (const past of list(items ?? [], `${place}.items`, pastIn)) addPast(pasts, past, tuning);
  return { slug: string(slug, `${place}.slug`), items: [...pasts.values()] };
}

function pastIn(value, place) {
  const { key, question, kind, stem, answer, reviews, schedule, suspended, flags } = object(value, place);
  return {
    key: string(key, `${place}.key`),
    question: whole(question, `${place}.question`, -Number.MAX_SAFE_INTEGER),
    kind: one(kind, KINDS, `${place}.kind`),
    stem: string(stem, `${place}.stem`),
    answer: string(answer, `${place}.answer`),
    reviews: inOrder(list(reviews ?? [], `${place}.reviews`, reviewIn)),
    schedule: orNull(schedule, `${place}.schedule`, scheduleIn),
    suspended: orNull(suspended, `${place}.suspended`, whole),
    flags: list(flags ?? [], `${place}.flags`, (flag, at) => ({
      at: whole(object(flag, at).at, `${at}.at`),
      note: string(flag.note, `${at}.note`),
    })),
  };
}

function reviewIn(value, place) {
  const { at, rating, suggested, score, answer, seconds } = object(value, place);
  return {
    at: whole(at, `${place}.at`),
    rating: ratingIn(rating, `${place}.rating`),
    suggested: orNull(suggested, `${place}.suggested`, ratingIn),
    score: number(score, `${place}.score`, 0, 1),
    answer: string(answer, `${place}.answer`),
    seconds: number(seconds, `${place}.seconds`, 0),
  };
}

const ratingIn = (value, place) => one(value, [1, 2, 3, 4], place);

function scheduleIn(value, place) {
  const { state, step, stability, difficulty, due, last_review } = object(value, place);
  return {
    state: one(state, [1, 2, 3], `${place}.state`),
    step: orNull(step, `${place}.step`, whole),
    stability: number(stability, `${place}.stability`, Number.MIN_VALUE),
    difficulty: number(difficulty, `${place}.difficulty`, 1, 10),
    due: whole(due, `${place}.due`),
    last_review: whole(last_review, `${place}.last_review`),
  };
}

function refuse(place, wanted) {
  throw new Error(`This is not a progress file: ${place.slice(0, 80)} should be ${wanted}.`);
}

function object(value, place) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) refuse(place, "an object");
  return value;
}

function list(value, place, read) {
  if (!Array.isArray(value)) refuse(place, "a list");
  return value.map((member, index) => read(member, `${place}.${index}`));
}

function string(value, place) {
  if (typeof value !== "string") refuse(place, "a text");
  return wellFormed(value);
}

function whole(value, place, least = 0) {
  if (!Number.isSafeInteger(value) || value < least) refuse(place, "a whole number that is not too large");
  return value;
}

function number(value, place, least, most = Infinity) {
  if (typeof value !== "number" || !Number.isFinite(value) || value < least || value > most) {
    refuse(place, most === Infinity ? `a number from ${least} on` : `a number from ${least} to ${most}`);
  }
  return value;
}

function one(value, known, place) {
  if (!known.includes(value)) refuse(place, `one of ${known.join(", ")}`);
  return value;
}

const orNull = (value, place, read) => (value === null || value === undefined ? null : read(value, place));

/** A text without halves of characters, which no file in UTF-8 can hold. */
export const wellFormed = (text) => text.replace(/\p{Cs}/gu, "\ufffd");

// Merging.

export function merge(mine, other) {
  const settings = Object.keys(mine.settings).length ? mine.settings : other.settings;
  const tuning = tuningOf(settings);
  const banks = other.banks.reduce((found, bank) => withBank(found, bank, tuning), mine.banks);
  return { learner: mine.learner, settings, banks };
}

function withBank(banks, { slug, items }, tuning) {
  const own = banks.find((bank) => bank.slug === slug);
  if (!own) return [...banks, { slug, items }];
  const pasts = new Map(own.items.map((past) => [past.key, past]));
  for (const past of items) addPast(pasts, past, tuning);
  return banks.map((bank) => (bank === own ? { slug, items: [...pasts.values()] } : bank));
}

function addPast(pasts, past, tuning) {
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
function inOrder(reviews) {
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

// Adding to what one item has seen.

export function addReview(past, item, given, tuning) {
  const known = past ?? fresh(item);
  const review = { ...given, answer: wellFormed(given.answer) };
  const same = known.reviews.find(
    ({ at, rating, answer }) => at === review.at && rating === review.rating && answer === review.answer,
  );
  if (same) {
    const before = replay(known.reviews.filter((other) => other !== same), tuning).at(-1) ?? null;
    return { past: known, receipt: { key: known.key, at: same.at, before, after: known.schedule } };
  }
  // A clock of milliseconds may give two tabs one moment, and a review's moment is its identity.
  while (known.reviews.some(({ at }) => at === review.at)) review.at += 1;
  const before = known.schedule;
  const reviews = inOrder([...known.reviews, review]);
  // Another tab or device was a little faster: the order of time decides. A clock that was wrong must not.
  const late = before && review.at < before.last_review && before.last_review < review.at + DAY;
  const after = late ? replay(reviews, tuning).at(-1) : reviewed(before, review.rating, review.at, tuning);
  const receipt = { key: known.key, at: review.at, before, after };
  return { past: { ...known, reviews, schedule: after }, receipt };
}

export function undo(past, { at, before, after }) {
  if (!past || JSON.stringify(past.schedule) !== JSON.stringify(after) || !past.reviews.some((r) => r.at === at)) {
    throw new Error("This item has been reviewed somewhere else since. It stays as it is.");
  }
  return unlessEmpty({ ...past, reviews: past.reviews.filter((r) => r.at !== at), schedule: before });
}

export function suspend(past, item, at) {
  const known = past ?? fresh(item);
  return { ...known, suspended: known.suspended ?? at };
}

export const restore = (past) => unlessEmpty({ ...past, suspended: null });

function fresh(item) {
  const { id: key, question, kind } = item;
  const { stem, answer } = wordingOf(item);
  return { key, question, kind, stem, answer, reviews: [], schedule: null, suspended: null, flags: [] };
}

function unlessEmpty(past) {
  const { reviews, schedule, suspended, flags } = past;
  return reviews.length || schedule || suspended !== null || flags.length ? past : null;
}
