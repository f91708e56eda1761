// Recall: a field for a free answer, and then the key points, which the learner ticks. See index.js.

import { element } from "../dom.js";

export function recallFace({ item, question, draft, changed, submit }) {
  const kept = { text: "", ticks: [], ...(draft && typeof draft === "object" ? draft : {}) };
  const now = () => ({ text: field.value, ticks: boxes.map((box) => box.checked) });
  const field = element("textarea", {
    rows: "6",
    "aria-label": "Your answer",
    "aria-describedby": "stem",
    maxlength: "20000",
    placeholder: "In your own words, as you would say it aloud",
    on: {
      input: () => changed(now()),
      keydown: (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        submit();
      },
    },
  });
  field.value = typeof kept.text === "string" ? kept.text : "";
  const boxes = question.points.map((_, at) => element("input", { type: "checkbox", ...(kept.ticks[at] ? { checked: true } : {}) }));
  const node = element("div", {}, element("div", { class: "stem", id: "stem", html: item.html.stem }), field);
  return {
    node,
    answer: now,
    focus: () => field.focus(),
    judged: (_, ticked) => {
      field.readOnly = true;
      if (!boxes.length || node.querySelector(".points")) return;
      const rows = question.points.map(({ html }, at) => {
        boxes[at].addEventListener("change", () => {
          changed(now());
          ticked(now());
        });
        return element("li", {}, element("label", {}, boxes[at], element("span", { html })));
      });
      node.append(
        element(
          "fieldset",
          { class: "check" },
          element("legend", {}, "Tick what your answer said"),
          element("ul", { class: "points" }, ...rows),
        ),
      );
    },
  };
}
