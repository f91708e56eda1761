// Choice: radio buttons. See index.js.

import { element } from "../dom.js";

export function choiceFace({ item, shown, draft, changed }) {
  const labels = shown.map(({ html }, place) =>
    element(
      "label",
      { class: "option" },
      element("input", { type: "radio", name: "choice", value: String(place), on: { change: () => changed(place) } }),
      element("span", { class: "place", "aria-hidden": "true" }, String(place + 1)),
      element("span", { class: "text", html }),
    ),
  );
  const radio = (place) => labels[place].querySelector("input");
  if (Number.isInteger(draft) && labels[draft]) radio(draft).checked = true;
  const stem = element("div", { class: "stem", id: "stem", tabindex: "-1", html: item.html.stem });
  const group = element("div", { class: "options", role: "radiogroup", "aria-labelledby": "stem" }, ...labels);
  return {
    node: element("div", {}, stem, group),
    answer: () => {
      const place = labels.findIndex((_, at) => radio(at).checked);
      return place < 0 ? null : place;
    },
    focus: () => stem.focus(),
    choose: (place) => {
      if (!labels[place]) return;
      radio(place).checked = true;
      radio(place).focus();
      changed(place);
    },
    judged: ({ verdicts }) => {
      for (const { place, right, chosen } of verdicts) {
        radio(place).disabled = true;
        if (right || chosen) labels[place].classList.add(right ? "right" : "wrong");
        const words = { "true true": "your answer, right", "true false": "the right answer", "false true": "your answer, wrong" };
        const mark = words[`${right} ${chosen}`];
        if (mark) labels[place].append(element("span", { class: "mark" }, mark));
      }
    },
    hinted: ({ strike }) => {
      labels[strike].classList.add("struck");
      radio(strike).disabled = true;
      radio(strike).checked = false;
    },
  };
}
