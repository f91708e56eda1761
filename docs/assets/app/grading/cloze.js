// Cloze: the words that belong in a gap, in any form that the glossary knows; the model is
// quiz/practice/kinds/cloze.py. An answer is a text. See index.js.

import { AGAIN, GOOD } from "../fsrs.js";
import { GAP } from "../fragments.js";
import { letters } from "../likeness.js";
import { stem } from "./stemmer.js";

const SLIP = 0.85;
const SHORTEST = 5;
const LONGEST = 200;
const AROUND = 3;
const ARTICLES = ["a", "an", "the"];
const OPPOSITES = ["un", "in", "im", "dis", "non", "de", "re", "pre", "post", "sub", "multi"];

export const base = () => [];

export function complaint(item, answer) {
  return wordsOf(String(answer ?? "")).length ? "" : "Type the words that belong in the gap.";
}

/** Right or wrong, whatever the case, the marks and the endings. A slip of the keyboard is forgiven. */
export function judge(item, answer, shown, { terms }) {
  if (answer === null) return outcome("", false);
  const said = withoutContext(wordsOf(answer), item.stem);
  const accepted = formsOf(item, terms).map((form) => [form, wordsOf(form)]);
  if (accepted.some(([, words]) => words.join("") === said.join(""))) return outcome(answer, true);
  const term = terms.term(answer) ?? terms.term(said.join(" "));
  if (term) return outcome(answer, false, term.meaning ? [`${term.name} is something else: ${term.meaning}`] : []);
  const stems = (words) => words.map(stem).join(" ");
  if (accepted.some(([, words]) => stems(words) === stems(said))) return outcome(answer, true);
  const slip = accepted.find(([, words]) => slipped(said, words, terms));
  return slip ? outcome(answer, true, [`It is spelt ${slip[0]}.`]) : outcome(answer, false);
}

function outcome(answer, right, remarks = []) {
  return { answer, score: right ? 1 : 0, suggested: right ? GOOD : AGAIN, verdicts: [{ right }], remarks };
}

/** How long it is, then what it means. */
export function hints(item, shown, { terms }) {
  const answer = item.answers[0].replace(/^`+|`+$/g, "");
  const lengths = answer.split(/\s+/).map((part) => [...part].length);
  const size = `${lengths.join(" and ")} characters`;
  const words = lengths.length > 1 ? `${lengths.length} words of ${size}` : size;
  const meaning = terms.term(answer)?.meaning;
  const steps = [`It has ${words}.`, ...(meaning ? [`It means: ${meaning}`] : [])];
  return steps.map((text) => ({ text }));
}

/** Every accepted form: those of the item, and all of a term that one of them names. */
function formsOf({ answers }, terms) {
  return [...new Set([...answers, ...answers.flatMap((answer) => terms.term(answer)?.forms ?? [])])];
}

/** Lower-case words and numbers, without marks and without articles before them. */
function wordsOf(text) {
  const folded = [...text].slice(0, LONGEST).join("").normalize("NFKC").toLowerCase();
  const found = (folded.match(/\p{Nd}[\p{Nd},]*(?:\.\p{Nd}+)?|\p{L}+/gu) ?? []).map((word) => word.replaceAll(",", ""));
  while (found.length > 1 && ARTICLES.includes(found[0])) found.shift();
  return found;
}

/** What was typed, less the words around the gap that were typed with it: "300 seconds". */
function withoutContext(said, text) {
  const gap = text.lastIndexOf(GAP);
  const preceding = gap < 0 ? [] : wordsOf(text.slice(0, gap)).slice(-AROUND);
  const following = wordsOf(gap < 0 ? text : text.slice(gap + GAP.length)).slice(0, AROUND);
  const same = (one, other) => one.join(" ") === other.join(" ");
  for (let count = Math.min(AROUND, said.length - 1); count > 0; count--) {
    if (same(said.slice(-count), following.slice(0, count))) return said.slice(0, -count);
    if (same(said.slice(0, count), preceding.slice(-count))) return said.slice(count);
  }
  return said;
}

/** Whether each word is right, or nearly so and no other word of our field. */
function slipped(said, right, terms) {
  if (said.length !== right.length) return false;
  return said.every((one, at) => one === right[at] || (!terms.isTermWord(one) && nearly(one, right[at])));
}

function nearly(typed, right) {
  const lettersOnly = (word) => /^\p{L}+$/u.test(word);
  if (Math.min(typed.length, right.length) < SHORTEST || !lettersOnly(typed) || !lettersOnly(right)) return false;
  const [shorter, longer] = typed.length <= right.length ? [typed, right] : [right, typed];
  const more = longer.endsWith(shorter) ? longer.slice(0, longer.length - shorter.length) : longer;
  if (OPPOSITES.includes(more)) return false; // healthy is no slip for unhealthy
  const distance = letters(typed, right);
  const exchanged = distance === 1 && [...typed].sort().join("") === [...right].sort().join("");
  return exchanged || 1 - distance / Math.max(typed.length, right.length) >= SLIP;
}
