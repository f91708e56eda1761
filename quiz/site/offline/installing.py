"""Makes a built site one that a browser offers to install: the manifest, its icons, and the links to both.

https://www.w3.org/TR/appmanifest/
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any, Final

MANIFEST: Final = "manifest.webmanifest"
ICONS: Final = "assets/icons"
COLOUR: Final = "#3f51b5"

_LOGO: Final = re.compile(r'<a [^>]*\btitle="([^"]+)"[^>]*\bmd-logo\b')
_HEAD_END: Final = re.compile(r"</head>", re.IGNORECASE)


def make_installable(site: Path) -> None:
    """Write the manifest and link it in every page but 404.html, which is shown at any address."""
    (site / MANIFEST).write_text(json.dumps(manifest(site), indent=2) + "\n", encoding="utf-8")
    for page in sorted(site.rglob("*.html")):
        if page.name != "404.html":
            up = "../" * (len(page.relative_to(site).parts) - 1)
            text = page.read_text(encoding="utf-8")
            page.write_text(_HEAD_END.sub(f"{links(site, up)}</head>", text, count=1), encoding="utf-8")


def manifest(site: Path) -> dict[str, Any]:
    """The site as an app. Addresses are relative, so that it may lie in any folder of a host."""
    logo = _LOGO.search((site / "index.html").read_text(encoding="utf-8"))
    name = html.unescape(logo[1]) if logo else "ecsquiz"
    return {
        "name": name,
        "short_name": name[:24],
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [icon for icon in _icons() if (site / icon["src"]).is_file()],
        "shortcuts": [
            {"name": title, "url": address}
            for title, address in (("Practise", "try/practice/"), ("Progress", "try/progress/"))
            if (site / address).is_dir()
        ],
    }


def links(site: Path, up: str) -> str:
    """What a page's head says; `up` leads from the page to the site's root."""
    touch = f"{ICONS}/touch-180.png"
    parts = [f'<link rel="manifest" href="{up}{MANIFEST}">', f'<meta name="theme-color" content="{COLOUR}">']
    if (site / touch).is_file():
        parts.append(f'<link rel="apple-touch-icon" href="{up}{touch}">')
    return "".join(parts)


def _icons() -> list[dict[str, str]]:
    return [
        {"src": f"{ICONS}/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        {"src": f"{ICONS}/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": f"{ICONS}/icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": f"{ICONS}/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
