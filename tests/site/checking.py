"""What independent checkers say of a page: axe-core of its accessibility, html-validate of its HTML.

Both come from the npm registry, in the versions of `tests/node/package-lock.json`. Of html-validate's preset
`standard`, five rules are off or wider in `htmlvalidate.json`: `doctype-style`, `no-trailing-whitespace` and
`long-title` are matters of taste in what the themes write; `valid-id` allows the underscores of HTML; and
`wcag/h32` wants a submit button in the search, which answers while one types.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest

from tests.conftest import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PACKAGES: Final = CHECKOUT / "tests" / "node" / "node_modules"
SETTINGS: Final = Path(__file__).parent / "htmlvalidate.json"

SCHEMES: Final[dict[Literal["light", "dark"], str]] = {"light": "default", "dark": "slate"}

# Colours that are still changing have no contrast yet.
STILL: Final = "*, *::before, *::after { transition: none !important; animation: none !important }"

OF_THE_THEMES: Final = (
    # The switches of drawer, search and colours are checkboxes that a browser must not restore.
    ("valid-autocomplete", re.compile(r"#__\w+")),
    # A heading in the menu that can be focused by script writes tabindex without a value.
    ("attribute-allowed-values", re.compile(r"#__nav_\w+_label")),
    # The menu holds a menu of the page's contents; both are hidden from each other by the width.
    ("unique-landmark", re.compile(r".*\bnav\b.*")),
)
"""Rule and element of what html-validate says about parts that Material or Zensical write."""


def everywhere(page: Page, name: str, part: str = "html") -> list[str]:
    """What axe finds in a part of the page, wide and narrow, in light and dark.

    In the dark only what depends on colours is looked at again.
    """
    found = []
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.locator(f"body[data-md-color-scheme={SCHEMES[scheme]}]").wait_for()
            violations = accessibility(page, part, only_colours=scheme == "dark")
            found += [f"{name} {scheme} {width}: {violation}" for violation in violations]
    return found


def accessibility(page: Page, part: str = "html", *, only_colours: bool = False) -> list[str]:
    """The violations that axe-core finds on the page as it is now: rule, element and remedy."""
    page.add_style_tag(content=STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only_colours:
        options["runOnly"] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    found = page.evaluate("([part, options]) => axe.run(part, options)", [part, options])["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def html_faults(site: Path, report: Path) -> list[str]:
    """What html-validate finds wrong in the pages of the site, less what the themes write.

    It reports to a file: its process ends before a long report has gone through a pipe.
    """
    program = _installed("html-validate") / "bin" / "html-validate.mjs"
    command = [
        "node",
        str(program),
        "--formatter",
        f"json={report}",
        "--config",
        str(SETTINGS),
    ]
    done = subprocess.run(
        [*command, f"{site}/**/*.html"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(page['filePath']).relative_to(site)}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
        for page in json.loads(report.read_text(encoding="utf-8"))
        for fault in page["messages"]
        if not any(
            rule == fault["ruleId"] and element.fullmatch(fault.get("selector") or "")
            for rule, element in OF_THE_THEMES
        )
    ]


@functools.cache
def _axe() -> str:
    return (_installed("axe-core") / "axe.min.js").read_text(encoding="utf-8")


def _installed(package: str) -> Path:
    """The package's folder. Skips where it is missing, or fails where ECSQUIZ_REQUIRE_TOOLS is set."""
    folder = PACKAGES / package
    if not folder.is_dir():
        reason = f"{package} is not installed: npm ci --prefix tests/node"
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
