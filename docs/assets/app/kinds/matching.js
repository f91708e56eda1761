// Matching: the right sides with letters, and a menu of letters beside each left side. See index.js.

import { element } from "../dom.js";

const LONGEST = 48;
const letter = (place) => String.fromCharCode(97 + place);

export function matchingFace({ item, shown, draft, changed }) {
  const name = ({ text }, place) => {
    const plain = text.replaceAll("`", "");
    return `${letter(place)}  ${plain.length > LONGEST ? `${plain.slice(0, LONGEST)} ...` : plain}`;
  };
  const menus = item.html.prompts.map((_, at) =>
    element(
      "select",
      { "aria-labelledby": `left-${at}`, on: { change: () => changed(menus.map(({ value }) => value)) } },
      element("option", { value: "" }, "choose"),
      ...shown.map((option, place) => element("option", { value: String(place) }, name(option, place))),
    ),
  );
  if (Array.isArray(draft)) menus.forEach((menu, at) => (menu.value = draft[at] ?? ""));
  const rows = item.html.prompts.map((html, at) =>
    element(
      "li",
      { class: "pair" },
      element("span", { class: "left" }, `${at + 1}. `, element("span", { id: `left-${at}`, html })),
      menus[at],
    ),
  );
  const stem = element("div", { class: "stem", id: "stem", tabindex: "-1", html: item.html.stem });
  const rights = shown.map(({ html }, place) =>
    element("li", {}, element("span", { class: "place" }, letter(place)), element("span", { class: "text", html })),
  );
  return {
    node: element(
      "div",
      {},
      stem,
      element("ul", { class: "rights" }, ...rights),
      element("ol", { class: "pairs" }, ...rows),
    ),
    answer: () => menus.map(({ value }) => (value === "" ? null : Number(value))),
    focus: () => stem.focus(),
    judged: ({ verdicts, right }) => {
      menus.forEach((menu, at) => {
        menu.disabled = true;
        const good = verdicts[at]?.right ?? false;
        rows[at].classList.add(good ? "right" : "wrong");
        const words = good ? "right" : `${letter(right[at])} belongs here`;
        rows[at].append(element("span", { class: "mark" }, words));
      });
    },
    hinted: ({ pair: [at, place] }) => {
      menus[at].value = String(place);
      changed(menus.map(({ value }) => value));
    },
  };
}
