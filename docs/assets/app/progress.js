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

start().catch((error) => replace(place, element("p", { class: "complaint", role: "alert" }, error.message)));

async function start() {
  const [store, bank] = await Promise.all([openStore(), openBank(`${root}data/`)]);
  const { questions, items } = await bank.load();
  const draw = async () => {
    const { pasts, tuning } = await store.load(bank.slug);
    const known = { pasts, items, questions, topics: bank.topics, terms: bank.terms, tuning, now: now() };
    const notice = store.notice ? element("p", { class: "notice", role: "status" }, store.notice) : null;
    replace(place, notice, ...page(statisticsOf(known), questions), transfer);
  };
  const transfer = transferBox(store, () => draw().catch(() => {}));
  await draw();
  store.watch(() => draw().catch(() => {}));
}

function page(found, questions) {
  if (!found.reviews) {
    return [
      element("p", {}, "Nothing yet: after your first answers you see here what comes back when, how much you keep, and where you are strong."),
      element("p", {}, element("a", { href: `${root}try/practice/` }, "Practise")),
    ];
  }
  return [
    facts(found),
    barChart({ caption: "What comes back in the next two weeks", unit: "due", rows: found.forecast.map(({ day, due }, at) => ({ label: day, short: at ? day.slice(8) : "now", value: due })) }),
    calendar({ caption: "Reviews a day, in half a year", days: found.days, today: dayOf(now()) }),
    shareRows({ caption: "Strength by topic: how much you would recall now", rows: found.topics.map(topicRow) }),
    ...weakest(found, questions),
  ];
}

function facts({ reviews, items, seconds, retention, streak }) {
  const recalled = retention.recent === null ? "not known yet" : `${percent(retention.recent)}; the aim is ${percent(retention.target)}`;
  const row = (name, words) => [element("dt", {}, name), element("dd", {}, words)];
  return element(
    "dl",
    { class: "facts-list" },
    ...row("Reviews", `${many(reviews, "review", "reviews")} of ${many(items, "item", "items")}`),
    ...row("Time", spoken(seconds * 1000)),
    ...row("Recalled, last 30 days", recalled),
    ...row("Days in a row", `${streak.now}, at best ${streak.longest}`),
  );
}

function topicRow({ topic, title, items, met, recall }) {
  const words = recall === null ? `not met yet, ${many(items, "item", "items")}` : `${percent(recall)} of ${met} met, of ${items}`;
  return { html: `<a href="${root}try/practice/?topic=${encodeURIComponent(topic)}">${escapeHtml(title)}</a>`, share: recall, words };
}

function weakest({ weakestQuestions, weakestPoints }, questions) {
  const link = (number, html) => element("a", { href: root + (questions.get(number)?.page ?? ""), html });
  const known = weakestQuestions.filter(({ question }) => questions.has(question));
  const points = weakestPoints.filter(({ question }) => questions.has(question));
  const list = (heading, rows) => (rows.length ? [element("h2", {}, heading), element("ul", {}, ...rows)] : []);
  return [
    ...list(
      "Questions that were hardest",
      known.map(({ question, wrong, asked }) =>
        element("li", {}, link(question, questions.get(question).html.prompt), ` (${wrong} of ${asked} again)`),
      ),
    ),
    ...list(
      "Key points that were left out",
      points.map(({ question, text, html, missed, asked }) =>
        element("li", {}, element("span", { html: html ?? lineHtml(text) }), ` (${missed} of ${asked}) `, link(question, `question ${question}`)),
      ),
    ),
  ];
}
