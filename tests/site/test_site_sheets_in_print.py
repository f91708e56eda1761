"""The cheat sheets of the whole bank, as the browser prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from quiz.site.builders import Builder
from tests.conftest import CONTENT
from tests.site.conftest import build_site, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

_PAGE = re.compile(rb"/Type\s*/Page\b")


def test_every_cheat_sheet_fits_on_two_pages(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = build_site(CONTENT, tmp_path_factory.mktemp("whole"), Builder.MKDOCS)
    server = serve(site)
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
    page = context.new_page()
    lengths = {}
    for sheet in sorted((site / "cheat-sheets").glob("*/index.html")):
        page.goto(f"/cheat-sheets/{sheet.parent.name}/")
        for paper in ("A4", "Letter"):
            lengths[f"{sheet.parent.name}, {paper}"] = len(_PAGE.findall(page.pdf(format=paper)))
    context.close()
    server.shutdown()
    server.server_close()
    assert len(lengths) >= 20
    assert {name: length for name, length in lengths.items() if not 1 <= length <= 2} == {}
