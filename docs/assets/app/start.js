// What to practise, and for how long: the form before a session. It stands in the page and can be filled in before
// this script is there.
//
// wishFrom(search, kept) -> wish: {level, topic, kinds, length}, from the page's address, then from what was kept
// startForm({node, counted, begin}) -> {node, fill, refresh}; counted(filters) -> Promise<{due, fresh, next}>;
//   begin(wish) starts; fill(wish) leaves what the reader has chosen already
// filtersOf(wish), limitsOf(wish) -> for session.begin

import { spoken } from "./durations.js";
import { element, replace } from "./dom.js";
import { KIND_NAMES } from "./kinds/names.js";

const USUAL = { level: "", topic: "", kinds: [], length: "", question: null };

export function wishFrom(search, kept) {
  const asked = new URLSearchParams(search);
  const wish = { ...USUAL, ...(kept && typeof kept === "object" ? kept : {}), question: null };
  if (["level", "topic", "kind", "question"].some((name) => asked.has(name))) {
    wish.level = asked.get("level") ?? "";
    wish.topic = asked.get("topic") ?? "";
    wish.kinds = asked.getAll("kind").filter((kind) => kind in KIND_NAMES);
    wish.question = Number(asked.get("question")) || null;
  }
  if (!Array.isArray(wish.kinds)) wish.kinds = [];
  return wish;
}

export const filtersOf = ({ level, topic, kinds, question }) => ({
  ...(level ? { levels: [level] } : {}),
  ...(topic ? { topics: [topic] } : {}),
  ...(kinds.length ? { kinds } : {}),
  ...(question ? { questions: [question] } : {}),
});

/** A length is a number of answers, or of minutes after an m. */
export function limitsOf({ length }) {
  const minutes = length.startsWith("m") ? Number(length.slice(1)) : undefined;
  const answers = minutes === undefined ? Number(length) : undefined;
  return { limits: { answers, minutes }, budget: answers ?? 4 * minutes };
}

export function startForm({ node, counted, begin }) {
  const [level, topic, length] = ["level", "topic", "length"].map((name) => node.elements.namedItem(name));
  const kinds = [...node.querySelectorAll('[name="kind"]')];
  const said = node.querySelector(".counts");
  const button = node.querySelector("button");
  let question = null;
  let asked = 0;

  const chosen = () => {
    const some = kinds.filter((box) => box.checked).map((box) => box.value);
    const all = some.length === kinds.length;
    return { level: level.value, topic: topic.value, kinds: all ? [] : some, length: length.value, question, none: !some.length };
  };

  function fill(wish) {
    question = wish.question;
    for (const menu of [level, topic, length]) {
      const untouched = menu.selectedOptions[0].defaultSelected;
      if (untouched && [...menu.options].some(({ value }) => value === wish[menu.name])) menu.value = wish[menu.name];
    }
    const wanted = kinds.filter(({ value }) => wish.kinds.includes(value));
    if (wanted.length && kinds.every((box) => box.checked)) for (const box of kinds) box.checked = wanted.includes(box);
  }

  async function refresh() {
    const mine = ++asked;
    const now = chosen();
    button.disabled = now.none;
    if (now.none) return void replace(said, "Choose at least one kind.");
    const { due, fresh, next } = await counted(filtersOf(now));
    if (mine !== asked) return;
    button.disabled = !due && !fresh;
    if (!due && !fresh && next === null) replace(said, "There is nothing of this kind here. Choose another level, topic or kind.");
    else if (!due && !fresh) replace(said, `All done here for now. The next is due in ${spoken(next)}.`);
    else replace(said, element("strong", {}, String(due)), " due, ", element("strong", {}, String(fresh)), " new");
  }

  node.addEventListener("change", refresh);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(chosen());
  });
  return { node, fill, refresh };
}
