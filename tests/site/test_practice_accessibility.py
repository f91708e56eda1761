"""axe-core finds nothing in any state of the practice, progress and exam pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from quiz.items.item import Kind
from quiz.site.builders import Builder
from tests.site.checking import everywhere
from tests.site.conftest import build_site, serve
from tests.site.practice_site import answer, begin, submit, write_practice_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# The frame around it is looked at with the other pages.
PRACTICE = ".practice"


@pytest.fixture(scope="module", params=list(Builder))
def practice_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("practice")
    server = serve(build_site(write_practice_bank(folder / "source"), folder, request.param))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, practice_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=practice_site, bypass_csp=True, service_workers="block")
    yield context.new_page()
    context.close()


def looked_at(page: Page, state: str) -> str:
    """What axe finds, a line each, with every fold of the page open."""
    page.eval_on_selector_all(f"{PRACTICE} details", "all => all.forEach(one => (one.open = true))")
    return "\n".join(everywhere(page, state, PRACTICE))


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_asking_and_the_verdict_on_each_kind(page: Page, kind: str) -> None:
    begin(page, kind)
    found = looked_at(page, "asked")
    answer(page, kind)
    submit(page)
    assert found + looked_at(page, "answered") == ""


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind is not Kind.RECALL])
def test_a_hint_and_the_answer_shown_to_who_gives_up(page: Page, kind: str) -> None:
    begin(page, kind)
    page.keyboard.press("Escape")
    hint = page.get_by_role("button", name="Hint")
    if hint.count():
        hint.click()
    found = looked_at(page, "hinted")
    page.get_by_role("button", name="Show the answer").click()
    assert found + looked_at(page, "shown") == ""


def test_the_form_the_keys_the_summary_and_the_progress(page: Page) -> None:
    page.goto("/try/practice/?level=repairs")
    page.locator(".start button.main:not([disabled])").wait_for()
    found = looked_at(page, "form")
    begin(page, "choice")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    found += looked_at(page, "keys")
    page.keyboard.press("Escape")
    answer(page, "choice")
    submit(page)
    page.locator('[data-rating="3"]').click()
    page.locator(".summary").wait_for()
    found += looked_at(page, "summary")
    page.goto("/try/progress/")
    page.locator(".chart").first.wait_for()
    assert found + looked_at(page, "progress") == ""


def test_an_exam_from_its_form_to_its_result(page: Page) -> None:
    page.goto("/try/exam/")
    page.get_by_label("Level").select_option("repairs")
    found = looked_at(page, "form")
    page.get_by_role("button", name="Begin the exam").click()
    page.locator(".card").wait_for()
    found += looked_at(page, "sitting")
    page.get_by_role("button", name="End the exam").click()
    found += looked_at(page, "handing in")
    page.get_by_role("dialog", name="Hand in?").get_by_role("button", name="Hand in").click()
    page.locator(".summary").wait_for()
    assert found + looked_at(page, "result") == ""
