// Tables in IndexedDB, or in memory where the browser keeps nothing. No DOM.
//
// openTables(indexedDB, name) -> [run, notice]; `notice` is "" or why nothing lasts beyond this page, in words
// run(writes, work) -> Promise of what `work` gives; it is called with {get, all, put, remove} in one transaction:
//   all of it is kept, or nothing. `work` must not wait for anything but what these give. run.close() ends it.

const VERSION = 1;
const TABLES = { pasts: ["slug", "key"], facts: "name", sessions: "name", backups: "at" };

export async function openTables(indexedDB, name) {
  try {
    return [tablesIn(await opened(indexedDB, name)), ""];
  } catch (error) {
    const notice =
      error?.name === "VersionError"
        ? "Your progress here was kept by a newer version of this page. Load the page again; until then nothing " +
          "is kept."
        : "This browser keeps nothing for this page, perhaps because the window is private. Export your progress " +
          "before you close it.";
    return [tablesInMemory(), notice];
  }
}

function opened(indexedDB, name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      for (const [table, keyPath] of Object.entries(TABLES)) request.result.createObjectStore(table, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function tablesIn(database) {
  // A newer version of the page, in another tab, must not wait for this one.
  database.onversionchange = () => database.close();
  const run = (writes, work) =>
    new Promise((resolve, reject) => {
      const names = Object.keys(TABLES);
      const transaction = database.transaction(names, writes ? "readwrite" : "readonly", { durability: "strict" });
      let result;
      let wrong;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(explained(wrong ?? transaction.error));
      const asked = (request) =>
        new Promise((found, failed) => {
          request.onsuccess = () => found(request.result);
          request.onerror = () => failed(request.error);
        });
      const tables = {
        get: (table, key) => asked(transaction.objectStore(table).get(key)),
        all: (table, slug) => {
          const range = slug === undefined ? null : IDBKeyRange.bound([slug], [slug, []]);
          return asked(transaction.objectStore(table).getAll(range));
        },
        put: (table, row) => void transaction.objectStore(table).put(row),
        remove: (table, key) => void transaction.objectStore(table).delete(key),
      };
      work(tables).then(
        (found) => (result = found),
        (error) => {
          wrong = error;
          transaction.abort();
        },
      );
    }).catch((error) => {
      throw explained(error);
    });
  run.close = () => database.close();
  return run;
}

function explained(error) {
  if (error?.name === "QuotaExceededError") {
    return new Error("Your browser has no room left, so this could not be kept. Export your progress, then make room.");
  }
  if (error?.name === "InvalidStateError") {
    return new Error("A newer version of this page is open in another tab. Load this page again to go on.");
  }
  return error instanceof Error ? error : new Error("Your browser could not keep this. Load the page again.");
}

function tablesInMemory() {
  const keyOf = (table, row) => JSON.stringify([TABLES[table]].flat().map((name) => row[name]));
  let kept = new Map(Object.keys(TABLES).map((table) => [table, new Map()]));
  let last = Promise.resolve();
  const run = (writes, work) => {
    const turn = last.then(async () => {
      const copy = new Map([...kept].map(([table, rows]) => [table, new Map(rows)]));
      const result = await work({
        get: async (table, key) => structuredClone(copy.get(table).get(JSON.stringify([key].flat()))),
        all: async (table, slug) => {
          const rows = [...copy.get(table)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
          return structuredClone(slug === undefined ? rows : rows.filter((row) => row.slug === slug));
        },
        put: (table, row) => void copy.get(table).set(keyOf(table, row), structuredClone(row)),
        remove: (table, key) => void copy.get(table).delete(JSON.stringify([key].flat())),
      });
      if (writes) kept = copy;
      return result;
    });
    last = turn.catch(() => {});
    return turn;
  };
  run.close = () => {};
  return run;
}
