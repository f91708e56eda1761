// What a glossary term means, beside the term: for a pointer that rests on it, for the keyboard's focus, and for a
// finger, whose first tap shows the meaning and whose second follows the link. Escape hides it. Without this
// script the browser shows the title, and the link leads to the glossary.

const bubble = document.createElement("div");
bubble.id = "term-meaning";
bubble.className = "meaning";
bubble.setAttribute("role", "tooltip");
bubble.hidden = true;

const EDGE = 8; // pixels between the bubble and the window's edge
const PATIENCE = 150; // milliseconds in which the pointer may move from the term to the bubble

let shown = null;
let hiding = 0;
let touched = false;

const terms = [...document.querySelectorAll("a.term[title]")];
for (const term of terms) {
  term.dataset.meaning = term.title;
  term.removeAttribute("title");
}
if (terms.length) {
  document.body.append(bubble);
  addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), true);
  document.addEventListener("pointerover", pointed);
  document.addEventListener("pointerout", left);
  document.addEventListener("focusin", ({ target }) => (isTerm(target) && !touched ? show(target) : hide()));
  document.addEventListener("click", clicked, true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && shown && hide());
  addEventListener("resize", hide);
}

function isTerm(element) {
  return element instanceof Element && element.matches("a.term[data-meaning]");
}

function pointed({ target, pointerType }) {
  if (pointerType === "touch" || !(target instanceof Element)) return;
  const term = target.closest("a.term[data-meaning]");
  if (term) show(term);
  else if (bubble.contains(target)) clearTimeout(hiding);
}

function left({ target, pointerType }) {
  if (pointerType === "touch" || !shown || document.activeElement === shown) return;
  if (shown.contains(target) || bubble.contains(target)) hiding = setTimeout(hide, PATIENCE);
}

function clicked(event) {
  const term = event.target instanceof Element ? event.target.closest("a.term[data-meaning]") : null;
  if (touched && term && term !== shown) {
    event.preventDefault();
    show(term);
  } else if (!bubble.contains(event.target)) hide();
}

function show(term) {
  clearTimeout(hiding);
  if (shown === term) return;
  hide();
  shown = term;
  bubble.textContent = term.dataset.meaning;
  term.setAttribute("aria-describedby", bubble.id);
  bubble.hidden = false;
  place(term);
}

function hide() {
  clearTimeout(hiding);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  bubble.hidden = true;
}

/** Below the term, or above it where there is no room; never beyond the window's sides. */
function place(term) {
  const line = term.getClientRects()[0];
  const width = document.documentElement.clientWidth;
  const height = bubble.offsetHeight;
  const start = Math.max(EDGE, Math.min(line.left, width - bubble.offsetWidth - EDGE));
  const below = line.bottom + EDGE / 2;
  const top = below + height > innerHeight && line.top > height + EDGE ? line.top - height - EDGE / 2 : below;
  bubble.style.left = `${start + scrollX}px`;
  bubble.style.top = `${top + scrollY}px`;
}
