// Cloze: a field in the sentence, where the words are missing. See index.js.

import { element } from "../dom.js";

export function clozeFace({ item, draft, changed }) {
  const field = element("input", {
    type: "text",
    class: "gap-field",
    "aria-label": "The missing words",
    "aria-describedby": "stem",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: "200",
    on: { input: () => changed(field.value) },
  });
  field.value = typeof draft === "string" ? draft : "";
  const stem = element("div", { class: "stem", id: "stem", html: item.html.stem });
  stem.querySelector(".gap")?.replaceWith(field);
  if (!field.isConnected && !stem.contains(field)) stem.append(field);
  return {
    node: stem,
    answer: () => field.value,
    focus: () => field.focus(),
    judged: ({ verdicts }) => {
      field.readOnly = true;
      field.classList.add(verdicts[0].right ? "right" : "wrong");
    },
  };
}
