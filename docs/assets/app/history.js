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
// parse, serialise, merge and combinePast stand in progress-file.js and combining.js

import { inOrder } from "./combining.js";
import { DAY, replay, review as reviewed } from "./fsrs.js";
import { wellFormed } from "./progress-file.js";

export { combinePast, merge } from "./combining.js";
export { parse, serialise } from "./progress-file.js";

export const empty = (learner = "me") => ({ learner, settings: {}, banks: [] });

export function count({ banks }) {
  return banks.flatMap(({ items }) => items).reduce((sum, { reviews }) => sum + reviews.length, 0);
}

export function pastOf({ banks }, slug) {
  const items = banks.find((bank) => bank.slug === slug)?.items ?? [];
  return new Map(items.map((past) => [past.key, past]));
}

export const wordingOf = ({ stem, answers }) => ({ stem, answer: answers.join("\n") });

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
