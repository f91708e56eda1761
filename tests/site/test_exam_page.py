"""The exam simulation in the browser: no feedback before the end, then a result by topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import build_site, serve, watched
from tests.site.practice_site import answer, write_practice_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

from quiz.site.builders import Builder

pytestmark = pytest.mark.browser
KINDS = ("choice", "cloze", "ordering", "matching", "command")


@pytest.fixture(scope="module", params=list(Builder))
def practice_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("exam")
    server = serve(build_site(write_practice_bank(folder / "source"), folder, request.param))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, practice_site: str) -> Iterator[Page]:
    yield from watched(browser, practice_site)


@pytest.fixture
def sitting(page: Page) -> Page:
    """An exam with one item of each kind but the free answer, begun."""
    page.goto("/try/exam/")
    page.get_by_label("Level").select_option("repairs")
    page.get_by_text("the exam will have 5").wait_for()
    page.get_by_role("button", name="Begin the exam").click()
    page.locator(".card").wait_for()
    return page


def hand_in(page: Page) -> None:
    """End the exam, and say so again in the dialog that asks."""
    page.get_by_role("button", name="End the exam").click()
    page.locator("dialog[open]").get_by_role("button", name="Hand in").click()
    page.locator(".summary .title").wait_for()


def kind_shown(page: Page) -> str:
    shown = page.locator(".card").get_attribute("class") or ""
    return next(kind for kind in KINDS if kind in shown.split())


def test_all_right_answers_earn_all_points(sitting: Page) -> None:
    for number in range(1, 6):
        answer(sitting, kind_shown(sitting))
        if number < 5:
            sitting.get_by_role("button", name="Next").click()
    sitting.get_by_role("button", name="Hand in").click()
    assert "Every question has an answer." in sitting.locator("dialog[open]").inner_text()
    sitting.locator("dialog[open]").get_by_role("button", name="Hand in").click()
    assert sitting.locator(".summary .title").inner_text() == "100% of the points"
    assert "5 of 5 fully right" in sitting.locator(".summary").inner_text()
    topics = sitting.locator(".shares a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(topics) == 2
    assert all(address.startswith("../../try/practice/?topic=") for address in topics)


def test_nothing_says_what_is_right_before_the_end(sitting: Page) -> None:
    for _ in range(4):
        answer(sitting, kind_shown(sitting))
        sitting.get_by_role("button", name="Next").click()
    assert sitting.locator(".right, .wrong, .verdict").count() == 0


def test_questions_are_gone_through_in_any_order_and_marked(sitting: Page) -> None:
    sitting.get_by_role("button", name="Question 4", exact=True).click()
    sitting.get_by_label("look at it again").check()
    sitting.get_by_role("button", name="Question 1", exact=True).click()
    sitting.get_by_role("button", name="Question 4, to look at again").click()
    assert sitting.get_by_label("look at it again").is_checked()


def test_a_reload_keeps_the_place_the_answers_and_the_time(sitting: Page) -> None:
    kind = kind_shown(sitting)
    answer(sitting, kind)
    sitting.get_by_role("button", name="Next").click()
    sitting.reload()
    sitting.locator(".card").wait_for()
    assert sitting.locator(".count").inner_text().startswith("Question 2 of 5")
    assert sitting.locator(".entry.answered").count() == 1
    assert sitting.locator(".time").inner_text().startswith(("29:", "30:"))


def test_the_exam_ends_with_its_time(sitting: Page) -> None:
    sitting.clock.install()
    sitting.reload()
    sitting.locator(".card").wait_for()
    sitting.clock.run_for(31 * 60 * 1000)
    sitting.get_by_text("The time was over").wait_for()


def test_the_result_shows_each_question_with_its_explanation(sitting: Page) -> None:
    hand_in(sitting)
    first = sitting.locator(".entry-result").first
    assert first.locator("summary .outcome").inner_text() == "No answer"
    assert "CannotPullContainerError" in first.locator("summary").inner_text()
    first.locator("summary").click()
    first.get_by_text("From question 2").wait_for()
    sitting.get_by_role("button", name="Another exam").click()
    sitting.get_by_role("button", name="Begin the exam").wait_for()


def test_handing_in_names_what_has_no_answer_and_can_be_put_off(sitting: Page) -> None:
    answer(sitting, kind_shown(sitting))
    sitting.get_by_role("button", name="End the exam").click()
    assert "questions 2, 3, 4, 5." in sitting.locator("dialog[open]").inner_text()
    sitting.locator("dialog[open]").get_by_role("button", name="Go on").click()
    assert sitting.locator(".facts").is_visible()
    assert sitting.locator(".summary").count() == 0


def test_an_answer_that_was_taken_back_does_not_count_as_given(sitting: Page) -> None:
    while kind_shown(sitting) != "cloze":
        sitting.get_by_role("button", name="Next").click()
    answer(sitting, "cloze")
    sitting.get_by_text("1 of 5 answered").wait_for()
    sitting.get_by_label("The missing words").fill("")
    sitting.get_by_text("0 of 5 answered").wait_for()


def test_an_exam_is_sat_with_keys_alone(sitting: Page) -> None:
    while kind_shown(sitting) != "choice":
        sitting.get_by_role("button", name="Next").click()
    place = sitting.locator(".entry[aria-current]").inner_text()
    sitting.locator(".stem").focus()
    sitting.keyboard.press("2")
    assert sitting.locator(".card").get_by_role("radio").nth(1).is_checked()
    sitting.keyboard.press("m")
    assert sitting.get_by_label("look at it again").is_checked()
    sitting.keyboard.press("?")
    assert sitting.get_by_role("heading", name="Keys").is_visible()
    sitting.keyboard.press("Escape")
    assert "marked" in (sitting.locator(".entry").nth(int(place) - 1).get_attribute("class") or "")


def test_the_last_minutes_are_announced(sitting: Page) -> None:
    sitting.clock.install()
    sitting.reload()
    sitting.locator(".card").wait_for()
    sitting.clock.run_for(25 * 60 * 1000 + 5000)
    sitting.locator("[role=status]", has_text="5 minutes left.").wait_for(state="attached")
    sitting.clock.run_for(4 * 60 * 1000)
    sitting.locator("[role=status]", has_text="1 minute left.").wait_for(state="attached")


def test_all_questions_of_the_result_can_be_open_at_once(sitting: Page) -> None:
    """Several items stand on one page then: what their faces are named by must not meet."""
    while kind_shown(sitting) != "choice":
        sitting.get_by_role("button", name="Next").click()
    answer(sitting, "choice")
    hand_in(sitting)
    for summary in sitting.locator(".entry-result summary").all():
        summary.click()
    sitting.locator(".entry-result .source").nth(4).wait_for()
    assert sitting.locator(".entry-result :checked:is(input)").count() == 1
    ids = sitting.locator(".practice [id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_the_address_chooses_level_and_topic(page: Page) -> None:
    page.goto("/try/exam/?level=repairs")
    page.get_by_text("the exam will have 5").wait_for()
    assert page.get_by_label("Level").input_value() == "repairs"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_scrolling_to_the_side_in_an_exam(
    browser: Browser, practice_site: str, scheme: str
) -> None:
    context = browser.new_context(
        base_url=practice_site,
        viewport={"width": 375, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=True,
    )
    page = context.new_page()
    page.goto("/try/exam/?level=repairs")
    page.get_by_role("button", name="Begin the exam").tap()
    for _ in range(5):
        page.locator(".card").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(".steps-row button.main").tap()
    page.locator("dialog[open]").get_by_role("button", name="Hand in").tap()
    page.locator(".summary .title").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_an_exam_does_not_touch_the_schedule(sitting: Page) -> None:
    hand_in(sitting)
    sitting.goto("/try/progress/")
    sitting.get_by_text("Nothing yet").wait_for()
