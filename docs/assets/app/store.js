// Where progress is kept in the browser: IndexedDB, each change in one transaction, so that closing the page at
// any moment loses nothing and tabs do not overwrite each other. Where the browser keeps nothing (private
// windows of some, storage switched off) it lasts as long as the page, and `notice` says so.
//
// openStore({indexedDB?, name?}) -> Promise<Store>; never fails
// Store:
//   notice: "" or words for the learner why nothing lasts beyond this page
//   load(slug) -> {pasts: Map(key -> past), tuning, fingerprint of the bank that they follow | null}
//   addReview(slug, item, review) -> receipt; the schedule follows from what is kept now, in any tab
//   undoLast(receipt) -> nothing; throws Error where the item was reviewed again since
//   suspend(slug, item, at), restore(slug, key)
//   history() -> history of everything, for export; merge(history), replaceAll(history) -> {before, after} histories
//   forget(slug, keep?) -> {before, after}; `keep(past) -> boolean` says what stays
//   tuning() -> tuning; setTuning(tuning)
//   follow(slug, fingerprint, items) -> [{old, new}]: pasts follow items that a changed bank names differently
//   saveSession(name, state), loadSession(name) -> state | null, clearSession(name); names: "practice", "exam"
//   backups() -> [{at, reason, text}], newest first: what was there before it was replaced, merged or forgotten
//   watch(callback) -> stop(); called when another tab changed something
//   askToPersist() -> whether the browser promises not to clear it; close()
// All but `watch` and `close` give promises. They fail with an Error whose message is for the learner.

import * as histories from "./history.js";
import { reattach } from "./reattach.js";
import { openTables } from "./tables.js";
import { settingsOf, tuningOf } from "./tuning.js";

const BACKUPS = 5;

export async function openStore({ indexedDB = globalThis.indexedDB, name = "ecsquiz" } = {}) {
  const [run, notice] = await openTables(indexedDB, name);
  return storeOf(run, notice, channelOf(name));
}

function storeOf(run, notice, channel) {
  const change = async (work) => {
    const result = await run(true, work);
    channel.postMessage("changed");
    return result;
  };
  const replace = (reason, make) =>
    change(async (tables) => {
      const before = await wholeHistory(tables);
      const after = make(before);
      if (before.banks.length) await keepBackup(tables, reason, before);
      await putHistory(tables, before, after);
      return { before, after };
    });
  return {
    notice,
    load: (slug) =>
      run(false, async (tables) => {
        const rows = await tables.all("pasts", slug);
        const pasts = new Map(rows.map((row) => [row.key, pastOf(row)]));
        const fingerprint = (await tables.get("facts", followedName(slug)))?.value ?? null;
        return { pasts, tuning: await tuningIn(tables), fingerprint };
      }),
    addReview: (slug, item, review) =>
      change(async (tables) => {
        const known = await tables.get("pasts", [slug, item.id]);
        const before = known ? pastOf(known) : null;
        const { past, receipt } = histories.addReview(before, item, review, await tuningIn(tables));
        tables.put("pasts", { slug, ...past });
        return { slug, ...receipt };
      }),
    undoLast: (receipt) =>
      changePast(change, receipt.slug, receipt.key, (past) => histories.undo(past, receipt)),
    suspend: (slug, item, at) => changePast(change, slug, item.id, (past) => histories.suspend(past, item, at)),
    restore: (slug, key) => changePast(change, slug, key, (past) => past && histories.restore(past)),
    history: () => run(false, wholeHistory),
    merge: (history) => replace("merge", (mine) => histories.merge(mine, history)),
    replaceAll: (history) => replace("import", ({ learner }) => ({ ...history, learner })),
    forget: (slug, keep = () => false) =>
      replace("reset", (mine) => {
        const left = (bank) => (bank.slug === slug ? bank.items.filter(keep) : bank.items);
        const banks = mine.banks.map((bank) => ({ slug: bank.slug, items: left(bank) }));
        return { ...mine, banks: banks.filter(({ items }) => items.length) };
      }),
    tuning: () => run(false, tuningIn),
    setTuning: (tuning) =>
      change(async (tables) => {
        tables.put("facts", { name: "settings", value: settingsOf(tuningOf(settingsOf(tuning))) });
      }),
    follow: (slug, fingerprint, items) => change((tables) => followed(tables, slug, fingerprint, items)),
    saveSession: (name, state) => run(true, async (tables) => tables.put("sessions", { name, state })),
    loadSession: async (name) => (await run(false, (tables) => tables.get("sessions", name)))?.state ?? null,
    clearSession: (name) => run(true, async (tables) => tables.remove("sessions", name)),
    backups: async () => (await run(false, (tables) => tables.all("backups"))).reverse(),
    watch: (callback) => channel.watch(callback),
    askToPersist: async () => (await globalThis.navigator?.storage?.persist?.().catch(() => false)) ?? false,
    close: () => {
      channel.close();
      run.close();
    },
  };
}

const changePast = (change, slug, key, make) =>
  change(async (tables) => {
    const known = await tables.get("pasts", [slug, key]);
    const past = make(known ? pastOf(known) : null);
    if (past) tables.put("pasts", { slug, ...past });
    else tables.remove("pasts", [slug, key]);
  });

const pastOf = ({ slug: _, ...past }) => past;

const followedName = (slug) => `followed ${slug}`;

async function tuningIn(tables) {
  return tuningOf((await tables.get("facts", "settings"))?.value ?? {});
}

async function wholeHistory(tables) {
  const rows = await tables.all("pasts");
  const slugs = [...new Set(rows.map(({ slug }) => slug))].sort();
  const banks = slugs.map((slug) => ({ slug, items: rows.filter((row) => row.slug === slug).map(pastOf) }));
  return { ...histories.empty(), settings: settingsOf(await tuningIn(tables)), banks };
}

async function putHistory(tables, before, after) {
  const places = (history) => history.banks.flatMap(({ slug, items }) => items.map((past) => ({ slug, ...past })));
  const kept = new Set(places(after).map(({ slug, key }) => `${slug}\n${key}`));
  for (const { slug, key } of places(before)) {
    if (!kept.has(`${slug}\n${key}`)) tables.remove("pasts", [slug, key]);
  }
  for (const row of places(after)) tables.put("pasts", row);
  // What came may be of another version of the bank: the next session looks where it belongs.
  for (const { slug } of after.banks) tables.remove("facts", followedName(slug));
  tables.put("facts", { name: "settings", value: settingsOf(tuningOf(after.settings)) });
}

async function keepBackup(tables, reason, history) {
  const old = await tables.all("backups");
  for (const { at } of old.slice(0, Math.max(0, old.length - BACKUPS + 1))) tables.remove("backups", at);
  const at = Math.max(Date.now(), (old.at(-1)?.at ?? 0) + 1);
  tables.put("backups", { at, reason, text: histories.serialise(history) });
}

async function followed(tables, slug, fingerprint, items) {
  const name = followedName(slug);
  if ((await tables.get("facts", name))?.value === fingerprint) return [];
  const rows = await tables.all("pasts", slug);
  const tuning = await tuningIn(tables);
  const moves = reattach(rows, items);
  const moved = new Map(moves.map(({ old, new: key }) => [old, key]));
  // First all that goes, then all that comes: names may have been exchanged.
  for (const { key } of rows) if (moved.has(key)) tables.remove("pasts", [slug, key]);
  const taken = new Map(rows.filter(({ key }) => !moved.has(key)).map((row) => [row.key, row]));
  for (const row of rows) {
    const key = moved.get(row.key);
    if (!key) continue;
    const past = { ...pastOf(row), key };
    const there = taken.get(key);
    tables.put("pasts", { slug, ...(there ? histories.combinePast(past, pastOf(there), tuning) : past) });
  }
  const words = new Map(items.map((item) => [item.id, histories.wordingOf(item)]));
  for (const row of await tables.all("pasts", slug)) {
    if (words.has(row.key)) tables.put("pasts", { ...row, ...words.get(row.key) });
  }
  tables.put("facts", { name, value: fingerprint });
  return moves;
}

function channelOf(name) {
  const channel = globalThis.BroadcastChannel ? new BroadcastChannel(name) : null;
  channel?.unref?.(); // under node it would keep the process alive
  return {
    postMessage: (message) => channel?.postMessage(message),
    close: () => channel?.close(),
    watch(callback) {
      const listen = () => callback();
      channel?.addEventListener("message", listen);
      return () => channel?.removeEventListener("message", listen);
    },
  };
}
