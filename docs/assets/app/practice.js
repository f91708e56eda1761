// The practice page. The form needs little and comes at once; what a session needs comes while the learner chooses.

import { element, replace } from "./dom.js";
import { remembered, RUNNING, WISH } from "./remembering.js";
import { startForm, wishFrom } from "./start.js";

const place = document.getElementById("practice");
const root = place.dataset.root;
const practising = import("./practising.js");
const opened = practising.then(({ open }) => open(place, root, showForm));

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
  const answer = await fetch(`${root}data/bank.json`);
  if (!answer.ok) throw new Error(`The questions could not be loaded (${answer.status}).`);
  const wish = wishFrom(location.search, remembered(WISH));
  const act = (name) => async (...given) => {
    const [session, page] = await Promise.all([practising, opened]);
    return session[name](page, ...given);
  };
  const form = startForm({
    bank: await answer.json(),
    wish,
    counted: act("counted"),
    begin: (chosen) => act("begin")(chosen).catch(failed),
  });
  const only = wish.question
    ? element("p", { class: "note" }, `Only question ${wish.question}. `, element("a", { href: location.pathname }, "Practise everything"))
    : null;
  replace(place, only, form.node);
  form.refresh().catch(failed);
  const [{ noticeOf }, { transferBox }, page] = await Promise.all([practising, import("./transfer.js"), opened]);
  if (!form.node.isConnected) return;
  form.node.before(...[noticeOf(page)].filter(Boolean));
  place.append(transferBox(page.store, form.refresh));
}
