// Progress as a file: out of this browser, and into it. The file is that of `ecsquiz progress export`.
//
// transferBox(store, changed) -> element; changed() is called after an import

import { element } from "./dom.js";
import * as histories from "./history.js";

const LARGEST = 50_000_000;

export function transferBox(store, changed) {
  const said = element("p", { class: "note", role: "status" });
  const file = element("input", { type: "file", accept: ".json,application/json", id: "progress-file" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    try {
      if (chosen.size > LARGEST) throw new Error("This file is too large for progress.");
      const { before, after } = await store.merge(histories.parse(await chosen.text()));
      const added = histories.count(after) - histories.count(before);
      said.textContent = `${added} ${added === 1 ? "review" : "reviews"} added; there are ${histories.count(after)} now.`;
      changed();
    } catch (error) {
      said.textContent = `${error.message} Nothing was changed.`;
    }
  });
  const exported = async () => {
    try {
      const history = await store.history();
      const day = new Date().toISOString().slice(0, 10);
      download(`ecsquiz-progress-${day}.json`, histories.serialise(history));
      said.textContent = `${histories.count(history)} reviews are in the file.`;
    } catch (error) {
      said.textContent = error.message;
    }
  };
  return element(
    "details",
    { class: "transfer" },
    element("summary", {}, "Your progress as a file"),
    element(
      "p",
      {},
      "It stays in this browser. The file goes to another browser, or into the terminal with ",
      element("code", {}, "ecsquiz progress import"),
      "; what both hold is put together, and nothing is doubled.",
    ),
    element(
      "p",
      { class: "row" },
      element("button", { type: "button", class: "quiet", on: { click: exported } }, "Export"),
      element("label", { for: "progress-file" }, "Import"),
      file,
    ),
    said,
  );
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
