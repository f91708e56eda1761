"""Each page says what it may load and run; what got into it otherwise does nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from quiz.site.content_policy import with_policy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><script>paint()</script>'
    '<script id="__config" type="application/json">{"base": "."}</script></head>'
    '<body><script src="bundle.js"></script></body></html>'
)


def policy_of(page: str) -> str:
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert found
    return found[1]


def test_the_policy_stands_before_all_that_it_governs() -> None:
    page = with_policy(PAGE)
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert page.index("charset") < page.index("Content-Security-Policy")


def test_scripts_within_the_page_are_named_by_their_hashes_and_data_is_not() -> None:
    policy = policy_of(with_policy(PAGE))
    expected = base64.b64encode(hashlib.sha256(b"paint()").digest()).decode()
    assert re.findall(r"'sha256-[^']+'", policy) == [f"'sha256-{expected}'"]
    assert "unsafe" not in policy


def test_only_the_site_itself_may_be_asked_for_anything() -> None:
    assert not re.search(r"https?:|\*", policy_of(with_policy(PAGE)))


@pytest.mark.browser
def test_a_script_that_got_into_a_page_does_not_run(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))

    def with_more(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("</body>", "<script>window.ran = 1</script></body>")
        route.fulfill(response=answer, body=body)

    page.route("**/questions/1/", with_more)
    page.goto("/questions/1/")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in refused)
    context.close()
