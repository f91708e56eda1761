// On pages that list questions: marks what has been practised, and on the list of all a filter, which is kept in the
// address. On the home page: how a returning reader stands. New readers see none of this but the filter.

import { practised } from "./practised.js";

const WORDS = { due: "due", done: "practised" };

const rows = [...document.querySelectorAll(".questions li")].flatMap((row) => {
  const number = row.querySelector(".number[data-question]");
  return number ? [describe(row, number)] : [];
});
const form = document.querySelector("form.filter");
const greeting = document.querySelector(".returning");

if (form) filterBy(form);
if (rows.length || greeting) {
  practised().then((known) => {
    if (!known) return;
    for (const row of rows) mark(row, known.questions.get(row.number));
    if (greeting) greet(greeting, known);
    if (form) {
      form.elements.progress.closest("label").hidden = false;
      restore(form);
      filter(form);
    }
  });
}

function describe(row, number) {
  const { question, level = "", topics = "", words = "" } = number.dataset;
  const text = `${question} ${row.textContent} ${words}`.toLowerCase();
  return { row, number: Number(question), level, topics: topics.split(" "), text, progress: "new" };
}

function mark(row, progress) {
  if (!progress) return;
  row.progress = progress;
  const note = document.createElement("span");
  note.className = `mark ${progress}`;
  note.textContent = WORDS[progress];
  row.row.append(" ", note);
}

function filterBy(form) {
  form.elements.progress.closest("label").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    filter(form);
    keep(form);
  });
  addEventListener("popstate", () => {
    restore(form);
    filter(form);
  });
  restore(form);
  filter(form);
}

function filter(form) {
  const { words, level, topic, progress } = valuesOf(form);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const fits =
      (!level || row.level === level) &&
      (!topic || row.topics.includes(topic)) &&
      (!progress || row.progress === progress || (progress === "done" && row.progress === "due")) &&
      wanted.every((word) => row.text.includes(word));
    row.row.hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const group of document.querySelectorAll(".questions")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
  const all = count === rows.length;
  form.elements.count.value = all ? "" : count ? `${count} of ${rows.length}` : "Nothing fits. Take a filter away.";
}

/** The values of all fields; the topics of a bank without topics have none. */
function valuesOf(form) {
  const value = (name) => form.elements[name]?.value ?? "";
  return { words: value("words"), level: value("level"), topic: value("topic"), progress: value("progress") };
}

function keep(form) {
  const chosen = Object.entries(valuesOf(form)).filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
}

function restore(form) {
  const query = new URLSearchParams(location.search);
  for (const name of ["words", "level", "topic", "progress"]) {
    const field = form.elements[name];
    if (!field) continue;
    field.value = query.get(name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
}

function greet(place, { due, met, streak }) {
  const parts = [
    due ? `${due} ${due === 1 ? "item is" : "items are"} due` : "nothing is due",
    `${met} met so far`,
    ...(streak > 1 ? [`${streak} days in a row`] : []),
  ];
  const text = document.createElement("p");
  text.textContent = `Welcome back: ${parts.join(", ")}.`;
  place.append(text);
  const practice = document.querySelector('.door a[href*="try/practice"]');
  if (practice) {
    const link = document.createElement("a");
    link.href = practice.href;
    link.className = "md-button md-button--primary";
    link.textContent = due ? "Practise what is due" : "Practise something new";
    place.append(link);
  }
  place.hidden = false;
}
