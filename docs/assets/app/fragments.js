// The bank's Markdown as HTML, by the few rules that nearly all of its texts need; for the others the data
// files hold the HTML (see quiz/site/browser/fragments.py, which compares). No DOM.
//
// blockHtml(text) -> paragraphs and lists; lineHtml(text) -> one line; codeHtml(text) -> as it is typed;
// escapeHtml(text); GAP, the mark of the missing words in a cloze.

export const GAP = "_____";
const SHOWN_GAP = `<span class="gap">${GAP}</span>`;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escapeHtml = (text) => text.replace(/[&<>"]/g, (char) => ENTITIES[char]);

export const codeHtml = (text) => `<code>${escapeHtml(text)}</code>`;

export function lineHtml(text) {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replaceAll(GAP, SHOWN_GAP);
}

export function blockHtml(text) {
  return text.trim() ? text.split("\n\n").map(paragraph).join("\n") : "";
}

function paragraph(text) {
  const lines = text.split("\n");
  if (!lines.every((line) => line.startsWith("- "))) return `<p>${lineHtml(text)}</p>`;
  return ["<ul>", ...lines.map((line) => `<li>${lineHtml(line.slice(2))}</li>`), "</ul>"].join("\n");
}
