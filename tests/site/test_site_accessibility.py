"""axe-core finds nothing on any kind of page: light and dark, on a phone and on a wide screen."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.checking import everywhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

OF_A_KIND = 2


def one_of_each(site: Path) -> list[str]:
    """Addresses of pages of every template: of those that lie in one folder, the longest two and the list."""
    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        place = page.relative_to(site)
        folders[place.parent.parent if len(place.parts) > 2 else place].append(place)
    chosen = [
        place
        for places in folders.values()
        for place in sorted(places, key=lambda place: (site / place).stat().st_size)[-OF_A_KIND:]
    ]
    return [f"/{place.as_posix().removesuffix('index.html')}" for place in sorted(chosen)]


def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, built_site: Path, site: str) -> None:
    """In the dark only what depends on colours is looked at again."""
    context = browser.new_context(base_url=site, bypass_csp=True)  # axe comes from outside the site
    page = context.new_page()
    found = []
    for address in one_of_each(built_site):
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.eval_on_selector_all("details", "all => all.forEach(one => (one.open = true))")
        found += everywhere(page, address)
    context.close()
    assert "\n".join(found) == ""


def test_every_folder_of_the_site_is_looked_at(built_site: Path) -> None:
    looked_at = one_of_each(built_site)
    assert {"/", "/questions/", "/questions/2/", "/glossary/", "/rules/", "/404.html"} <= set(looked_at)
    assert len([address for address in looked_at if address.startswith("/rules/")]) == OF_A_KIND + 1
