// Opened from the disk, a page gets neither modules nor data. This script is no module, so it can say so.

if (location.protocol === "file:" && !globalThis.ecsquizData) {
  for (const text of document.querySelectorAll("[data-root] .loading")) {
    text.textContent =
      "Browsers do not let this page work from the disk. Serve the folder (python3 -m http.server), or make the zip that opens from the disk: ecsquiz site build --zip ecsquiz.zip";
  }
}
