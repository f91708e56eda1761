// The exam simulation: form, questions without feedback, result. What an exam is stands in exam.js.

import { openBank } from "./bank.js";
import { element, replace } from "./dom.js";
import { clock } from "./durations.js";
import * as exams from "./exam.js";
import { examResult } from "./exam-result.js";
import { now } from "./fsrs.js";
import { shownIn } from "./grading/index.js";
import { faceOf } from "./kinds/index.js";
import { KIND_NAMES } from "./kinds/names.js";
import { listenTo, shortcutsDialog } from "./shortcuts.js";
import { openStore } from "./store.js";

const NAME = "exam";
const COUNTS = [10, 20, 40, 60];
const MINUTES = [[10, "10 minutes"], [20, "20 minutes"], [30, "30 minutes"], [60, "60 minutes"], [90, "90 minutes"], ["", "no limit"]];
const WARNINGS = [300, 60]; // seconds before the end that are announced
const KEYS = [
  [["1", "2", "3", "4"], "choose an answer"],
  [["Enter"], "next question"],
  [["b"], "back"],
  [["m"], "mark to look at it again"],
  [["?"], "these keys"],
];
const place = document.getElementById("exam");
const root = place.dataset.root;

start().catch(failed);

function failed(error) {
  replace(
    place,
    element("p", { class: "complaint", role: "alert" }, error.message),
    element("p", {}, element("button", { type: "button", class: "main", on: { click: () => location.reload() } }, "Load the page again")),
  );
}

async function start() {
  const [store, bank] = await Promise.all([openStore(), openBank(`${root}data/`)]);
  const page = { store, bank };
  const kept = await store.loadSession(NAME);
  if (kept?.slug !== bank.slug) return showForm(page);
  const drawn = { ...page, ...(await bank.load()) };
  const state = exams.fromJSON(kept, { items: drawn.items, now: now() });
  if (state?.phase === "sitting") sit(drawn, state);
  else if (state) showResult(drawn, state);
  else showForm(page);
}

/** The form stands at once; the items come while it is filled in, of the chosen level only. */
function showForm(page) {
  const { store, bank } = page;
  const asked = new URLSearchParams(location.search);
  const menu = (name, label, options, usual = "") => {
    const select = element("select", { id: `exam-${name}` }, ...options.map(([value, words]) => element("option", { value }, words)));
    select.value = asked.get(name) ?? String(usual);
    if (select.selectedIndex < 0) select.value = String(usual);
    return [element("div", { class: "field" }, element("label", { for: `exam-${name}` }, label), select), select];
  };
  const named = ({ slug, title }) => [slug, title];
  const [levelField, level] = menu("level", "Level", [["", "All levels"], ...bank.levels.map(named)]);
  const [topicField, topic] = menu("topic", "Topic", [["", "All topics"], ...bank.topics.map(named)]);
  const [countField, count] = menu("count", "Questions", COUNTS.map((value) => [value, String(value)]), 20);
  const [minutesField, minutes] = menu("minutes", "Time", MINUTES, 30);
  const said = element("p", { class: "counts", role: "status" });
  const button = element("button", { type: "submit", class: "main" }, "Begin the exam");
  const filters = () => ({ ...(level.value ? { levels: [level.value] } : {}), ...(topic.value ? { topics: [topic.value] } : {}) });
  let refreshed = 0;
  const refresh = async () => {
    const mine = ++refreshed;
    const { items } = await bank.load(filters().levels ?? null);
    if (mine !== refreshed) return;
    const there = exams.offered(items, filters()).length;
    button.disabled = !there;
    const fewer = there < Number(count.value) ? `; the exam will have ${there}` : "";
    said.textContent = there ? `${there} items to draw from${fewer}` : "There is nothing here to ask. Choose another level or topic.";
  };
  const begin = async () => {
    const drawn = { ...page, ...(await bank.load(filters().levels ?? null)) };
    if (!exams.offered(drawn.items, filters()).length) return refresh();
    const wish = { slug: bank.slug, items: drawn.items, now: now(), filters: filters(), count: Number(count.value) };
    sit(drawn, exams.begin({ ...wish, minutes: minutes.value ? Number(minutes.value) : null }));
  };
  replace(
    place,
    store.notice ? element("p", { class: "notice", role: "status" }, store.notice) : null,
    element("p", {}, "No feedback until the end, then a result by topic. Nothing of an exam touches your schedule."),
    element(
      "form",
      { class: "start", on: { change: () => refresh().catch(failed), submit: (event) => (event.preventDefault(), begin().catch(failed)) } },
      element("div", { class: "fields" }, levelField, topicField, countField, minutesField),
      element("p", { class: "row" }, button, said),
    ),
  );
  refresh().catch(failed);
}

function sit(page, first) {
  const { store, items, questions } = page;
  const known = new Map(items.map((item) => [item.id, item]));
  let state = first;
  let face = null;
  let announced = Infinity;
  const count = element("p", { class: "count" });
  const time = element("span", { class: "time", role: "timer" });
  const said = element("p", { class: "unseen", role: "status" });
  const trouble = element("p", { class: "complaint", role: "alert" });
  const sheet = element("div", {});
  const nav = element("nav", { class: "entries", "aria-label": "Questions of the exam" });
  const dialog = element("dialog", { class: "shortcuts hand-in", "aria-labelledby": "hand-in-title" });
  const help = shortcutsDialog(KEYS);
  const timer = setInterval(tick, 1000);
  const stop = listenTo(keys());

  const keep = () => store.saveSession(NAME, state).catch((error) => (trouble.textContent = error.message));
  const open = () => state.entries.flatMap((entry, at) => (exams.isAnswered(entry, known.get(entry.id)) ? [] : [at]));

  function tick() {
    const left = exams.timeLeft(state, now());
    if (left === null) return;
    const seconds = Math.ceil(left / 1000);
    time.textContent = clock(seconds);
    time.classList.toggle("short", seconds <= WARNINGS.at(-1));
    const warning = WARNINGS.find((least) => seconds <= least && least < announced && seconds > least - 30);
    if (warning) {
      announced = warning;
      said.textContent = `${warning / 60} ${warning === 60 ? "minute" : "minutes"} left.`;
    }
    if (!left) close(exams.ticked(state, now()));
  }

  function close(over) {
    clearInterval(timer);
    stop();
    state = over;
    keep().then(() => showResult(page, state));
  }

  function go(index) {
    if (!state.entries[index]) return false;
    state = exams.goTo(state, index, now());
    if (state.phase === "over") {
      close(state);
      return true;
    }
    keep();
    draw(); // at once: what is typed from now on belongs to the new question
    return true;
  }

  function forward() {
    return state.current + 1 < state.entries.length ? go(state.current + 1) : handIn();
  }

  function handIn() {
    const missing = open();
    const words = missing.length ? `No full answer yet: ${missing.length === 1 ? "question" : "questions"} ${missing.map((at) => at + 1).join(", ")}.` : "Every question has an answer.";
    const marked = state.entries.flatMap((entry, at) => (entry.marked ? [at + 1] : []));
    const button = (kind, label, act) => element("button", { class: kind, value: label, on: { click: act } }, label);
    replace(
      dialog,
      element("h2", { id: "hand-in-title" }, "Hand in?"),
      element("p", {}, words),
      marked.length ? element("p", {}, `Marked to look at again: ${marked.join(", ")}.`) : null,
      element(
        "form",
        { method: "dialog", class: "row" },
        button("main", "Hand in", () => close(exams.handedIn(state, now()))),
        button("quiet", "Go on", () => {}),
      ),
    );
    dialog.showModal();
    return true;
  }

  function mark() {
    state = exams.marked(state);
    sheet.querySelector(".mark-it").checked = state.entries[state.current].marked;
    keep();
    drawNav();
    return true;
  }

  function keys() {
    const numbers = Array.from({ length: 9 }, (_, at) => [String(at + 1), () => (face?.choose?.(at), true)]);
    return { ...Object.fromEntries(numbers), Enter: forward, b: () => go(state.current - 1), m: mark, "?": () => (help.showModal(), true) };
  }

  function drawNav() {
    const without = new Set(open());
    const button = ({ marked }, at) =>
      element(
        "button",
        {
          type: "button",
          class: ["entry", without.has(at) ? "" : "answered", marked ? "marked" : ""].join(" "),
          "aria-current": at === state.current ? "step" : false,
          "aria-label": `Question ${at + 1}${without.has(at) ? "" : ", answered"}${marked ? ", to look at again" : ""}`,
          on: { click: () => go(at) },
        },
        String(at + 1),
      );
    const words = `${state.entries.length - without.size} of ${state.entries.length} answered`;
    replace(nav, element("p", { class: "note" }, words), element("div", { class: "row" }, ...state.entries.map(button)));
  }

  function draw() {
    const entry = state.entries[state.current];
    const item = known.get(entry.id);
    const last = state.current + 1 === state.entries.length;
    face = faceOf({
      item,
      question: questions.get(item.question),
      shown: shownIn(item, entry.order),
      draft: entry.draft,
      changed: () => {
        state = exams.drafted(state, face.answer(), now());
        keep();
        drawNav();
      },
      submit: forward,
    });
    const box = element("input", { type: "checkbox", class: "mark-it", ...(entry.marked ? { checked: true } : {}), on: { change: mark } });
    const step = (kind, words, act, able = true) => element("button", { type: "button", class: kind, disabled: !able, on: { click: act } }, words);
    count.replaceChildren(`Question ${state.current + 1} of ${state.entries.length}`, time);
    replace(
      sheet,
      element(
        "section",
        { class: `card ${item.kind}`, "aria-label": `Question ${state.current + 1} of ${state.entries.length}` },
        element("p", { class: "facts" }, KIND_NAMES[item.kind]),
        element("form", { on: { submit: (event) => (event.preventDefault(), forward()) } }, face.node),
        element(
          "p",
          { class: "row steps-row" },
          step("quiet", "Back", () => go(state.current - 1), state.current > 0),
          step("main", last ? "Hand in" : "Next", forward),
          element("label", { class: "kind" }, box, " look at it again"),
        ),
      ),
    );
    drawNav();
    face.focus();
  }

  const tools = element(
    "p",
    { class: "tools" },
    element("button", { type: "button", class: "quiet", on: { click: handIn } }, "End the exam"),
    element("button", { type: "button", class: "quiet", "aria-label": "Keys", on: { click: () => help.showModal() } }, "?"),
  );
  replace(place, element("div", { class: "bar" }, count, tools), said, trouble, sheet, nav, dialog, help);
  keep();
  tick();
  if (state.phase === "sitting") draw();
}

function showResult(page, state) {
  const { store, bank, items, questions } = page;
  const found = exams.result(state, { items, questions, terms: bank.terms, topics: bank.topics });
  const again = () => store.clearSession(NAME).then(() => showForm(page)).catch(failed);
  const shown = examResult({ found, end: state.end, questions, root, again });
  replace(place, shown);
  shown.querySelector(".title").focus();
}
