// The progress document as text: what `ecsquiz progress export` writes and `import` reads; the model is
// quiz/practice/history.py. For the shape of a history see history.js. No DOM.
//
// parse(text) -> history; throws Error with words for the learner. Nothing passes but what belongs there.
// serialise(history) -> text of a file
// wellFormed(text) -> the text without halves of characters

import { addPast, inOrder, withBank } from "./combining.js";
import { settingsOf, tuningOf } from "./tuning.js";

export const FORMAT = "ecsquiz progress";
export const VERSION = 1;
const KINDS = ["recall", "choice", "cloze", "ordering", "matching", "command"];

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
