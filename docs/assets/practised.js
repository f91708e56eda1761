// What a reader has practised on this device, for the pages that show it beside questions. No DOM.
//
// practised() -> null for who has practised nothing, else
//   {questions: Map(number -> "due" | "done"), due, met, streak}; due and met count items, streak counts days

const DATA = new URL("../data/bank.json", import.meta.url);

let found = null;

export function practised() {
  found ??= read().catch(() => null); // no store or no data: as for a new reader
  return found;
}

async function read() {
  if (!(await hasHistory())) return null;
  const [{ openStore }, { dayOf, days, streak }, answer] = await Promise.all([
    import("./app/store.js"),
    import("./app/statistics.js"),
    fetch(DATA),
  ]);
  const { slug } = await answer.json();
  const store = await openStore();
  const { pasts } = await store.load(slug);
  store.close();
  const now = Date.now() * 1000; // the store counts microseconds
  return summary(pasts, now, streak(days(pasts), dayOf(now)).now);
}

/** Looks without making a database for those who only read. */
async function hasHistory() {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some(({ name }) => name === "ecsquiz");
}

export function summary(pasts, now, streak) {
  const questions = new Map();
  let [due, met] = [0, 0];
  for (const [key, { schedule, suspended, reviews }] of pasts) {
    if (!reviews.length) continue;
    met += 1;
    const isDue = Boolean(schedule) && suspended === null && schedule.due <= now;
    due += isDue ? 1 : 0;
    const number = Number(key.split("/", 1)[0]);
    if (isDue || !questions.has(number)) questions.set(number, isDue ? "due" : "done");
  }
  return met ? { questions, due, met, streak } : null;
}
