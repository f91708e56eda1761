"""What a term means, shown beside it: by pointer, keyboard and touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

MEANING = "The role that the code in the containers uses."


def term(page: Page) -> Locator:
    """The term "task role" on its question's page, with the answer open."""
    page.goto("/questions/1/")
    page.get_by_text("Show the answer").click()
    found = page.locator("a.term", has_text="task role").first
    found.wait_for()
    return found


def test_the_pointer_shows_the_meaning_and_leaving_hides_it(page: Page) -> None:
    found = term(page)
    tooltip = page.get_by_role("tooltip")
    assert not tooltip.is_visible()
    found.hover()
    assert tooltip.inner_text() == MEANING
    page.mouse.move(2, 2)
    tooltip.wait_for(state="hidden")


def test_the_pointer_may_rest_on_the_meaning_itself(page: Page) -> None:
    term(page).hover()
    page.get_by_role("tooltip").hover()
    page.wait_for_timeout(400)
    assert page.get_by_role("tooltip").is_visible()


def test_the_keyboards_focus_shows_the_meaning_and_escape_hides_it(page: Page) -> None:
    found = term(page)
    page.keyboard.press("Tab")  # the heading's own link
    page.keyboard.press("Tab")
    assert found.evaluate("one => one === document.activeElement")
    tooltip = page.get_by_role("tooltip")
    assert tooltip.is_visible()
    assert found.get_attribute("aria-describedby") == tooltip.get_attribute("id")
    page.keyboard.press("Escape")
    assert not tooltip.is_visible()


def test_enter_follows_the_link_to_the_glossary(page: Page) -> None:
    term(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#term-task-role")


def test_the_first_tap_shows_the_meaning_and_the_second_leads_to_the_glossary(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(base_url=site, has_touch=True, viewport={"width": 375, "height": 700})
    page = context.new_page()
    found = term(page)
    found.tap()
    assert page.get_by_role("tooltip").inner_text() == MEANING
    assert page.url.endswith("/questions/1/")
    found.tap()
    page.wait_for_url("**/glossary/#term-task-role")
    context.close()


def test_a_tap_elsewhere_hides_the_meaning(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, has_touch=True, viewport={"width": 375, "height": 700})
    page = context.new_page()
    term(page).tap()
    page.get_by_role("heading", name="Short answer").tap()
    assert not page.get_by_role("tooltip").is_visible()
    context.close()


@pytest.mark.parametrize("width", [375, 1440])
def test_no_meaning_leaves_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    term(page)
    for found in page.locator("a.term").all():
        found.focus()
        box = page.get_by_role("tooltip").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_without_scripts_the_browser_shows_the_meaning_as_a_title(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    assert term(page).get_attribute("title") == MEANING
    context.close()
