"""The progress page: charts of one's own history, each with its numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import build_site, serve, watched
from tests.site.practice_site import answer, begin, submit, write_practice_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

from quiz.site.builders import Builder

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=list(Builder))
def practice_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("progress")
    server = serve(build_site(write_practice_bank(folder / "source"), folder, request.param))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, practice_site: str) -> Iterator[Page]:
    yield from watched(browser, practice_site)


def practise(page: Page, kind: str, rating: int) -> None:
    begin(page, kind)
    answer(page, kind)
    submit(page)
    page.locator(f'[data-rating="{rating}"]').click()
    page.locator(".summary").wait_for()


def test_who_is_new_is_told_what_will_be_here(page: Page) -> None:
    page.goto("/try/progress/")
    page.get_by_text("Nothing yet").wait_for()
    assert page.locator(".practice a").get_attribute("href") == "../../try/practice/"


def test_reviews_are_counted_and_drawn(page: Page) -> None:
    practise(page, "choice", 3)
    practise(page, "recall", 1)
    page.goto("/try/progress/")
    page.locator(".chart").first.wait_for()
    assert "2 reviews of 2 items" in page.locator(".facts-list").inner_text()
    names = page.locator(".chart svg[role=img]").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert names == [
        "What comes back in the next two weeks: 2 today, 0 in the 13 days after.",
        "Reviews a day, in half a year: 2 reviews on 1 day.",
    ]
    page.locator(".chart summary").nth(1).click()
    assert page.locator(".chart").nth(1).locator("tbody tr").count() == 1
    assert page.locator(".shares li").count() == 2


def test_what_was_hardest_links_to_its_page(page: Page) -> None:
    practise(page, "recall", 1)
    page.goto("/try/progress/")
    page.get_by_role("heading", name="Questions that were hardest").wait_for()
    page.locator(".practice h2 + ul a").first.click()
    page.wait_for_url("**/questions/2/")


def test_key_points_that_were_not_ticked_are_listed(page: Page) -> None:
    practise(page, "recall", 2)
    page.goto("/try/progress/")
    page.get_by_role("heading", name="Key points that were left out").wait_for()
    assert "stopped reason" in page.locator(".practice h2 + ul").last.inner_text()


def test_what_was_set_aside_is_listed_and_can_be_asked_again(page: Page) -> None:
    begin(page, "choice")
    page.get_by_role("button", name="Set aside").click()
    page.locator(".summary").wait_for()
    page.goto("/try/progress/")
    page.get_by_role("heading", name="Set aside").wait_for()
    page.get_by_role("button", name="Ask again: Which role pulls the image").click()
    page.get_by_role("heading", name="Set aside").wait_for(state="detached")
    begin(page, "choice")
    assert "Which role" in page.locator(".stem").inner_text()


def test_a_day_of_the_calendar_is_darker_the_more_was_done(page: Page) -> None:
    practise(page, "choice", 3)
    page.goto("/try/progress/")
    days = page.locator(".calendar .day")
    days.last.wait_for(state="attached")
    assert "level-1" in (days.last.get_attribute("class") or "")
    assert (days.last.text_content() or "").endswith(": 1")
    assert page.locator(".calendar .level-0").count() == days.count() - 1


def test_another_tab_shows_new_reviews_by_itself(page: Page) -> None:
    practise(page, "choice", 3)
    other = page.context.new_page()
    other.goto("/try/progress/")
    other.get_by_text("1 review of 1 item", exact=False).wait_for()
    practise(page, "cloze", 3)
    other.get_by_text("2 reviews of 2 items").wait_for()


def test_a_phone_needs_no_scrolling_to_the_side(page: Page) -> None:
    practise(page, "choice", 3)
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto("/try/progress/")
    page.locator(".chart").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
