// What the themes leave out for readers with a keyboard or a screen reader. They add some parts late, so we
// look again when something is added to the page.

const search = document.querySelector('[data-md-component="search"][role="dialog"]');
search?.setAttribute("aria-label", "Search");

const article = document.querySelector("article");
if (article) {
  complete();
  new MutationObserver(complete).observe(article, { childList: true, subtree: true });
}

function complete() {
  // A table that is wider than the page scrolls with the arrow keys once it has the focus.
  for (const table of article.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) table.tabIndex = 0;
  for (const figure of article.querySelectorAll(".figure:not([tabindex])")) figure.tabIndex = 0;
  // Each block of code has a row of buttons; numbers tell them apart.
  for (const [index, buttons] of article.querySelectorAll("nav.md-code__nav").entries()) {
    const name = `Code ${index + 1}`;
    if (buttons.getAttribute("aria-label") !== name) buttons.setAttribute("aria-label", name);
  }
}
