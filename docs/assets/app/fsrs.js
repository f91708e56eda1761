// When an item is asked again: FSRS 6 with the same numbers as the terminal (quiz/practice/schedule.py and the
// package `fsrs`), which a test compares. No DOM.
//
// A schedule is {state, step, stability, difficulty, due, last_review}, as in a progress file: state is
// 1 learning, 2 review, 3 relearning; stability is in days; moments are microseconds since 1970 as numbers,
// which are exact until the year 2255. A rating is 1 again, 2 hard, 3 good, 4 easy. For tuning see tuning.js.
//
// review(schedule | null, rating, at, tuning?) -> the schedule after a review at `at`; null for a new item
// waits(schedule | null, at, tuning?) -> {1: ms, 2: ms, 3: ms, 4: ms} until the item comes back
// replay([{rating, at}], tuning?) -> the schedule after each of an item's reviews, which are in order of time
// retrievability(schedule, at, tuning?) -> the probability, 0 to 1, of recall at `at`
// predicted(schedule, at, tuning?) -> the same in whole days, as FSRS counts when it learns from a review
// now() -> this moment in microseconds; AGAIN, HARD, GOOD, EASY; DAY, MINUTE in microseconds

import { sha256 } from "./sha256.js";
import { power } from "./power.js";
import { USUAL } from "./tuning.js";

export const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];
export const MINUTE = 60_000_000;
export const DAY = 86_400_000_000;
const [LEARNING, REVIEW, RELEARNING] = [1, 2, 3];

const USUAL_PARAMETERS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
  1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
const LEAST_STABILITY = 0.001;
const LONGEST = 36_500;
const FUZZ = [
  { start: 2.5, end: 7, factor: 0.15 },
  { start: 7, end: 20, factor: 0.1 },
  { start: 20, end: Infinity, factor: 0.05 },
];

export const now = () => Date.now() * 1000;

export function review(schedule, rating, at, tuning = USUAL) {
  const w = tuning.parameters ?? USUAL_PARAMETERS;
  const after = { ...schedule, last_review: at };
  if (schedule) {
    const days = Math.floor((at - schedule.last_review) / DAY);
    after.stability =
      days < 1
        ? shortTermStability(w, schedule.stability, rating)
        : longTermStability(w, schedule, predicted(schedule, at, tuning), rating);
    after.difficulty = nextDifficulty(w, schedule.difficulty, rating);
  } else {
    after.state = LEARNING;
    after.step = 0;
    after.stability = Math.max(w[rating - 1], LEAST_STABILITY);
    after.difficulty = clamped(initialDifficulty(w, rating));
  }
  const step = nextStep(after, rating, tuning);
  const wait = step === null ? nextInterval(w, after.stability, tuning.retention) * DAY : step;
  const spread = schedule && after.state === REVIEW && tuning.fuzz !== null;
  after.due = at + (spread ? fuzzed(wait, fraction(tuning.fuzz, schedule.last_review)) : wait);
  const { state, stability, difficulty, due } = after;
  return { state, step: after.step, stability, difficulty, due, last_review: at };
}

export function waits(schedule, at, tuning = USUAL) {
  const wait = (rating) => (review(schedule, rating, at, tuning).due - at) / 1000;
  return Object.fromEntries([AGAIN, HARD, GOOD, EASY].map((rating) => [rating, wait(rating)]));
}

export function replay(reviews, tuning = USUAL) {
  const states = [];
  for (const { rating, at } of reviews) states.push(review(states.at(-1) ?? null, rating, at, tuning));
  return states;
}

export function retrievability(schedule, at, tuning = USUAL) {
  return recall(schedule.stability, Math.max(0, at - schedule.last_review) / DAY, tuning);
}

export function predicted(schedule, at, tuning = USUAL) {
  return recall(schedule.stability, Math.max(0, Math.floor((at - schedule.last_review) / DAY)), tuning);
}

/** The forgetting curve: 0.9 after as many days as the stability. */
function recall(stability, days, tuning) {
  const decay = -(tuning.parameters ?? USUAL_PARAMETERS)[20];
  return power(1 + (factorOf(decay) * days) / stability, decay);
}

const factorOf = (decay) => power(0.9, 1 / decay) - 1;

/**
 * Moves `after` on to its next state. Gives the wait in microseconds where that is a learning step, and null
 * where it follows from the stability.
 */
function nextStep(after, rating, tuning) {
  if (after.state === REVIEW) {
    if (rating !== AGAIN || !tuning.relearning_steps.length) return null;
    after.state = RELEARNING;
    after.step = 0;
    return microseconds(tuning.relearning_steps[0]);
  }
  const steps = (after.state === LEARNING ? tuning.learning_steps : tuning.relearning_steps).map(microseconds);
  after.step ??= 0;
  const beyond = after.step >= steps.length && rating !== AGAIN;
  const learnt = rating === EASY || (rating === GOOD && after.step + 1 === steps.length);
  if (!steps.length || beyond || learnt) {
    after.state = REVIEW;
    after.step = null;
    return null;
  }
  if (rating === AGAIN) after.step = 0;
  else if (rating === GOOD) after.step += 1;
  else if (after.step === 0) return halved(steps.length === 1 ? steps[0] * 3 : steps[0] + steps[1]);
  return steps[after.step];
}

const halved = (amount) => toEven(amount / 2);

/** A step in microseconds; the half of one goes to the even neighbour, as in Python. */
function microseconds(minutes) {
  const whole = Math.trunc(minutes) * MINUTE;
  const rest = (minutes - Math.trunc(minutes)) * MINUTE;
  return whole + toEven(rest);
}

/** Rounded as Python does: a half goes to the even neighbour. */
function toEven(number) {
  const below = Math.floor(number);
  const over = number - below;
  if (over === 0.5) return below % 2 === 0 ? below : below + 1;
  return over < 0.5 ? below : below + 1;
}

function nextInterval(w, stability, retention) {
  const decay = -w[20];
  const days = toEven((stability / factorOf(decay)) * (power(retention, 1 / decay) - 1));
  return Math.min(Math.max(days, 1), LONGEST);
}

const exponential = (exponent) => power(Math.E, exponent);

function shortTermStability(w, stability, rating) {
  const increase = exponential(w[17] * (rating - 3 + w[18])) * power(stability, -w[19]);
  return Math.max(stability * (rating === AGAIN ? increase : Math.max(increase, 1)), LEAST_STABILITY);
}

function longTermStability(w, { stability, difficulty }, likely, rating) {
  const next =
    rating === AGAIN
      ? forgetStability(w, stability, difficulty, likely)
      : recallStability(w, stability, difficulty, likely, rating);
  return Math.max(next, LEAST_STABILITY);
}

function forgetStability(w, stability, difficulty, likely) {
  const long =
    w[11] *
    power(difficulty, -w[12]) *
    (power(stability + 1, w[13]) - 1) *
    exponential((1 - likely) * w[14]);
  return Math.min(long, stability / exponential(w[17] * w[18]));
}

function recallStability(w, stability, difficulty, likely, rating) {
  const growth =
    exponential(w[8]) *
    (11 - difficulty) *
    power(stability, -w[9]) *
    (exponential((1 - likely) * w[10]) - 1) *
    (rating === HARD ? w[15] : 1) *
    (rating === EASY ? w[16] : 1);
  return stability * (1 + growth);
}

const initialDifficulty = (w, rating) => w[4] - exponential(w[5] * (rating - 1)) + 1;

function nextDifficulty(w, difficulty, rating) {
  const change = -(w[6] * (rating - 3));
  const damped = difficulty + ((10 - difficulty) * change) / 9;
  return clamped(w[7] * initialDifficulty(w, EASY) + (1 - w[7]) * damped);
}

const clamped = (difficulty) => Math.min(Math.max(difficulty, 1), 10);

/** The wait spread by what `part`, 0 to 1, says, within the bounds that FSRS gives. */
function fuzzed(wait, part) {
  const days = Math.floor(wait / DAY);
  if (days < FUZZ[0].start) return wait;
  const over = FUZZ.map(({ start, end, factor }) => factor * Math.max(Math.min(days, end) - start, 0));
  const delta = over.reduce((sum, share) => sum + share, 1);
  const least = Math.max(2, toEven(days - delta));
  const most = toEven(days + delta);
  return Math.min(most, least + Math.floor(part * (most - least + 1))) * DAY;
}

/** A number from 0 to 1 that the seed and the moment of the last review decide. */
function fraction(seed, moment) {
  const digest = sha256(`${seed}/${moment}`);
  return digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48;
}
