// What the scheduler is told of a score; the model is quiz/practice/kinds/ratings.py. 1 again, 2 hard, 3 good,
// 4 easy. No DOM.

import { AGAIN, EASY, GOOD, HARD } from "../fsrs.js";

const PARTLY = 0.6;
export const AFTER_A_HINT = HARD;
export const AFTER_THE_PAGE = AGAIN;

/** Of an answer in one's own words, by the weight of the key points that it says. */
export function ratingOfScore(score) {
  if (score < 0.5) return AGAIN;
  if (score < 0.65) return HARD;
  return score < 0.9 ? GOOD : EASY;
}

/** Of an answer with several parts, by the share that is right. */
export function ratingOfShare(share) {
  if (share >= 1) return GOOD;
  return share >= PARTLY ? HARD : AGAIN;
}

/** Of an answer with so many faults; `hopeless` if it is an answer to something else. */
export function ratingOfFaults(count, hopeless) {
  if (!count) return GOOD;
  return count === 1 && !hopeless ? HARD : AGAIN;
}
