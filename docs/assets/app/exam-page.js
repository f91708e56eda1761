// The exam simulation: form, questions without feedback, result. What an exam is stands in exam.js.

import { feedback, titleOf } from "./asking.js";
import { openBank } from "./bank.js";
import { element, replace } from "./dom.js";
import { clock, spoken } from "./durations.js";
import * as exams from "./exam.js";
import { now } from "./fsrs.js";
import { shownIn } from "./grading/index.js";
import { faceOf, KIND_NAMES } from "./kinds/index.js";
import { openStore } from "./store.js";

const NAME = "exam";
const COUNTS = [10, 20, 40, 60];
const MINUTES = [[10, "10 minutes"], [20, "20 minutes"], [30, "30 minutes"], [60, "60 minutes"], [90, "90 minutes"], ["", "no limit"]];
const place = document.getElementById("exam");
const root = place.dataset.root;

start().catch(failed);

function failed(error) {
  replace(place, element("p", { class: "complaint", role: "alert" }, error.message));
}

async function start() {
  const [store, bank] = await Promise.all([openStore(), openBank(`${root}data/`)]);
  const page = { store, bank, ...(await bank.load()) };
  const state = exams.fromJSON(await store.loadSession(NAME), { items: page.items, now: now() });
  if (state?.slug === bank.slug && state.phase === "sitting") sit(page, state);
  else if (state?.slug === bank.slug) showResult(page, state);
  else showForm(page);
}

function showForm(page) {
  const { bank, items } = page;
  const menu = (name, label, options, usual = "") => {
    const select = element("select", { id: `exam-${name}` }, ...options.map(([value, words]) => element("option", { value }, words)));
    select.value = String(usual);
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
  const refresh = () => {
    const there = exams.offered(items, filters()).length;
    button.disabled = !there;
    const fewer = there < Number(count.value) ? `; the exam will have ${there}` : "";
    said.textContent = there ? `${there} items to draw from${fewer}` : "There is nothing here to ask. Choose another level or topic.";
  };
  const begin = (event) => {
    event.preventDefault();
    const wish = { slug: bank.slug, items, now: now(), filters: filters(), count: Number(count.value) };
    sit(page, exams.begin({ ...wish, minutes: minutes.value ? Number(minutes.value) : null }));
  };
  replace(
    place,
    element("p", {}, "No feedback until the end, then a result by topic. Nothing of an exam touches your schedule."),
    element(
      "form",
      { class: "start", on: { change: refresh, submit: begin } },
      element("div", { class: "fields" }, levelField, topicField, countField, minutesField),
      element("p", { class: "row" }, button, said),
    ),
  );
  refresh();
}

function sit(page, first) {
  const { store, items, questions } = page;
  let state = first;
  const time = element("span", { class: "time" });
  const trouble = element("p", { class: "complaint", role: "alert" });
  const nav = element("nav", { class: "entries", "aria-label": "Questions of the exam" });
  const sheet = element("div", {});
  const timer = setInterval(tick, 1000);

  const keep = () => store.saveSession(NAME, state).catch((error) => (trouble.textContent = error.message));

  function tick() {
    const left = exams.timeLeft(state, now());
    time.textContent = left === null ? "" : clock(left / 1000);
    if (left === 0) close(exams.ticked(state, now()));
  }

  function close(over) {
    clearInterval(timer);
    state = over;
    keep().then(() => showResult(page, state));
  }

  function go(index) {
    state = exams.goTo(state, index, now());
    keep();
    if (state.phase === "over") close(state);
    else draw();
  }

  function handIn() {
    const open = state.entries.length - exams.answeredCount(state, items);
    const words = open ? `${open} ${open === 1 ? "question has" : "questions have"} no answer yet. Hand in all the same?` : "Hand in?";
    if (confirm(words)) close(exams.handedIn(state, now()));
  }

  function drawNav() {
    replace(
      nav,
      ...state.entries.map(({ draft, marked }, at) =>
        element(
          "button",
          {
            type: "button",
            class: ["entry", draft === null ? "" : "answered", marked ? "marked" : ""].join(" "),
            "aria-current": at === state.current ? "step" : false,
            "aria-label": `Question ${at + 1}${draft === null ? "" : ", answered"}${marked ? ", to look at again" : ""}`,
            on: { click: () => go(at) },
          },
          String(at + 1),
        ),
      ),
    );
  }

  function draw() {
    const entry = state.entries[state.current];
    const item = items.find(({ id }) => id === entry.id);
    const shown = shownIn(item, entry.order);
    const forward = () => (state.current + 1 < state.entries.length ? go(state.current + 1) : undefined);
    const face = faceOf({
      item,
      question: questions.get(item.question),
      shown,
      draft: entry.draft,
      changed: () => {
        state = exams.drafted(state, face.answer(), now());
        keep();
        drawNav();
      },
      submit: forward,
    });
    const mark = element("input", { type: "checkbox", ...(entry.marked ? { checked: true } : {}), on: { change: () => ((state = exams.marked(state)), keep(), drawNav()) } });
    const step = (words, index, main) =>
      element("button", { type: "button", class: main ? "main" : "quiet", disabled: !state.entries[index], on: { click: () => go(index) } }, words);
    replace(
      sheet,
      element(
        "section",
        { class: `card ${item.kind}`, "aria-label": `Question ${state.current + 1} of ${state.entries.length}` },
        element("p", { class: "facts" }, `Question ${state.current + 1} of ${state.entries.length}, ${KIND_NAMES[item.kind]}`),
        element("form", { on: { submit: (event) => (event.preventDefault(), forward()) } }, face.node),
        element("p", { class: "row" }, step("Back", state.current - 1), 
          state.entries[state.current + 1] ? step("Next", state.current + 1, true) : element("button", { type: "button", class: "main", on: { click: handIn } }, "Hand in"),
           element("label", { class: "kind" }, mark, " look at it again")),
      ),
    );
    drawNav();
    face.focus();
  }

  replace(
    place,
    element("div", { class: "bar" }, element("p", { class: "count" }, "Exam", time), element("p", { class: "tools" }, element("button", { type: "button", class: "quiet", on: { click: handIn } }, "End the exam"))),
    nav,
    trouble,
    sheet,
  );
  keep();
  tick();
  draw();
}

function showResult(page, state) {
  const { store, bank, items, questions } = page;
  const found = exams.result(state, { items, questions, terms: bank.terms, topics: bank.topics });
  const percent = (share) => `${Math.round(share * 100)}%`;
  const again = () => store.clearSession(NAME).then(() => showForm(page)).catch(failed);
  const heading = element("h2", { class: "title", tabindex: "-1" }, `${percent(found.score)} of the points`);
  replace(
    place,
    element(
      "section",
      { class: "summary" },
      heading,
      element("p", {}, `${found.right} of ${found.total} fully right, ${found.answered} answered, in ${spoken(found.seconds * 1000)}.`, state.end === "time" ? " The time was over." : ""),
      element("h3", {}, "By topic"),
      element(
        "table",
        { class: "by-topic" },
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Topic"), element("th", { scope: "col" }, "Questions"), element("th", { scope: "col" }, "Points"))),
        element(
          "tbody",
          {},
          ...found.topics.map(({ topic, title, score, items: count }) =>
            element("tr", {}, element("td", {}, element("a", { href: `${root}try/practice/?topic=${encodeURIComponent(topic)}` }, title)), element("td", {}, String(count)), element("td", {}, percent(score))),
          ),
        ),
      ),
      element("h3", {}, "Question by question"),
      ...found.entries.map((entry, at) => verdictOf(entry, at, questions)),
      element("p", { class: "row" }, element("button", { type: "button", class: "main", on: { click: again } }, "Another exam")),
    ),
  );
  heading.focus();
}

function verdictOf({ item, order, draft, outcome, answered }, at, questions) {
  const question = questions.get(item.question);
  const shown = shownIn(item, order);
  const details = element("details", { class: "entry-result" }, element("summary", {}, `${at + 1}. ${answered ? titleOf(outcome) : "No answer"}`));
  details.addEventListener(
    "toggle",
    () => {
      const face = faceOf({ item, question, shown, draft: answered ? draft : null, changed: () => {}, submit: () => {} });
      for (const name of ["id", "aria-labelledby", "aria-describedby"]) {
        for (const one of face.node.querySelectorAll(`[${name}]`)) one.setAttribute(name, `${one.getAttribute(name)}-${at}`);
      }
      face.judged(outcome, () => {});
      const [, ...rest] = feedback({ item, question, shown, outcome, root });
      details.append(face.node, ...rest.filter(Boolean));
    },
    { once: true },
  );
  return details;
}
