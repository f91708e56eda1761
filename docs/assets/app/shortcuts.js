// Keys, and the dialog that lists them. Keys never act while somebody types, nor with Ctrl, Alt or Meta; the theme,
// which has keys of its own, does not get those that act here.
//
// listenTo(actions) -> stop(); actions: Map or object of key -> () => whether it acted
// shortcutsDialog(rows) -> dialog; rows: [[keys, words]]

import { element, isTyping } from "./dom.js";

export function listenTo(actions) {
  const onKey = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(".md-search")) return;
    const pressed = event.target instanceof Element && event.target.closest("button, a, summary, input");
    if (event.key === "Enter" && pressed) return;
    if (actions[event.key]?.()) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

export function shortcutsDialog(rows) {
  const dialog = element(
    "dialog",
    { class: "shortcuts", "aria-labelledby": "shortcuts-title" },
    element("h2", { id: "shortcuts-title" }, "Keys"),
    element(
      "dl",
      {},
      ...rows.flatMap(([keys, words]) => [
        element("dt", {}, ...keys.flatMap((key, at) => [at ? " " : "", element("kbd", {}, key)])),
        element("dd", {}, words),
      ]),
    ),
    element("form", { method: "dialog" }, element("button", { class: "quiet" }, "Close")),
  );
  return dialog;
}
