// Matching: each left side with its right side. An answer is a list with the place of a right side, among those
// shown, for each left side. See index.js.

import { ratingOfShare } from "./ratings.js";

export const base = ({ answers, distractors }) => [
  ...answers.map((_, index) => ({ name: "answers", index })),
  ...distractors.map((_, index) => ({ name: "distractors", index })),
];

export function complaint(item, answer, shown) {
  const known = (place) => Number.isInteger(place) && place >= 0 && place < shown.length;
  if (!Array.isArray(answer) || answer.length !== item.prompts.length || !answer.every(known)) {
    return "Choose a partner for each.";
  }
  return new Set(answer).size < answer.length ? "Each partner belongs to one only; you gave one twice." : "";
}

/** The score is the share of the pairs that are right. */
export function judge(item, answer, shown) {
  const right = item.answers.map((text) => shown.findIndex((one) => one.text === text));
  if (answer === null) return { answer: "", score: 0, suggested: 1, verdicts: [], right, remarks: [] };
  const verdicts = answer.map((place, at) => ({
    place,
    right: shown[place].text === item.answers[at],
    belongs: right[at],
  }));
  const wrong = verdicts.flatMap((verdict, at) => (verdict.right ? [] : [`${at + 1}${letter(verdict.place)}`]));
  const score = 1 - wrong.length / verdicts.length;
  return {
    answer: item.prompts.map((left, at) => `${left}: ${shown[answer[at]].text}`).join("\n"),
    score,
    suggested: ratingOfShare(score),
    verdicts,
    right,
    remarks: wrong.length ? [`Not together: ${wrong.join(", ")}.`] : [],
  };
}

/** One pair after the other, until two are left. */
export function hints(item, shown) {
  const right = item.answers.map((text) => shown.findIndex((one) => one.text === text));
  const pairs = right.map((place, at) => ({ text: `${at + 1}${letter(place)} is right.`, pair: [at, place] }));
  return pairs.slice(0, Math.max(0, pairs.length - 2));
}

const letter = (place) => String.fromCharCode(97 + place);
