// Choice: one right option. An answer is the place of the chosen one among those shown. See index.js.

import { AGAIN, GOOD } from "../fsrs.js";

export const base = ({ distractors }) => [
  { name: "answers", index: 0 },
  ...distractors.map((_, index) => ({ name: "distractors", index })),
];

export function complaint(item, answer, shown) {
  return Number.isInteger(answer) && answer >= 0 && answer < shown.length ? "" : "Choose one of the answers.";
}

export function judge(item, answer, shown) {
  const right = shown.findIndex(({ text }) => text === item.answers[0]);
  const found = answer !== null && shown[answer].text === item.answers[0];
  return {
    answer: answer === null ? "" : shown[answer].text,
    score: found ? 1 : 0,
    suggested: found ? GOOD : AGAIN,
    verdicts: shown.map((_, place) => ({ place, right: place === right, chosen: place === answer })),
    remarks: [],
  };
}

/** Strikes wrong options, one after the other, until two are left. */
export function hints(item, shown) {
  const wrong = item.distractors.map((text) => shown.findIndex((option) => option.text === text));
  const struck = wrong.slice(0, Math.max(0, shown.length - 2));
  return struck.map((place) => ({ text: `It is not ${place + 1}.`, strike: place }));
}
