// Command: a field for an AWS CLI command. Enter answers; Shift and Enter, or a backslash, make a new line.
// See index.js.

import { element } from "../dom.js";

export function commandFace({ item, draft, changed, submit }) {
  const field = element("textarea", {
    class: "command-field",
    rows: "3",
    "aria-label": "The command",
    "aria-describedby": "stem",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: "4000",
    placeholder: "aws ",
    on: {
      input: () => changed(field.value),
      keydown: (event) => {
        const newLine = event.shiftKey || field.value.slice(0, field.selectionStart).endsWith("\\");
        if (event.key !== "Enter" || newLine || event.isComposing) return;
        event.preventDefault();
        submit();
      },
    },
  });
  field.value = typeof draft === "string" ? draft : "";
  return {
    node: element("div", {}, element("div", { class: "stem", id: "stem", html: item.html.stem }), field),
    answer: () => field.value,
    focus: () => field.focus(),
    judged: ({ verdicts }) => {
      field.readOnly = true;
      field.classList.add(verdicts[0]?.right ? "right" : "wrong");
    },
  };
}
