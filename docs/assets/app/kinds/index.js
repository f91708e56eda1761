// How items of each kind are shown and answered: one module a kind, all of one shape.
//
// faceOf({item, question, shown, draft, changed, submit}) -> {node, answer, focus, judged, choose?, hinted?}
//   shown: options as grading/index.js shows them; draft: what was kept by `changed(draft)`, or null;
//   submit() answers with what is there
//   node holds the stem and what is answered with; answer() -> the answer for grading/index.js
//   focus() puts the cursor where the learner begins; choose(place) does what a number key says
//   judged(outcome, ticked?) shows the verdicts and takes no more answers; ticked(ticks) is called by recall
//   hinted(step) shows what a hint says of an option

import { choiceFace } from "./choice.js";
import { clozeFace } from "./cloze.js";
import { commandFace } from "./command.js";
import { matchingFace } from "./matching.js";
import { orderingFace } from "./ordering.js";
import { recallFace } from "./recall.js";

const FACES = {
  choice: choiceFace,
  cloze: clozeFace,
  command: commandFace,
  matching: matchingFace,
  ordering: orderingFace,
  recall: recallFace,
};

export const faceOf = (context) => FACES[context.item.kind](context);
