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
    page.add_init_script("window.confirm = () => true")
    page.goto("/try/exam/")
    page.get_by_label("Level").select_option("repairs")
    assert "the exam will have 5" in page.locator(".counts").inner_text()
    page.get_by_role("button", name="Begin the exam").click()
    page.locator(".card").wait_for()
    return page


def kind_shown(page: Page) -> str:
    shown = page.locator(".card").get_attribute("class") or ""
    return next(kind for kind in KINDS if kind in shown.split())


def test_all_right_answers_earn_all_points(sitting: Page) -> None:
    for number in range(1, 6):
        answer(sitting, kind_shown(sitting))
        if number < 5:
            sitting.get_by_role("button", name="Next").click()
    sitting.get_by_role("button", name="Hand in").click()
    assert sitting.locator(".summary .title").inner_text() == "100% of the points"
    assert "5 of 5 fully right" in sitting.locator(".summary").inner_text()
    assert sitting.locator(".by-topic tbody tr").count() == 2


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
    assert sitting.locator(".facts").inner_text().startswith("Question 2 of 5")
    assert sitting.locator(".entry.answered").count() == 1
    assert sitting.locator(".time").inner_text().startswith(("29:", "30:"))


def test_the_exam_ends_with_its_time(sitting: Page) -> None:
    sitting.clock.install()
    sitting.reload()
    sitting.locator(".card").wait_for()
    sitting.clock.run_for(31 * 60 * 1000)
    sitting.get_by_text("The time was over").wait_for()


def test_the_result_shows_each_question_with_its_explanation(sitting: Page) -> None:
    sitting.get_by_role("button", name="End the exam").click()
    first = sitting.locator(".entry-result").first
    assert first.locator("summary").inner_text() == "1. No answer"
    first.locator("summary").click()
    first.get_by_text("From question 2").wait_for()
    sitting.get_by_role("button", name="Another exam").click()
    sitting.get_by_role("button", name="Begin the exam").wait_for()


def test_an_exam_does_not_touch_the_schedule(sitting: Page) -> None:
    sitting.get_by_role("button", name="End the exam").click()
    sitting.locator(".summary").wait_for()
    sitting.goto("/try/progress/")
    sitting.get_by_text("Nothing yet").wait_for()
