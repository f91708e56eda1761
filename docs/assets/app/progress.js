// The progress page: what the learner's history says, drawn.

import { openBank } from "./bank.js";
import { barChart, calendar, shareRows } from "./charts.js";
import { element, replace } from "./dom.js";
import { spoken } from "./durations.js";
import { escapeHtml, lineHtml } from "./fragments.js";
import { now } from "./fsrs.js";
import { dayOf, statisticsOf } from "./statistics.js";
import { openStore } from "./store.js";
import { transferBox } from "./transfer.js";

const place = document.getElementById("progress");
const root = place.dataset.root;
const percent = (share) => `${Math.round(share * 100)}%`;
const many = (count, one, more) => `${count} ${count === 1 ? one : more}`;

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

start().catch(failed);

function failed(error) {
  replace(place, element("p", { class: "complaint", role: "alert" }, error.message));
}

async function start() {
  const [store, bank] = await Promise.all([openStore(), openBank(`${root}data/`)]);
  const { questions, items } = await bank.load();
  const draw = async () => {
    const { pasts, tuning } = await store.load(bank.slug);
    const known = { pasts, items, questions, topics: bank.topics, terms: bank.terms, tuning, now: now() };
    const notice = store.notice ? element("p", { class: "notice", role: "status" }, store.notice) : null;
    const restore = (key) => store.restore(bank.slug, key).then(draw).catch(failed);
    replace(place, notice, ...page(statisticsOf(known), questions), asideList(pasts, items, restore), transfer);
  };
  const transfer = transferBox(store, () => draw().catch(failed));
  await draw();
  store.watch(() => draw().catch(failed));
}

function page(found, questions) {
  const practise = (words) => element("p", { class: "row" }, element("a", { href: `${root}try/practice/`, class: "main" }, words));
  if (!found.reviews) {
    return [
      element("p", {}, "Nothing yet: after your first answers you see here what comes back when, how much you keep, and where you are strong."),
      practise("Practise"),
    ];
  }
  const [today, ...later] = found.forecast;
  const coming = later.reduce((sum, { due }) => sum + due, 0);
  return [
    facts(found),
    practise(today.due ? `Practise the ${today.due} of today` : "Practise something new"),
    barChart({
      caption: "What comes back in the next two weeks",
      words: `${today.due} today, ${coming} in the ${later.length} days after.`,
      unit: "due",
      rows: found.forecast.map(({ day, due }, at) => ({ label: day, marks: at ? [weekdayOf(day), String(Number(day.slice(8)))] : ["now", ""], value: due })),
    }),
    calendar({ caption: "Reviews a day, in half a year", days: found.days, today: dayOf(now()) }),
    shareRows({ caption: "Strength by topic: how much you would recall now", rows: found.topics.map(topicRow) }),
    ...weakest(found, questions),
  ];
}

const weekdayOf = (day) => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];

function facts({ reviews, items, seconds, retention, streak }) {
  const recalled = retention.recent === null ? "not known yet" : `${percent(retention.recent)}; the aim is ${percent(retention.target)}`;
  const row = (name, words) => element("div", {}, element("dt", {}, name), element("dd", {}, words));
  return element(
    "dl",
    { class: "facts-list" },
    row("Reviews", `${many(reviews, "review", "reviews")} of ${many(items, "item", "items")}`),
    row("Time", spoken(seconds * 1000)),
    row("Recalled, last 30 days", recalled),
    row("Days in a row", `${streak.now}, at best ${streak.longest}`),
  );
}

function topicRow({ topic, title, items, met, recall }) {
  const words = recall === null ? `not met yet, ${many(items, "item", "items")}` : `${percent(recall)}, ${met} of ${items} met`;
  return { html: `<a href="${root}try/practice/?topic=${encodeURIComponent(topic)}">${escapeHtml(title)}</a>`, share: recall, words };
}

function weakest({ weakestQuestions, weakestPoints }, questions) {
  const link = (number) => element("a", { href: root + questions.get(number).page, html: questions.get(number).html.prompt });
  const known = weakestQuestions.filter(({ question }) => questions.has(question));
  const list = (heading, rows) => (rows.length ? [element("h2", {}, heading), element("ul", {}, ...rows)] : []);
  const pointRow = ({ text, html, missed, asked }) =>
    element("li", {}, element("span", { html: html ?? lineHtml(text) }), element("span", { class: "note" }, ` ${missed} of ${asked} times`));
  const byQuestion = new Map();
  for (const point of weakestPoints) byQuestion.set(point.question, [...(byQuestion.get(point.question) ?? []), point]);
  return [
    ...list(
      "Questions that were hardest",
      known.map(({ question, wrong, asked }) =>
        element("li", {}, link(question), element("span", { class: "note" }, ` Again ${wrong} of ${asked} times`)),
      ),
    ),
    ...list(
      "Key points that were left out",
      [...byQuestion].map(([question, points]) => element("li", {}, link(question), element("ul", { class: "left-out" }, ...points.map(pointRow)))),
    ),
  ];
}

/** What is not asked any more, each with a way back. */
function asideList(pasts, items, restore) {
  const aside = items.filter(({ id }) => (pasts.get(id)?.suspended ?? null) !== null);
  if (!aside.length) return null;
  const row = (item) =>
    element(
      "li",
      {},
      element("div", { class: "aside-stem", html: item.html.stem }),
      element("button", { type: "button", class: "quiet", "aria-label": `Ask again: ${item.stem.slice(0, 100)}`, on: { click: () => restore(item.id) } }, "Ask again"),
    );
  return element("section", {}, element("h2", {}, "Set aside"), element("ul", { class: "aside-list" }, ...aside.map(row)));
}
