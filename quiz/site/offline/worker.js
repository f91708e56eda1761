// Keeps a copy of the whole site in the reader's browser and answers from it. Written by `ecsquiz site build`.
//
// A copy is one version: it is complete before it is used, each file is checked against the digest that the
// build took of it, and every page and all that the page loads come from the same copy. A newer version is
// copied beside it and takes over when the reader agrees or has closed the site; then the old copy goes.

const VERSION = "@version@";
const FILES = new Map(Object.entries("@files@")); // address below the scope: its SHA-256
const SCOPE = self.registration.scope;
const OURS = `ecsquiz ${SCOPE} `; // other sites on this host have copies too
const COPY = OURS + VERSION;
const DIGEST = "x-ecsquiz-digest";
const AT_ONCE = 6;
let opened = null; // the copy; a page asks for dozens of files at once

self.addEventListener("install", (event) => event.waitUntil(copy()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const name = nameOf(event.request.url);
  if (event.request.method === "GET" && name !== null) event.respondWith(answer(event, name));
});

async function copy() {
  const cache = await caches.open(COPY);
  const names = [...FILES.keys()];
  const others = await Promise.all((await otherCopies()).map((other) => caches.open(other)));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) await copyOne(cache, others, name);
    }),
  );
}

async function copyOne(cache, others, name) {
  const address = new URL(name, SCOPE).href;
  const digest = FILES.get(name);
  for (const known of [cache, ...others]) {
    const kept = await known.match(address);
    if (kept?.headers.get(DIGEST) !== digest) continue;
    if (known !== cache) await cache.put(address, kept);
    return;
  }
  const answered = await fetch(address, { cache: "reload", integrity: `sha256-${digest}` });
  if (!answered.ok) throw new Error(`${name}: ${answered.status}`);
  const headers = { "content-type": answered.headers.get("content-type") ?? "", [DIGEST]: digest };
  await cache.put(address, new Response(await answered.blob(), { headers }));
}

async function answer({ request, clientId }, name) {
  if (request.mode !== "navigate" && clientId) {
    // What a page loads comes from where the page came from.
    const client = await self.clients.get(clientId);
    if (client && nameOf(client.url) === null) return fetch(request);
  }
  if (!FILES.has(name)) return Response.redirect(new URL(`${name}/`, SCOPE), 302);
  opened ??= caches.open(COPY);
  const kept = await (await opened).match(new URL(name, SCOPE).href);
  return kept ?? fetch(request);
}

/** Which file of the copy an address asks for, or null. */
function nameOf(address) {
  const { origin, pathname } = new URL(address);
  const asked = origin + pathname;
  if (!asked.startsWith(SCOPE)) return null;
  const name = asked.slice(SCOPE.length).replace(/(^|\/)index\.html$/, "$1");
  return FILES.has(name) || FILES.has(`${name}/`) ? name : null;
}

async function dropOthers() {
  await Promise.all((await otherCopies()).map((other) => caches.delete(other)));
}

async function otherCopies() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== COPY);
}
