// What to practise, and for how long: the form before a session.
//
// wishFrom(search, kept) -> wish: {level, topic, kinds, length}, from the page's address, then from what was kept
// startForm({bank, wish, counted, begin}) -> {node, refresh}; counted(filters) -> Promise<{due, fresh, next}>;
//   begin(wish) starts
// filtersOf(wish), limitsOf(wish) -> for session.begin

import { spoken } from "./durations.js";
import { element, replace } from "./dom.js";
import { KIND_NAMES } from "./kinds/names.js";

export const LENGTHS = {
  10: { words: "10 answers", answers: 10 },
  20: { words: "20 answers", answers: 20 },
  50: { words: "50 answers", answers: 50 },
  m5: { words: "5 minutes", minutes: 5 },
  m15: { words: "15 minutes", minutes: 15 },
  m30: { words: "30 minutes", minutes: 30 },
};
const USUAL = { level: "", topic: "", kinds: [], length: "20", question: null };

export function wishFrom(search, kept) {
  const asked = new URLSearchParams(search);
  const wish = { ...USUAL, ...(kept && typeof kept === "object" ? kept : {}), question: null };
  if (["level", "topic", "kind", "question"].some((name) => asked.has(name))) {
    wish.level = asked.get("level") ?? "";
    wish.topic = asked.get("topic") ?? "";
    wish.kinds = asked.getAll("kind").filter((kind) => kind in KIND_NAMES);
    wish.question = Number(asked.get("question")) || null;
  }
  if (!(wish.length in LENGTHS)) wish.length = USUAL.length;
  if (!Array.isArray(wish.kinds)) wish.kinds = [];
  return wish;
}

export const filtersOf = ({ level, topic, kinds, question }) => ({
  ...(level ? { levels: [level] } : {}),
  ...(topic ? { topics: [topic] } : {}),
  ...(kinds.length ? { kinds } : {}),
  ...(question ? { questions: [question] } : {}),
});

export function limitsOf({ length }) {
  const { answers, minutes } = LENGTHS[length];
  return { limits: { answers, minutes }, budget: answers ?? 4 * minutes };
}

export function startForm({ bank, wish, counted, begin }) {
  const menu = (name, label, options) => {
    const select = element("select", { id: `start-${name}`, name }, ...options.map(([value, words]) => element("option", { value }, words)));
    select.value = wish[name];
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    return [element("div", { class: "field" }, element("label", { for: `start-${name}` }, label), select), select];
  };
  const named = ({ slug, title }) => [slug, title];
  const [levelField, level] = menu("level", "Level", [["", "All levels"], ...bank.levels.map(named)]);
  const [topicField, topic] = menu("topic", "Topic", [["", "All topics"], ...bank.topics.map(named)]);
  const [lengthField, length] = menu("length", "How long", Object.entries(LENGTHS).map(([value, { words }]) => [value, words]));
  const present = Object.keys(KIND_NAMES).filter((kind) => bank.levels.some(({ kinds }) => kinds[kind]));
  const kinds = present.map((kind) => {
    const box = element("input", { type: "checkbox", value: kind, ...(!wish.kinds.length || wish.kinds.includes(kind) ? { checked: true } : {}) });
    return [box, element("label", { class: "kind" }, box, ` ${KIND_NAMES[kind]}`)];
  });
  const said = element("p", { class: "counts", role: "status" });
  const button = element("button", { type: "submit", class: "main" }, "Start");
  const chosen = () => {
    const some = kinds.filter(([box]) => box.checked).map(([box]) => box.value);
    const all = some.length === kinds.length;
    return { level: level.value, topic: topic.value, kinds: all ? [] : some, length: length.value, question: wish.question, none: !some.length };
  };
  let asked = 0;

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

  const node = element(
    "form",
    {
      class: "start",
      on: {
        change: refresh,
        submit: (event) => {
          event.preventDefault();
          begin(chosen());
        },
      },
    },
    element("div", { class: "fields" }, levelField, topicField, lengthField),
    element("fieldset", { class: "kinds" }, element("legend", {}, "Kinds"), ...kinds.map(([, label]) => label)),
    element("p", { class: "row" }, button, said),
  );
  return { node, refresh };
}
