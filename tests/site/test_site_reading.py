"""Reading the site in a browser, as each builder makes it: try, reveal, tick, search, small screens, dark."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/",
    "/questions/",
    "/questions/1/",
    "/questions/2/",
    "/levels/",
    "/levels/basics/",
    "/topics/",
    "/topics/images/",
    "/glossary/",
    "/cheat-sheets/",
    "/cheat-sheets/roles/",
    "/labs/",
    "/labs/broken-pull/",
    "/commands/",
    "/commands/lab/",
    "/trainers/",
    "/contributors/",
    "/404.html",
)


def test_the_answer_is_shown_when_asked_for_with_the_mouse(page: Page) -> None:
    page.goto("/questions/2/")
    answer = page.get_by_role("heading", name="Short answer")
    assert not answer.is_visible()
    page.get_by_text("Show the answer").click()
    assert answer.is_visible()
    page.get_by_text("Hide the answer").click()
    assert not answer.is_visible()


def test_the_answer_is_shown_when_asked_for_with_the_keyboard(page: Page) -> None:
    page.goto("/questions/2/")
    page.get_by_label("Say your answer first").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("heading", name="Short answer").is_visible()


def test_what_is_typed_and_ticked_survives_a_reload(page: Page) -> None:
    page.goto("/questions/2/")
    page.get_by_label("Say your answer first").fill("The tag is missing.")
    page.get_by_text("Show the answer").click()
    page.get_by_label("The tag must exist in the repository").check()
    assert page.locator(".said").inner_text() == "You said 1 of 4."
    page.reload()
    assert page.get_by_label("Say your answer first").input_value() == "The tag is missing."
    assert not page.get_by_role("heading", name="Short answer").is_visible()
    page.get_by_text("Show the answer").click()
    assert page.get_by_label("The tag must exist in the repository").is_checked()
    assert not page.get_by_label("The stopped reason names the registry's answer").is_checked()
    page.goto("/questions/1/")
    assert page.get_by_label("Say your answer first").input_value() == ""


@pytest.mark.parametrize("kept", ["{", "[]", "null", '{"text": 7, "ticks": "all"}', '{"ticks": [99, {}]}'])
def test_a_damaged_store_does_no_harm(page: Page, kept: str) -> None:
    page.goto("/questions/2/")
    page.evaluate("kept => localStorage.setItem(`ecsquiz:attempt:${location.pathname}`, kept)", kept)
    page.reload()
    assert page.get_by_label("Say your answer first").input_value() == ""
    page.get_by_label("Say your answer first").fill("again")
    page.reload()
    assert page.get_by_label("Say your answer first").input_value() == "again"


def test_a_link_into_the_answer_opens_it(page: Page) -> None:
    page.goto("/questions/2/#key-points")
    page.get_by_role("heading", name="Key points").wait_for(state="visible")


def test_the_contents_give_nothing_away_before_the_answer_is_shown(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/questions/2/")
    contents = page.locator(".md-sidebar--secondary").get_by_role("link", name="Steps")
    assert not contents.is_visible()
    page.get_by_text("Show the answer").click()
    contents.wait_for(state="visible")


def test_without_scripts_the_answer_is_folded_and_shown_all_the_same(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/questions/1/")
    assert not page.get_by_role("heading", name="Short answer").is_visible()
    page.get_by_text("Show the answer").click()
    assert page.get_by_role("heading", name="Short answer").is_visible()
    context.close()


def test_a_figure_is_drawn_and_named_for_those_who_cannot_see_it(page: Page) -> None:
    page.goto("/questions/2/")
    page.get_by_text("Show the answer").click()
    figure = page.get_by_role("img", name="Diagram: Task; asks; Registry")
    box = figure.locator("svg").bounding_box()
    assert box
    assert box["width"] > 100


def test_code_has_a_button_to_copy_it(page: Page) -> None:
    page.goto("/questions/2/")
    page.get_by_text("Show the answer").click()
    assert page.locator("details.answer .highlight button").count() == 2


def test_follow_ups_and_neighbours_lead_on(page: Page) -> None:
    page.goto("/questions/1/")
    page.get_by_text("Show the answer").click()
    page.get_by_role("link", name="What happens if the pull fails?").click()
    page.wait_for_url("**/questions/2/")


def test_other_names_of_terms_are_for_the_search_only(page: Page) -> None:
    page.goto("/questions/2/")
    page.get_by_text("Show the answer").click()
    names = page.locator(".other-names")
    assert "ALB" in (names.text_content() or "")
    assert not names.is_visible()


def test_a_question_is_printed_with_its_answer_and_folded_again(page: Page) -> None:
    page.goto("/questions/2/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Short answer").is_visible()
    assert not page.get_by_label("Say your answer first").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.get_by_role("heading", name="Short answer").is_visible()


def test_hints_of_a_lab_are_shown_one_by_one(page: Page) -> None:
    page.goto("/labs/broken-pull/")
    first, second = page.get_by_text("Read the stopped reason."), page.get_by_text("Look at the")
    assert not first.is_visible()
    page.get_by_text("Hint 1 of 2").click()
    assert first.is_visible()
    assert not second.is_visible()
    assert page.locator(".highlight button").count() == 2


def test_a_cheat_sheet_is_printed_without_the_frame(page: Page) -> None:
    page.goto("/cheat-sheets/roles/")
    page.emulate_media(media="print")
    assert page.get_by_text("gives permissions to the code").is_visible()
    assert not page.locator(".md-header").is_visible()
    assert page.locator(".sheet").evaluate("one => getComputedStyle(one).columnCount") == "2"


def test_every_list_leads_to_the_questions(page: Page) -> None:
    for address in ("/questions/", "/levels/repairs/", "/topics/images/"):
        page.goto(address)
        page.get_by_role("link", name="A task stops with CannotPullContainerError.").click()
        page.wait_for_url("**/questions/2/")
    page.goto("/topics/")
    page.get_by_role("link", name="Images").last.click()
    page.wait_for_url("**/topics/images/")


@pytest.mark.parametrize("words", ["CannotPullContainerError", "stoppedReason", "describe-tasks", "ALB"])
def test_search_finds_an_error_a_field_a_command_and_what_is_only_spelt_out(page: Page, words: str) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(words, delay=10)
    link = page.locator('a[href*="questions/2"]').first
    link.wait_for(state="visible", timeout=15_000)
    assert page.locator('a[href*="levels/repairs"]:visible').count() == 0


def test_no_link_of_the_site_is_dead(page: Page) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    home = ""
    while waiting:
        address = waiting.pop()
        answer = page.goto(address)
        assert answer
        assert answer.ok, address
        home = home or page.url
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        ids = set(page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))
        for href in hrefs:
            target, anchor = urldefrag(urljoin(page.url, href))
            if target == page.url and anchor:
                assert anchor in ids, f"{address} has no #{anchor}"
            if target.startswith(home) and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert {urljoin(home, address) for address in ADDRESSES[:-1]} <= seen


@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in ADDRESSES[:-1]:
        page.goto(address)
        for folded in page.locator("details.answer > summary").all():
            folded.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_wide_code_and_tables_scroll_inside_a_small_page(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/questions/2/")
    page.get_by_text("Show the answer").click()
    for wide in (page.locator(".md-typeset__scrollwrap"), page.locator("ol pre code")):
        assert wide.evaluate("one => one.scrollWidth > one.clientWidth")
        assert wide.evaluate("one => (one.scrollLeft = 50, one.scrollLeft)") == 50


def test_the_page_of_nothing_asks_no_other_host(page: Page) -> None:
    page.goto("/404.html")
    assert page.get_by_role("heading").first.is_visible()


def test_dark_mode_follows_the_system_and_the_switch(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    page = context.new_page()
    page.goto("/questions/1/")
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    page.locator("label[for='__palette_1']:visible").click()
    assert body.get_attribute("data-md-color-scheme") == "default"
    page.reload()
    assert body.get_attribute("data-md-color-scheme") == "default"
    context.close()
