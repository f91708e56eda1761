// What a session came to, and what comes next.
//
// summary({state, items, questions, root, next, again}) -> element; next: ms until something is due, or null

import { element } from "./dom.js";
import { spoken } from "./durations.js";

const ENDS = {
  done: "That is all for now",
  limit: "Done",
  time: "Time is over",
  left: "Stopped here",
};

export function summary({ state, items, questions, root, next, again, undo }) {
  const { reviewed, right, seconds } = state.tally;
  const share = reviewed ? `${right} of ${reviewed} right` : "No answers this time";
  const missed = [...new Set(state.missed.map((id) => items.find((item) => item.id === id)?.question).filter(Boolean))];
  const again_ = next === null ? "Nothing waits to come back." : `The next comes back in ${spoken(next)}.`;
  return element(
    "section",
    { class: "summary" },
    element("h2", { class: "title", tabindex: "-1" }, ENDS[state.end]),
    element("p", { class: "tally" }, share, reviewed ? `, in ${spoken(seconds * 1000)}.` : "."),
    element("p", {}, again_),
    missed.length
      ? element(
          "div",
          {},
          element("h3", {}, "Read again"),
          element(
            "ul",
            {},
            ...missed.map((number) =>
              element("li", {}, element("a", { href: root + questions.get(number).page, html: questions.get(number).html.prompt })),
            ),
          ),
        )
      : null,
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "main", on: { click: again } }, "Practise on"),
      state.steps.length ? element("button", { type: "button", class: "quiet", on: { click: undo } }, "Undo the last answer") : null,
      element("a", { href: `${root}try/progress/` }, "Your progress"),
    ),
  );
}
