// Charts as SVG, each with its numbers as a table for those who do not see it, or want to read them.
//
// barChart({caption, rows: [{label, short, value}], unit}) -> figure
// calendar({caption, days: [{day, reviews}], today, weeks?}) -> figure: a square a day, a column a week
// shareRows({caption, rows: [{html, share | null, words}]}) -> figure: a bar a row, from 0 to 1

import { element } from "./dom.js";
import { daysAfter } from "./statistics.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const LEVELS = [1, 5, 15, 30]; // reviews a day from which a square is darker

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

function figure(caption, drawing, head, rows) {
  const cells = (tag, values) => values.map((value) => element(tag, tag === "th" ? { scope: "col" } : {}, value));
  return element(
    "figure",
    { class: "chart" },
    element("figcaption", {}, caption),
    drawing,
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

export function barChart({ caption, rows, unit }) {
  const [width, height, gap] = [600, 150, 4];
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const step = width / rows.length;
  const bars = rows.flatMap(({ short, value, label }, at) => {
    const tall = (value / most) * (height - 40);
    const middle = at * step + step / 2;
    const bar = svg("rect", { x: at * step + gap / 2, y: height - 20 - tall, width: step - gap, height: tall, class: "bar-value" });
    bar.append(svg("title", {}, `${label}: ${value} ${unit}`));
    const text = (y, words) => svg("text", { x: middle, y, "text-anchor": "middle" }, words);
    return [bar, text(height - 5, short), ...(value ? [text(height - 25 - tall, String(value))] : [])];
  });
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": caption }, ...bars);
  return figure(caption, drawing, ["Day", unit], rows.map(({ label, value }) => [label, String(value)]));
}

export function calendar({ caption, days, today, weeks = 26 }) {
  const [side, gap] = [12, 3];
  const counts = new Map(days.map(({ day, reviews }) => [day, reviews]));
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7; // Monday is 0
  const first = daysAfter(today, -weekday - 7 * (weeks - 1));
  const squares = [];
  for (let at = 0; at <= 7 * (weeks - 1) + weekday; at++) {
    const day = daysAfter(first, at);
    const reviews = counts.get(day) ?? 0;
    const level = LEVELS.filter((least) => reviews >= least).length;
    const x = Math.floor(at / 7) * (side + gap);
    const square = svg("rect", { x, y: (at % 7) * (side + gap), width: side, height: side, rx: 2, class: `day level-${level}` });
    square.append(svg("title", {}, `${day}: ${reviews}`));
    squares.push(square);
  }
  const [width, height] = [weeks * (side + gap), 7 * (side + gap)];
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": caption }, ...squares);
  const practised = days.filter(({ day }) => day >= first).reverse();
  return figure(caption, drawing, ["Day", "Reviews"], practised.map(({ day, reviews }) => [day, String(reviews)]));
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
