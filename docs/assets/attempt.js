// Keeps what a reader types before looking at the answer, in this browser and for this page only.

const STORE = "ecsquiz:attempt:";

for (const box of document.querySelectorAll(".attempt textarea")) {
  const key = STORE + box.dataset.question;
  box.value = read(key);
  box.addEventListener("input", () => write(key, box.value));
}

// The theme draws the boxes of the self-check list; a screen reader needs their names.
for (const item of document.querySelectorAll(".task-list-item")) {
  const box = item.querySelector("input[type=checkbox]");
  box?.setAttribute("aria-label", item.textContent.trim());
}

function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage may be switched off; then the text lasts as long as the page
  }
}

function write(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // as above
  }
}
