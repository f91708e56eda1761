// What a reader types and ticks on a question's page stays in this browser, for this page only.

const KEY = `ecsquiz:attempt:${location.pathname}`;
const box = document.querySelector(".attempt textarea");
const ticks = [...document.querySelectorAll(".points input")];
const said = document.querySelector(".said");

if (box) {
  const kept = read();
  box.value = kept.text;
  ticks.forEach((tick, index) => (tick.checked = kept.ticks.includes(index)));
  count();

  box.addEventListener("input", keep);
  for (const tick of ticks) {
    tick.addEventListener("change", () => {
      keep();
      count();
    });
  }
  addEventListener("hashchange", unfold);
  unfold();
}

// What is folded is printed all the same, and folded again afterwards.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.answer:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => (folded.open = false), { once: true });
  }
});

// A link into the answer, such as one from the search, opens it.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeHash());
  const answer = target && target.closest("details.answer");
  if (answer && !answer.open) {
    answer.open = true;
    target.scrollIntoView();
  }
}

function decodeHash() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function count() {
  const ticked = ticks.filter((tick) => tick.checked).length;
  if (said && ticked) said.textContent = `You said ${ticked} of ${ticks.length}.`;
  else if (said) said.textContent = "Tick what your answer said.";
}

function keep() {
  const kept = { text: box.value, ticks: ticks.flatMap((tick, index) => (tick.checked ? [index] : [])) };
  try {
    if (kept.text || kept.ticks.length) localStorage.setItem(KEY, JSON.stringify(kept));
    else localStorage.removeItem(KEY);
  } catch {
    // storage may be full or switched off; then the text lasts as long as the page
  }
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return {
      text: typeof kept.text === "string" ? kept.text : "",
      ticks: Array.isArray(kept.ticks) ? kept.ticks : [],
    };
  } catch {
    return { text: "", ticks: [] };
  }
}
