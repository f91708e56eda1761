// Ordering: steps that are moved by buttons, or dragged by their handle. See index.js.

import { element } from "../dom.js";

export function orderingFace({ item, shown, draft, changed }) {
  const all = shown.map((_, place) => place);
  const kept = Array.isArray(draft) && [...draft].sort((a, b) => a - b).join() === all.join();
  const list = element("ol", { class: "steps" });
  const said = element("p", { class: "unseen", role: "status" });
  const rows = shown.map(({ html }, place) => {
    const mover = (by, word, sign) =>
      element("button", { type: "button", class: "move", "aria-label": `Move step ${place + 1} ${word}`, on: { click: () => move(place, by) } }, sign);
    return element(
      "li",
      { "data-place": String(place) },
      element("span", { class: "handle", "aria-hidden": "true", on: { pointerdown: (event) => drag(event, place) } }, "⠿"),
      element("span", { class: "place" }, String(place + 1)),
      element("span", { class: "text", html }),
      element("span", { class: "moves" }, mover(-1, "up", "↑"), mover(1, "down", "↓")),
    );
  });
  list.append(...(kept ? draft : all).map((place) => rows[place]));
  const order = () => [...list.children].map((row) => Number(row.dataset.place));

  function put(place, at) {
    const others = order().filter((one) => one !== place);
    others.splice(Math.max(0, Math.min(at, others.length)), 0, place);
    if (others.join() === order().join()) return false;
    // The others go around it: a row that left the page would lose the focus, and the pointer that drags it.
    const here = others.indexOf(place);
    others.forEach((one, index) => {
      if (index < here) list.insertBefore(rows[one], rows[place]);
      else if (index > here) list.append(rows[one]);
    });
    changed(others);
    return true;
  }

  function move(place, by) {
    const at = order().indexOf(place) + by;
    if (put(place, at)) said.textContent = `Step ${place + 1} is now ${at + 1} of ${rows.length}.`;
  }

  function drag(event, place) {
    if (list.classList.contains("over") || event.button > 0) return;
    event.preventDefault();
    const row = rows[place];
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    row.classList.add("dragged");
    const onMove = ({ clientY }) => {
      const others = order().filter((one) => one !== place);
      const middle = (one) => rows[one].getBoundingClientRect().top + rows[one].offsetHeight / 2;
      put(place, others.filter((one) => middle(one) < clientY).length);
    };
    const onEnd = () => {
      row.classList.remove("dragged");
      handle.removeEventListener("pointermove", onMove);
    };
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("lostpointercapture", onEnd, { once: true });
  }

  const stem = element("div", { class: "stem", id: "stem", tabindex: "-1", html: item.html.stem });
  const node = element("div", {}, stem, list, said);
  return {
    node,
    answer: order,
    focus: () => stem.focus(),
    judged: ({ verdicts }) => {
      list.classList.add("over");
      said.textContent = "";
      for (const button of list.querySelectorAll("button, .handle")) button.remove();
      for (const { place, right } of verdicts) {
        rows[place].classList.add(right ? "right" : "wrong");
        if (!right) rows[place].append(element("span", { class: "mark" }, "out of place"));
      }
    },
  };
}
