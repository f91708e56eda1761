// Sessions on the practice page, and their summary. What a session is stands in session.js, what is kept in store.js;
// this puts both on the page.
//
// open(place, root, showForm) -> Promise<page>; showForm(page) is called after a session
// resumed(page) -> Promise<whether a session that was interrupted goes on>
// counted(page, filters) -> Promise<{due, fresh, next: ms or null}>; begin(page, chosen) starts a session
// failed(place, error) says what went wrong

import { card } from "./asking.js";
import { openBank } from "./bank.js";
import { element, replace } from "./dom.js";
import { clock } from "./durations.js";
import { now, waits } from "./fsrs.js";
import { countDue, matching, nextDue } from "./queue.js";
import * as sessions from "./session.js";
import { forget, remember, remembered, RUNNING, WISH } from "./remembering.js";
import { listenTo, shortcutsDialog } from "./shortcuts.js";
import { filtersOf, limitsOf } from "./start.js";
import { openStore } from "./store.js";
import { summary } from "./summary.js";

const DRAFT = "ecsquiz:practice-draft";
const NAME = "practice";
const KEYS = [
  [["1", "2", "3", "4"], "choose an answer; afterwards: Again, Hard, Good, Easy"],
  [["Enter"], "answer; afterwards: take the rating that is proposed"],
  [["Ctrl Enter"], "answer, from a field of several lines"],
  [["h"], "hint"],
  [["a"], "show the answer"],
  [["s"], "skip"],
  [["x"], "set aside: do not ask this again"],
  [["u"], "undo"],
  [["e"], "end the session"],
  [["?"], "these keys"],
];

export function failed(place, error) {
  replace(
    place,
    element("p", { class: "complaint", role: "alert" }, error.message),
    element("p", {}, element("button", { type: "button", class: "main", on: { click: () => location.reload() } }, "Load the page again")),
  );
}

export async function open(place, root, showForm) {
  const [store, bank] = await Promise.all([openStore(), openBank(`${root}data/`)]);
  return { place, root, store, bank, notice: store.notice, showForm };
}

export async function resumed(page) {
  const kept = await page.store.loadSession(NAME);
  if (kept?.slug !== page.bank.slug) return false;
  const state = await restored(page, kept);
  if (!state || state.phase === "over") return false;
  await play(page, state);
  return true;
}

/** Items of the levels that a session needs, and what the learner did with them. */
async function supply({ store, bank }, filters) {
  const { questions, items } = await bank.load(filters.levels ?? null);
  const known = await store.load(bank.slug);
  if (!known.pasts.size || known.fingerprint === bank.fingerprint) return { questions, items, ...known };
  // A bank that has changed may name its items differently: what was learnt follows them.
  await store.follow(bank.slug, bank.fingerprint, (await bank.load()).items);
  return { questions, items, ...(await store.load(bank.slug)) };
}

async function restored(page, kept) {
  const { items, pasts } = await supply(page, kept.filters);
  const state = sessions.fromJSON(kept, { items, pasts, now: now() });
  const draft = remembered(DRAFT);
  // The field is kept at once, the session a moment later: after a reload the field may know more.
  return state?.turn && draft?.asked === state.asked && draft.id === state.turn.id ? sessions.drafted(state, draft.draft) : state;
}

export async function counted(page, filters) {
  const { items, pasts } = await supply(page, filters);
  const at = now();
  const isNew = ({ id }) => !pasts.get(id)?.schedule && (pasts.get(id)?.suspended ?? null) === null;
  const fresh = matching(items, filters).filter(isNew);
  const next = nextDue({ items, pasts, filters });
  const due = countDue({ items, pasts, now: at, filters });
  return { due, fresh: fresh.length, next: next === null ? null : Math.max(0, next - at) / 1000 };
}

export async function begin(page, chosen) {
  remember(WISH, { ...chosen, question: null });
  const filters = filtersOf(chosen);
  const { items, pasts } = await supply(page, filters);
  history.replaceState(null, "", location.pathname);
  page.store.askToPersist();
  const { slug } = page.bank;
  await play(page, sessions.begin({ slug, items, pasts, now: now(), filters, ...limitsOf(chosen) }));
}

export const noticeOf = ({ notice }) => (notice ? element("p", { class: "notice", role: "status" }, notice) : null);

async function play(page, first) {
  const { store, bank, place, root } = page;
  let { questions, items, pasts, tuning } = await supply(page, first.filters);
  let state = first;
  let shown = null;
  let busy = false;
  let clockTimer = null;
  const said = element("p", { class: "unseen", role: "status" });
  const dialog = shortcutsDialog(KEYS);
  const stop = listenTo(keys());

  const keep = async () => {
    try {
      await store.saveSession(NAME, sessions.toJSON(state, now()));
      remember(RUNNING, true);
    } catch (error) {
      page.notice = error.message;
    }
  };

  const acts = {
    drafted: (draft) => {
      remember(DRAFT, { asked: state.asked, id: state.turn.id, draft });
      state = sessions.drafted(state, draft);
      keep();
    },
    answered: (outcome) => {
      state = sessions.answered(state, outcome, now());
      shown.judged(state.outcome);
      said.textContent = "";
      keep();
    },
    hinted: () => {
      state = sessions.hinted(state);
      keep();
    },
    looked: () => {},
    rate,
  };

  /** One step at a time: a second press while the first is being kept does nothing. */
  async function step(work) {
    if (busy) return;
    busy = true;
    try {
      await work();
      await keep();
      draw();
    } catch (error) {
      said.textContent = error.message;
      replace(place.querySelector(".trouble"), error.message);
    } finally {
      busy = false;
    }
  }

  function rate(rating) {
    if (state.phase !== "rating") return false;
    step(async () => {
      const at = now();
      const item = items.find(({ id }) => id === state.turn.id);
      const receipt = await store.addReview(bank.slug, item, sessions.reviewOf(state, rating, at));
      state = sessions.rated(state, rating, receipt, at, items);
      if (state.phase === "over") {
        pasts = (await store.load(bank.slug)).pasts;
        state = sessions.refilled(state, { items, pasts, now: now() });
      }
    });
    return true;
  }

  function skip() {
    if (state.phase === "over") return false;
    step(async () => (state = sessions.skipped(state, now(), items)));
    return true;
  }

  function setAside() {
    if (state.phase === "over") return false;
    step(async () => {
      const item = items.find(({ id }) => id === state.turn.id);
      await store.suspend(bank.slug, item, now());
      state = sessions.setAside(state, now(), items);
    });
    return true;
  }

  function undo() {
    if (state.phase === "rating") {
      state = sessions.takenBack(state, now());
      keep().then(draw);
      return true;
    }
    const last = sessions.lastStep(state);
    if (!last) return false;
    step(async () => {
      try {
        if (last.kind === "review") await store.undoLast(last.receipt);
        if (last.kind === "aside") await store.restore(bank.slug, last.id);
      } catch (error) {
        state = sessions.cannotUndo(state);
        throw error;
      }
      state = sessions.undone(state, now(), items);
    });
    return true;
  }

  function end() {
    if (state.phase === "over") return false;
    step(async () => (state = sessions.left(state)));
    return true;
  }

  function keys() {
    const number = (place) => () => (state.phase === "rating" ? place < 4 && rate(place + 1) : (shown?.choose(place), state.phase === "asking"));
    const numbers = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [String(at + 1), number(at)]));
    return {
      ...numbers,
      Enter: () => {
        if (state.phase === "asking") return shown.submit();
        return state.phase === "rating" && state.outcome.suggested ? rate(state.outcome.suggested) : false;
      },
      h: () => state.phase === "asking" && shown.hint(),
      a: () => state.phase === "asking" && shown.showAnswer(),
      s: skip,
      x: setAside,
      u: undo,
      e: end,
      "?": () => (dialog.showModal(), true),
    };
  }

  async function over() {
    stop();
    clearInterval(clockTimer);
    await store.clearSession(NAME);
    forget(DRAFT);
    forget(RUNNING);
    pasts = (await store.load(bank.slug)).pasts;
    const due = nextDue({ items, pasts, filters: state.filters });
    const next = due === null ? null : Math.max(0, due - now()) / 1000;
    const back = () => {
      const last = sessions.lastStep(state);
      const undoing = last.kind === "review" ? store.undoLast(last.receipt) : last.kind === "aside" ? store.restore(bank.slug, last.id) : Promise.resolve();
      undoing.then(() => play(page, sessions.undone(state, now(), items))).catch((error) => failed(place, error));
    };
    const shownSummary = summary({ state, items, questions, root, next, again: () => page.showForm(page), undo: back });
    replace(place, noticeOf(page), shownSummary);
    shownSummary.querySelector(".title").focus();
  }

  function draw() {
    if (state.phase === "over") return void over().catch((error) => failed(place, error));
    const item = items.find(({ id }) => id === state.turn.id);
    const question = questions.get(item.question);
    shown = card({
      item,
      question,
      state,
      terms: bank.terms,
      waits: () => waits(state.turn.schedule, now(), tuning),
      acts,
      root,
    });
    const bar = progressBar(state, { skip, setAside, undo, end, help: () => dialog.showModal() });
    replace(place, noticeOf(page), bar, said, element("p", { class: "complaint trouble", role: "alert" }), shown.node, dialog);
    if (state.phase === "rating") shown.judged(state.outcome);
    else shown.focus();
    if (state.until !== null) watchClock();
  }

  function watchClock() {
    clearInterval(clockTimer);
    const tick = () => {
      const left = sessions.timeLeft(state, now());
      const text = place.querySelector(".time");
      if (text) text.textContent = left ? clock(left / 1000) : "time is over; this one still counts";
      if (!left) clearInterval(clockTimer);
    };
    tick();
    clockTimer = setInterval(tick, 1000);
  }

  await keep();
  draw();
}

function progressBar(state, { skip, setAside, undo, end, help }) {
  const button = (words, act, able = true) => element("button", { type: "button", class: "quiet", disabled: !able, on: { click: act } }, words);
  const total = sessions.total(state);
  const nth = Math.min(state.tally.reviewed + 1, total);
  return element(
    "div",
    { class: "bar" },
    element("p", { class: "count" }, `${nth} of ${total}`, state.until === null ? null : element("span", { class: "time" })),
    element("progress", { max: String(total), value: String(state.tally.reviewed), "aria-label": "Answers in this session" }),
    element(
      "p",
      { class: "tools" },
      button("Undo", undo, state.phase === "rating" || state.steps.length > 0),
      button("Skip", skip),
      button("Set aside", setAside),
      button("End", end),
      element("button", { type: "button", class: "quiet", "aria-label": "Keys", on: { click: help } }, "?"),
    ),
  );
}
