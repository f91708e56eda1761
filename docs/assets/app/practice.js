// The practice page. The form is there before this script; what a session needs comes while the learner chooses.

import { element, replace } from "./dom.js";
import { remembered, RUNNING, WISH } from "./remembering.js";
import { startForm, wishFrom } from "./start.js";

const place = document.getElementById("practice");
const root = place.dataset.root;
const practising = import("./practising.js");
const opened = practising.then(({ open }) => open(place, root, showForm));
const act = (name) => async (...given) => {
  const [session, page] = await Promise.all([practising, opened]);
  return session[name](page, ...given);
};
const form = startForm({
  node: place.querySelector("form"),
  counted: act("counted"),
  begin: (chosen) => act("begin")(chosen).catch(failed),
});

start().catch(failed);

async function failed(error) {
  const { failed: show } = await practising;
  show(place, error);
}

async function start() {
  if (remembered(RUNNING) && !location.search) {
    const [{ resumed }, page] = await Promise.all([practising, opened]);
    if (await resumed(page)) return;
  }
  await showForm();
}

async function showForm() {
  const wish = wishFrom(location.search, remembered(WISH));
  const only = wish.question
    ? element("p", { class: "note" }, `Only question ${wish.question}. `, element("a", { href: location.pathname }, "Practise everything"))
    : null;
  form.fill(wish);
  // A form that stands already is not moved: somebody may be choosing from it.
  if (form.node.isConnected) for (const other of [...place.children]) other === form.node || other.remove();
  else replace(place, form.node);
  if (only) form.node.before(only);
  form.refresh().catch(failed);
  const [{ noticeOf }, { transferBox }, page] = await Promise.all([practising, import("./transfer.js"), opened]);
  if (!form.node.isConnected) return;
  form.node.before(...[noticeOf(page)].filter(Boolean));
  place.append(transferBox(page.store, form.refresh));
}
