"""Lists of questions in a browser: the filter, marks of what was practised, the greeting on the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PRACTISE = """
async ([question, at, rating]) => {
  const { openStore } = await import("/assets/app/store.js");
  const store = await openStore();
  const item = { id: `${question}/recall/answer`, question, kind: "recall", stem: "Why?", answers: ["So."] };
  const review = { at, rating, suggested: rating, score: 1, answer: "So.", seconds: 2 };
  await store.addReview("small-bank", item, review);
  store.close();
}
"""
LONG_AGO = 1_500_000_000_000_000  # microseconds


def practise(page: Page, question: int, at: int | None = None, rating: int = 4) -> None:
    """Answer a question in the browser's store, now if no time is given."""
    page.evaluate(PRACTISE, [question, at or page.evaluate("Date.now() * 1000"), rating])


def shown(page: Page) -> list[str]:
    return page.locator(".questions li:visible .number").all_inner_texts()


def test_the_filter_keeps_to_a_level_a_topic_and_words(page: Page) -> None:
    page.goto("/questions/")
    assert shown(page) == ["1", "2"]
    page.get_by_role("combobox", name="Level").select_option("Basics")
    assert shown(page) == ["1"]
    assert not page.get_by_role("heading", name="Repairs").is_visible()
    assert page.get_by_text("1 of 2").is_visible()
    page.get_by_role("combobox", name="Level").select_option("All")
    page.get_by_role("combobox", name="Topic").select_option("Images")
    assert shown(page) == ["2"]
    page.get_by_role("combobox", name="Topic").select_option("All")
    page.get_by_role("searchbox", name="Words").fill("cannotpull stops")
    assert shown(page) == ["2"]


def test_words_may_be_another_name_of_a_term(page: Page) -> None:
    page.goto("/questions/")
    page.get_by_role("searchbox", name="Words").fill("application role")
    assert shown(page) == ["1"]


def test_a_filter_that_nothing_fits_says_so(page: Page) -> None:
    page.goto("/questions/")
    page.get_by_role("searchbox", name="Words").fill("zzz")
    assert shown(page) == []
    assert page.get_by_text("Nothing fits.").is_visible()


def test_the_filter_is_in_the_address_and_survives_going_back(page: Page) -> None:
    page.goto("/questions/")
    page.get_by_role("combobox", name="Level").select_option("Repairs")
    page.get_by_role("searchbox", name="Words").fill("pull")
    page.get_by_role("link", name="A task stops").click()
    page.wait_for_url("**/questions/2/")
    page.go_back()
    page.wait_for_url("**/questions/?words=pull&level=repairs")
    assert page.get_by_role("searchbox", name="Words").input_value() == "pull"
    assert shown(page) == ["2"]


@pytest.mark.parametrize("query", ["level=nothing", "words=%3Cscript%3E", "level=__proto__&progress=x", "%"])
def test_an_odd_address_does_no_harm(page: Page, query: str) -> None:
    page.goto(f"/questions/?{query}")
    page.get_by_role("searchbox", name="Words").fill("")
    assert shown(page) == ["1", "2"]


def test_enter_in_the_filter_leads_nowhere(page: Page) -> None:
    page.goto("/questions/")
    page.get_by_role("searchbox", name="Words").fill("pull")
    page.keyboard.press("Enter")
    assert shown(page) == ["2"]


def test_without_scripts_the_whole_list_is_there_and_no_filter(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/questions/")
    assert shown(page) == ["1", "2"]
    assert not page.get_by_role("searchbox", name="Words").is_visible()
    context.close()


def test_a_new_reader_sees_no_marks_and_no_greeting_and_gets_no_database(page: Page) -> None:
    for address in ("/questions/", "/"):
        page.goto(address, wait_until="networkidle")
        assert page.locator(".mark").count() == 0
        assert not page.get_by_role("combobox", name="Progress").is_visible()
        assert not page.locator(".returning").is_visible()
    assert page.evaluate("indexedDB.databases()") == []


def test_what_was_practised_is_marked_on_every_list_and_can_be_filtered(page: Page) -> None:
    page.goto("/questions/")
    practise(page, 1)
    practise(page, 2, at=LONG_AGO)
    page.reload()
    marks = page.locator(".questions li .mark")
    marks.first.wait_for()
    assert marks.all_inner_texts() == ["practised", "due"]
    page.get_by_role("combobox", name="Progress").select_option("Due")
    assert shown(page) == ["2"]
    page.get_by_role("combobox", name="Progress").select_option("New")
    assert shown(page) == []
    for address in ("/levels/repairs/", "/topics/images/"):
        page.goto(address)
        page.locator(".mark.due").wait_for()


def test_a_returning_reader_is_told_how_things_stand(page: Page) -> None:
    page.goto("/")
    practise(page, 2, at=LONG_AGO)
    page.reload()
    page.get_by_text("Welcome back: 1 item is due, 1 met so far.").wait_for()
    page.get_by_role("link", name="Practise what is due").click()
    page.wait_for_url("**/try/practice/")


def test_a_reader_with_nothing_due_may_go_on_with_new_items(page: Page) -> None:
    page.goto("/")
    practise(page, 1)
    page.reload()
    page.get_by_text("Welcome back: nothing is due, 1 met so far.").wait_for()
    assert page.get_by_role("link", name="Practise something new").is_visible()
