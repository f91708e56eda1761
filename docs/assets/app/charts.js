// Charts as SVG, each with its numbers as a table for those who do not see it, or want to read them. `words` sum a
// chart up: they stand below it, and name it for screen readers.
//
// barChart({caption, words, rows: [{label, marks: [text, text], value}], unit}) -> figure; the marks stand below a bar
// calendar({caption, days: [{day, reviews}], today, weeks?}) -> figure: a square a day, a column a week
// shareRows({caption, rows: [{html, share | null, words}]}) -> figure: a bar a row, from 0 to 1

import { element } from "./dom.js";
import { daysAfter } from "./statistics.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const LEVELS = [1, 5, 15, 30]; // reviews a day from which a square is darker
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

function figure({ caption, words, drawing, below = null, head, rows }) {
  const cells = (tag, values) => values.map((value) => element(tag, tag === "th" ? { scope: "col" } : {}, value));
  return element(
    "figure",
    { class: "chart" },
    element("figcaption", {}, caption),
    drawing,
    below,
    element("p", { class: "note" }, words),
    element(
      "details",
      {},
      element("summary", {}, "As a table"),
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...cells("th", head))),
        element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row)))),
      ),
    ),
  );
}

/** Without a view box: bars grow with the page, while letters keep their size. */
export function barChart({ caption, words, rows, unit }) {
  const [height, top, bottom] = [176, 20, 36];
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const step = 100 / rows.length;
  const bars = rows.flatMap(({ marks, value, label }, at) => {
    const tall = value ? Math.max(2, (value / most) * (height - top - bottom)) : 0;
    const foot = height - bottom;
    const bar = svg("rect", { x: `${(at + 0.1) * step}%`, y: foot - tall, width: `${0.8 * step}%`, height: tall, rx: 2, class: "bar-value" });
    bar.append(svg("title", {}, `${label}: ${value} ${unit}`));
    const text = (y, letters, kind) => svg("text", { x: `${(at + 0.5) * step}%`, y, "text-anchor": "middle", class: kind }, letters);
    const [first, second] = marks;
    return [bar, text(foot + 15, first, "mark-first"), text(foot + 30, second, "mark-second"), ...(value ? [text(foot - tall - 5, String(value), "number")] : [])];
  });
  const line = svg("line", { x1: "0", x2: "100%", y1: height - bottom + 0.5, y2: height - bottom + 0.5 });
  const drawing = svg("svg", { height, role: "img", "aria-label": `${caption}: ${words}`, class: "bars" }, ...bars, line);
  return figure({ caption, words, drawing, head: ["Day", unit], rows: rows.map(({ label, value }) => [label, String(value)]) });
}

export function calendar({ caption, days, today, weeks = 26 }) {
  const [side, gap, left, top] = [12, 3, 30, 18];
  const counts = new Map(days.map(({ day, reviews }) => [day, reviews]));
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7; // Monday is 0
  const first = daysAfter(today, -weekday - 7 * (weeks - 1));
  const column = (week) => left + week * (side + gap);
  const row = (at) => top + at * (side + gap);
  const squares = Array.from({ length: 7 * (weeks - 1) + weekday + 1 }, (_, at) => {
    const day = daysAfter(first, at);
    const reviews = counts.get(day) ?? 0;
    const square = svg("rect", { x: column(Math.floor(at / 7)), y: row(at % 7), width: side, height: side, rx: 2, class: `day ${levelOf(reviews)}` });
    square.append(svg("title", {}, `${day}: ${reviews}`));
    return square;
  });
  const names = ["Mon", "Wed", "Fri"].map((name, at) => svg("text", { x: 0, y: row(2 * at) + 10 }, name));
  const months = Array.from({ length: weeks }, (_, week) => week).flatMap((week) => {
    const month = (at) => Number(daysAfter(first, 7 * at).slice(5, 7));
    return week && month(week) !== month(week - 1) ? [svg("text", { x: column(week), y: 11 }, MONTHS[month(week) - 1])] : [];
  });
  const practised = days.filter(({ day }) => day >= first).reverse();
  const reviews = practised.reduce((sum, one) => sum + one.reviews, 0);
  const words = `${reviews} ${reviews === 1 ? "review" : "reviews"} on ${practised.length} ${practised.length === 1 ? "day" : "days"}.`;
  const size = `0 0 ${column(weeks) - gap} ${row(7) - gap}`;
  const drawing = svg("svg", { viewBox: size, role: "img", "aria-label": `${caption}: ${words}`, class: "calendar" }, ...names, ...months, ...squares);
  const rows = practised.map(({ day, reviews: count }) => [day, String(count)]);
  return figure({ caption, words, drawing, below: legend(side), head: ["Day", "Reviews"], rows });
}

const levelOf = (reviews) => `level-${LEVELS.filter((least) => reviews >= least).length}`;

/** What the shades of a calendar mean. */
function legend(side) {
  const square = (least) => svg("svg", { width: side, height: side, "aria-hidden": "true" }, svg("rect", { width: side, height: side, rx: 2, class: levelOf(least) }));
  const steps = [0, ...LEVELS].flatMap((least) => [square(least), element("span", {}, least ? `${least}+` : "0")]);
  return element("p", { class: "legend" }, ...steps);
}

export function shareRows({ caption, rows }) {
  const bar = (share) =>
    svg(
      "svg",
      { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true", class: "share" },
      svg("rect", { x: 0, y: 0, width: 100, height: 6, class: "share-whole" }),
      svg("rect", { x: 0, y: 0, width: Math.round((share ?? 0) * 100), height: 6, class: "bar-value" }),
    );
  return element(
    "figure",
    { class: "chart" },
    element("figcaption", {}, caption),
    element(
      "ul",
      { class: "shares" },
      ...rows.map(({ html, share, words }) =>
        element("li", {}, element("span", { class: "name", html }), element("span", { class: "words" }, words), bar(share)),
      ),
    ),
  );
}
