// Recall: an answer in the learner's own words, which the learner checks by the key points. An answer is {text,
// ticks}, with a tick for each key point that it says; the score is their weight. See index.js.

import { ratingOfScore } from "./ratings.js";

export const base = () => [];

export const complaint = () => "";

export function judge(item, answer, shown, { question }) {
  const { text = "", ticks = [] } = answer ?? {};
  const verdicts = question.points.map(({ text: point, weight }, at) => ({ point, weight, right: Boolean(ticks[at]) }));
  const total = verdicts.reduce((sum, { weight }) => sum + weight, 0);
  const said = verdicts.reduce((sum, { weight, right }) => sum + (right ? weight : 0), 0);
  const score = total ? said / total : null; // without key points the learner's rating says it all
  return {
    answer: text,
    score,
    suggested: score === null ? null : ratingOfScore(score),
    selfJudged: answer !== null,
    verdicts,
    missed: verdicts.filter(({ right }) => !right).map(({ point }) => point),
    remarks: [],
  };
}

/** How many key points there are, and how their terms begin. */
export function hints(item, shown, { question, terms }) {
  const count = question.points.length;
  if (!count) return [{ text: `The model answer begins: ${item.answers[0].split(/\s+/).slice(0, 4).join(" ")} ...` }];
  const steps = [count === 1 ? "A good answer makes one point." : `A good answer makes ${count} points.`];
  const names = [...new Set(question.points.flatMap((point) => point.terms))];
  if (names.length) steps.push(`It speaks of: ${names.map(masked).join(", ")}.`);
  const known = names.map((name) => terms.term(name)).filter((term) => term?.meaning);
  steps.push(...known.slice(0, 3).map(({ name, meaning }) => `${masked(name)} is: ${meaning}`));
  return steps.map((text) => ({ text }));
}

/** The first letter of each word: `t... r...`. */
const masked = (name) => name.replaceAll("`", "").split(/\s+/).filter(Boolean).map((word) => `${word[0]}...`).join(" ");
