// How items of each kind are asked and judged: one module a kind, all of one shape. No DOM.
//
// orderOf(item, random) -> numbers that say in which order the options are shown; keep it with the question asked
// shownIn(item, order) -> [{text, html}]: the options in that order; a place is an index of it
// complaint(item, answer, shown) -> why this is no answer yet, in words for the learner, or ""
// judge(item, answer | null, shown, {terms, question}) -> outcome; null where the learner wants to see the answer
//   answer: choice: a place; ordering: places in the chosen order; matching: a place for each of item.prompts;
//     cloze, command: a text; recall: {text, ticks: [boolean] for each of question.points}
//   outcome: {answer: text for the history, score: 0 to 1 (null: only the learner can say), suggested: rating or
//     null, selfJudged: true where the learner judged, remarks: [text], verdicts}, and `right`: the places in the
//     right order (ordering) or for each prompt (matching), and `missed`: [text] of key points (recall)
//   verdicts: choice: [{place, right, chosen}] as shown; ordering: [{place, right, belongs}] as answered;
//     matching: [{place, right, belongs}] by prompt; cloze, command: [{right}]; recall: [{point, weight, right}]
// hints(item, shown, {terms, question}) -> [{text, strike?: place, pair?: [prompt, place]}], one step after another

import { escapeHtml } from "../fragments.js";
import { shuffled } from "../queue.js";
import * as choice from "./choice.js";
import * as cloze from "./cloze.js";
import * as command from "./command.js";
import * as matching from "./matching.js";
import * as ordering from "./ordering.js";
import * as recall from "./recall.js";

const KINDS = { recall, choice, cloze, ordering, matching, command };
const TRIES = 20;

export function orderOf(item, random) {
  const order = KINDS[item.kind].base(item).map((_, index) => index);
  let found = shuffled(order, random);
  const isRight = () => found.every((index, at) => item.answers[index] === item.answers[at]);
  // The right order itself is no task.
  for (let n = 0; item.kind === "ordering" && isRight() && n < TRIES; n++) found = shuffled(order, random);
  return found;
}

export function shownIn(item, order) {
  const base = KINDS[item.kind].base(item);
  return order.map((index) => {
    const { name, index: at } = base[index];
    return { text: item[name][at], html: item.html?.[name]?.[at] ?? escapeHtml(item[name][at]) };
  });
}

export const complaint = (item, answer, shown) => KINDS[item.kind].complaint(item, answer, shown);

export function judge(item, answer, shown, context) {
  const outcome = KINDS[item.kind].judge(item, answer, shown, context);
  return { selfJudged: false, ...outcome };
}

export const hints = (item, shown, context) => KINDS[item.kind].hints(item, shown, context);
