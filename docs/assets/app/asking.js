// One item on the page: asked, judged, rated.
//
// card({item, question, state, terms, waits, acts}) -> {node, focus, submit, choose, hint, showAnswer, judged}
//   waits() -> {rating: ms}; acts: {drafted(draft), answered(outcome), hinted(), rate(rating), looked()}
//   judged(outcome) shows the outcome; it is called again when recall's ticks change it

import { element, replace } from "./dom.js";
import { short } from "./durations.js";
import { complaint, hints, judge, shownIn } from "./grading/index.js";
import { faceOf } from "./kinds/index.js";
import { KIND_NAMES } from "./kinds/names.js";

export const RATINGS = { 1: "Again", 2: "Hard", 3: "Good", 4: "Easy" };

export function card({ item, question, state, terms, waits, acts, root, rates = true }) {
  const shown = shownIn(item, state.order);
  const context = { terms, question };
  const face = faceOf({ item, question, shown, draft: state.draft, changed: acts.drafted, submit });
  const said = element("p", { class: "complaint", role: "alert" });
  const helps = hints(item, shown, context);
  const taken = element("ul", { class: "hints", "aria-live": "polite" });
  const hintButton = element("button", { type: "button", class: "quiet", on: { click: hint } }, "Hint");
  const buttons = element(
    "p",
    { class: "row" },
    element("button", { type: "submit", class: "main" }, item.kind === "recall" ? "Check" : "Answer"),
    helps.length ? hintButton : null,
    element("button", { type: "button", class: "quiet", on: { click: showAnswer } }, "Show the answer"),
  );
  const verdict = element("div", { class: "verdict" });
  const form = element(
    "form",
    {
      on: {
        submit: (event) => {
          event.preventDefault();
          submit();
        },
      },
    },
    face.node,
    taken,
    said,
    buttons,
  );
  const node = element(
    "section",
    { class: `card ${item.kind}`, "aria-label": KIND_NAMES[item.kind] },
    element("p", { class: "facts" }, KIND_NAMES[item.kind]),
    form,
    verdict,
  );
  for (const help of helps.slice(0, state.hints)) showHint(help);
  let over = false;

  function submit() {
    if (over) return false;
    const answer = face.answer();
    const wrong = complaint(item, answer, shown);
    said.textContent = wrong;
    if (!wrong) acts.answered(judge(item, answer, shown, context));
    return true;
  }

  function showAnswer() {
    if (over) return false;
    const nothing = item.kind === "recall" ? face.answer() : null;
    acts.answered(judge(item, item.kind === "recall" && nothing.text.trim() ? nothing : null, shown, context));
    return true;
  }

  function showHint(help) {
    taken.append(element("li", {}, help.text));
    face.hinted?.(help);
    if (taken.children.length >= helps.length) hintButton.disabled = true;
  }

  function hint() {
    const help = helps[taken.children.length];
    if (over || !help) return false;
    showHint(help);
    acts.hinted();
    return true;
  }

  function judged(outcome) {
    if (!over) {
      over = true;
      buttons.remove();
      said.remove();
      face.judged(outcome, (answer) => acts.answered(judge(item, answer, shown, context)));
      replace(verdict, ...feedback({ item, question, shown, outcome, root, looked: acts.looked }));
      verdict.querySelector(".title").focus({ preventScroll: true });
      verdict.scrollIntoView({ block: "nearest" });
    }
    verdict.querySelector(".title").textContent = titleOf(outcome);
    if (!rates) return;
    verdict.querySelector(".ratings")?.remove();
    verdict.append(ratings(outcome.suggested, waits(), acts.rate));
  }

  return { node, focus: face.focus, submit, choose: (place) => !over && face.choose?.(place), hint, showAnswer, judged };
}

export function titleOf({ score, selfJudged, verdicts }) {
  if (score === null) return "Compare with the answer";
  if (selfJudged && !verdicts.some(({ right }) => right)) return "What did your answer say?";
  if (score >= 1) return "Right";
  return score > 0 ? "Partly right" : "Not yet";
}

/** What is right, why, and where to read on. */
export function feedback({ item, question, shown, outcome, root, looked = () => {} }) {
  const list = (tag, texts) => element(tag, {}, ...texts.map((html) => element("li", { html })));
  const solutions = {
    cloze: () => element("p", { html: item.html.solution }),
    command: () => element("div", { class: "accepted" }, ...item.html.answers.slice(0, 1).map((html) => element("pre", { html }))),
    ordering: () => element("div", {}, element("p", {}, "The right order:"), list("ol", item.html.answers)),
    recall: () => element("div", { class: "model" }, element("p", {}, element("strong", {}, "A strong answer")), ...item.html.answers.map((html) => element("div", { html }))),
  };
  const remarks = outcome.remarks.length ? element("ul", { class: "remarks" }, ...outcome.remarks.map((text) => element("li", {}, text))) : null;
  const mistakes =
    item.kind === "recall" && question.mistakes.length
      ? element(
          "details",
          { class: "mistakes" },
          element("summary", {}, "Common mistakes"),
          element("ul", {}, ...question.mistakes.map(({ wrong, right }) => element("li", { html: `<span class="wrong">${wrong}</span> ${right}` }))),
        )
      : null;
  return [
    element("h2", { class: "title", tabindex: "-1" }, titleOf(outcome)),
    remarks,
    solutions[item.kind]?.() ?? null,
    item.explanation && !isRepeated(item) ? element("div", { class: "explanation", html: item.html.explanation }) : null,
    mistakes,
    element(
      "p",
      { class: "source" },
      "From ",
      element("a", { href: root + question.page, target: "_blank", html: `question ${question.number}`, on: { click: looked } }),
      element("span", { html: `, ${question.html.prompt}` }),
    ),
  ];
}

/** Where nobody wrote an explanation, that of an order is the order itself, and that of a gap the whole sentence. */
function isRepeated({ kind, explanation, solution = "" }) {
  const plain = (text) => text.replace(/[*`]/g, "").trim();
  return kind === "ordering" ? explanation.startsWith("1. ") : kind === "cloze" && plain(explanation) === plain(solution);
}

function ratings(suggested, waits, rate) {
  const button = (rating) =>
    element(
      "button",
      { type: "button", class: rating === suggested ? "rating main" : "rating", "data-rating": String(rating), on: { click: () => rate(rating) } },
      element("span", { class: "name" }, RATINGS[rating]),
      element("span", { class: "wait" }, short(waits[rating])),
    );
  const words = suggested ? `How well did you know it? Enter takes ${RATINGS[suggested]}.` : "How well did you know it?";
  return element(
    "div",
    { class: "ratings", role: "group", "aria-label": "How well did you know it?" },
    element("p", { class: "note" }, words),
    element("div", { class: "row" }, ...[1, 2, 3, 4].map(button)),
  );
}
