// What an exam came to: by topic, and question by question, each with its explanation.
//
// examResult({found, end, questions, root, again}) -> element; found: what exam.js calls a result

import { feedback } from "./asking.js";
import { shareRows } from "./charts.js";
import { element } from "./dom.js";
import { spoken } from "./durations.js";
import { escapeHtml } from "./fragments.js";
import { shownIn } from "./grading/index.js";
import { faceOf } from "./kinds/index.js";

const percent = (share) => `${Math.round(share * 100)}%`;

export function examResult({ found, end, questions, root, again }) {
  const late = end === "time" ? " The time was over." : "";
  const topicRow = ({ topic, title, score, items }) => ({
    html: `<a href="${root}try/practice/?topic=${encodeURIComponent(topic)}">${escapeHtml(title)}</a>`,
    share: score,
    words: `${percent(score)} of ${items} ${items === 1 ? "question" : "questions"}`,
  });
  return element(
    "section",
    { class: "summary" },
    element("h2", { class: "title", tabindex: "-1" }, `${percent(found.score)} of the points`),
    element("p", {}, `${found.right} of ${found.total} fully right, ${found.answered} answered, in ${spoken(found.seconds * 1000)}.${late}`),
    shareRows({ caption: "By topic, the weakest first; a topic's name leads to its practice", rows: found.topics.map(topicRow) }),
    element("h3", {}, "Question by question"),
    ...found.entries.map((entry, at) => verdictOf({ ...entry, at, questions, root })),
    element("p", { class: "row" }, element("button", { type: "button", class: "main", on: { click: again } }, "Another exam")),
  );
}

function outcomeOf(answered, { score }) {
  if (!answered) return ["No answer", "none"];
  if (score >= 1) return ["Right", "right"];
  return score > 0 ? ["Partly right", "partly"] : ["Wrong", "wrong"];
}

/** Folded; what is inside is made when it is opened for the first time. */
function verdictOf({ item, order, draft, outcome, answered, at, questions, root }) {
  const question = questions.get(item.question);
  const [words, kind] = outcomeOf(answered, outcome);
  const summary = element(
    "summary",
    {},
    element("span", { class: "nth" }, `${at + 1}. `),
    element("span", { class: `outcome ${kind}` }, words),
    element("span", { class: "about", html: question.html.prompt }),
  );
  const details = element("details", { class: "entry-result" }, summary);
  const fill = () => {
    const shown = shownIn(item, order);
    const face = faceOf({ item, question, shown, draft: answered ? draft : null, changed: () => {}, submit: () => {} });
    apart(face.node, at);
    face.judged(outcome, () => {});
    const [, ...rest] = feedback({ item, question, shown, outcome, root });
    details.append(face.node, ...rest.filter(Boolean));
  };
  details.addEventListener("toggle", fill, { once: true });
  return details;
}

/** Several faces stand on one page here: their ids and groups of radio buttons must not meet. */
function apart(node, at) {
  const own = (name) => `${name}-${at}`;
  for (const one of [node, ...node.querySelectorAll("*")]) {
    if (one.id) one.id = own(one.id);
    if (one.name) one.name = own(one.name);
    for (const attribute of ["aria-labelledby", "aria-describedby"]) {
      if (one.hasAttribute(attribute)) one.setAttribute(attribute, own(one.getAttribute(attribute)));
    }
  }
}
