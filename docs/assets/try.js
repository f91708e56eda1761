// Loads the script of a practice page, which the page names in `data-app`. Its own tags would not do: the builders
// disagree on whether to rewrite their addresses.

const place = document.querySelector("[data-app]");
if (place) import(`./app/${place.dataset.app}`);
