// What a learner's history says, as numbers; the model is quiz/practice/statistics.py. Days are those of the
// browser's time zone, as "2026-11-23". No DOM.
//
// statisticsOf({pasts, items, questions, topics, terms, tuning, now}) -> {reviews, items, seconds, forecast, days,
//   retention, streak, topics, weakestQuestions, weakestPoints}
// forecast(pasts, now, count?) -> [{day, due}], from today on; today holds what is overdue as well
// days(pasts) -> [{day, reviews, seconds}], only those with practice, in order
// retention(pasts, tuning, now) -> {target, recent | null, recentReviews, allTime | null, reviews}: of reviews
//   that came a day or more after the one before, the share that was recalled; recent is 30 days
// streak(days, today) -> {now, longest} days in a row; yesterday's lives until today ends
// strengths({pasts, items, questions, topics, tuning, now}) -> [{topic, title, items, met, recall | null}], the
//   weakest first, those never met last
// weakestQuestions(pasts, count?) -> [{question, wrong, asked}]: answers rated again, of all
// weakestPoints({pasts, questions, terms, count?}) -> [{question, text, html, missed, asked}]: key points that were
//   not ticked; where the ticks are not known, as in a terminal's history, those of which no term is named
// dayOf(at) -> day; daysAfter(day, count) -> day

import { AGAIN, DAY, predicted, replay, retrievability } from "./fsrs.js";
import { stem } from "./grading/stemmer.js";

export const FORECAST_DAYS = 14;
const RECENT = 30 * DAY;
const WEAKEST = 10;
const READ_AGAIN = 300;

export function statisticsOf(known) {
  const { pasts, tuning, now } = known;
  const practised = days(pasts);
  const reviewed = [...pasts.values()].filter(({ reviews }) => reviews.length);
  return {
    reviews: sum(reviewed.map(({ reviews }) => reviews.length)),
    items: reviewed.length,
    seconds: sum(practised.map(({ seconds }) => seconds)),
    forecast: forecast(pasts, now),
    days: practised,
    retention: retention(pasts, tuning, now),
    streak: streak(practised, dayOf(now)),
    topics: strengths(known),
    weakestQuestions: weakestQuestions(pasts),
    weakestPoints: weakestPoints(known),
  };
}

export function dayOf(at) {
  const date = new Date(at / 1000);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index ? 2 : 4, "0")).join("-");
}

export function daysAfter(day, count) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

export function forecast(pasts, now, count = FORECAST_DAYS) {
  const today = dayOf(now);
  const due = new Map();
  for (const { schedule, suspended } of pasts.values()) {
    if (!schedule || suspended !== null) continue;
    const day = dayOf(schedule.due);
    add(due, day < today ? today : day);
  }
  const coming = Array.from({ length: count }, (_, index) => daysAfter(today, index));
  return coming.map((day) => ({ day, due: due.get(day) ?? 0 }));
}

export function days(pasts) {
  const found = new Map();
  for (const { reviews } of pasts.values()) {
    for (const { at, seconds } of reviews) {
      const day = dayOf(at);
      const before = found.get(day) ?? { day, reviews: 0, seconds: 0 };
      found.set(day, { day, reviews: before.reviews + 1, seconds: before.seconds + seconds });
    }
  }
  return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

export function retention(pasts, tuning, now) {
  const found = predictions(pasts, tuning);
  const recent = found.filter(({ at }) => at > now - RECENT);
  const share = (some) => mean(some.map(({ recalled }) => (recalled ? 1 : 0)));
  return {
    target: tuning.retention,
    recent: share(recent),
    recentReviews: recent.length,
    allTime: share(found),
    reviews: found.length,
  };
}

/** What FSRS would have predicted for each review that came a day or more after the one before. */
function predictions(pasts, tuning) {
  return [...pasts.values()].flatMap(({ reviews }) => {
    const states = replay(reviews.slice(0, -1), tuning);
    return reviews.slice(1).flatMap(({ at, rating }, index) => {
      if (at - states[index].last_review < DAY) return [];
      return [{ at, likely: predicted(states[index], at, tuning), recalled: rating > AGAIN }];
    });
  });
}

export function streak(practised, today) {
  let [run, longest, last] = [0, 0, ""];
  for (const { day } of practised) {
    run = last && daysAfter(last, 1) === day ? run + 1 : 1;
    longest = Math.max(longest, run);
    last = day;
  }
  const alive = last && daysAfter(last, 1) >= today;
  return { now: alive ? run : 0, longest };
}

export function strengths({ pasts, items, questions, topics, tuning, now }) {
  const totals = new Map();
  for (const item of items) for (const topic of item.topics) add(totals, topic);
  const recalls = new Map(topics.map(({ slug }) => [slug, []]));
  for (const { question, schedule } of pasts.values()) {
    if (!schedule) continue;
    const likely = retrievability(schedule, now, tuning);
    for (const topic of questions.get(question)?.topics ?? []) recalls.get(topic)?.push(likely);
  }
  const found = topics.map(({ slug: topic, title }) => {
    const met = recalls.get(topic);
    return { topic, title, items: totals.get(topic) ?? 0, met: met.length, recall: mean(met) };
  });
  const order = (one) => one.recall ?? 2;
  return found.filter((one) => one.items).sort((a, b) => order(a) - order(b) || (a.title < b.title ? -1 : 1));
}

export function weakestQuestions(pasts, count = WEAKEST) {
  const found = new Map();
  for (const { question, reviews } of pasts.values()) {
    const before = found.get(question) ?? { question, wrong: 0, asked: 0 };
    const wrong = reviews.filter(({ rating }) => rating === AGAIN).length;
    found.set(question, { question, wrong: before.wrong + wrong, asked: before.asked + reviews.length });
  }
  const weak = [...found.values()].filter(({ wrong }) => wrong);
  const share = ({ wrong, asked }) => wrong / asked;
  return weak.sort((a, b) => b.wrong - a.wrong || share(b) - share(a) || a.question - b.question).slice(0, count);
}

export function weakestPoints({ pasts, questions, terms, count = WEAKEST }) {
  const answers = [...pasts.values()].flatMap(({ kind, question, reviews }) => {
    return kind === "recall" && questions.has(question) ? reviews.map((review) => ({ question, ...review })) : [];
  });
  const found = new Map();
  for (const review of answers.sort((a, b) => b.at - a.at).slice(0, READ_AGAIN)) {
    const says = review.missed ? ({ text }) => !review.missed.includes(text) : namesIn(review.answer, terms);
    for (const point of questions.get(review.question).points) {
      const place = `${review.question}\n${point.text}`;
      const { text, html } = point;
      const before = found.get(place) ?? { question: review.question, text, html, missed: 0, asked: 0 };
      found.set(place, { ...before, missed: before.missed + (says(point) ? 0 : 1), asked: before.asked + 1 });
    }
  }
  const weak = [...found.values()].filter(({ missed }) => missed);
  const share = ({ missed, asked }) => missed / asked;
  const place = (a, b) => a.question - b.question || (a.text < b.text ? -1 : 1);
  return weak.sort((a, b) => b.missed - a.missed || share(b) - share(a) || place(a, b)).slice(0, count);
}

/** Whether an answer names a term of a key point, in any of the term's forms; a rough measure. */
function namesIn(answer, terms) {
  const said = ` ${stems(answer)} `;
  const named = (form) => said.includes(` ${stems(form)} `);
  return (point) => !point.terms.length || point.terms.some((name) => (terms.term(name)?.forms ?? [name]).some(named));
}

const stems = (text) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(stem).join(" ");
const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => (values.length ? sum(values) / values.length : null);
