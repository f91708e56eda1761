"""Draw the site's icons as PNG from assets/icons/icon.svg, with Chromium: `python docs/make_icons.py`.

Phones that put the site on the home screen want PNG. A maskable icon may be cut to any shape, so that its
drawing keeps to the middle and its colour goes to the edge.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parent / "assets" / "icons"
COLOUR = "#3f51b5"
SIZES = {
    "icon-192.png": (192, 1.0),
    "icon-512.png": (512, 1.0),
    "touch-180.png": (180, 0.86),
    "maskable-512.png": (512, 0.8),
}


def main() -> None:
    drawing = (ICONS / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (size, share) in SIZES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            ground = "transparent" if share == 1 else COLOUR
            style = f"margin:0;background:{ground};display:grid;place-items:center;height:100vh"
            page.set_content(
                f'<body style="{style}"><div style="width:{share * 100}%">{drawing}</div></body>'
            )
            page.screenshot(path=ICONS / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
