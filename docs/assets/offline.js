// Keeps the site in this browser, so that it opens without a connection, and says when a newer one is ready.
// Built sites have a manifest, which lies at the site's root beside the worker; `site serve` has none.

const HOUR = 3_600_000;
const manifest = document.querySelector('link[rel="manifest"]');
const workers = navigator.serviceWorker;

if (manifest && workers && !navigator.connection?.saveData) {
  // The first visit shows the page before it copies the rest.
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep);
}

async function keep() {
  const root = new URL(".", manifest.href);
  let registration;
  try {
    registration = await workers.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
  } catch {
    return; // not allowed here, or no connection: the site works as it is
  }
  if (!registration) return; // a browser that is told to block workers may say nothing
  // All windows of the site move to the new version together. What is typed is kept and comes back.
  if (workers.controller) workers.addEventListener("controllerchange", () => location.reload(), { once: true });
  if (registration.waiting) offer(registration);
  registration.addEventListener("updatefound", () => watch(registration));
  watch(registration);
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < HOUR) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
}

function watch(registration) {
  const coming = registration.installing;
  coming?.addEventListener("statechange", () => {
    if (coming.state === "installed" && workers.controller) offer(registration);
  });
}

function offer(registration) {
  if (document.querySelector(".new-version")) return;
  const notice = document.createElement("div");
  notice.className = "new-version";
  notice.setAttribute("role", "status");
  document.body.append(notice);
  const words = document.createElement("span");
  words.textContent = "A new version of this site is ready.";
  notice.append(
    words,
    button("Reload", () => registration.waiting?.postMessage("take over")),
    button("Later", () => notice.remove()),
  );
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
