"""Practising in the browser, as each builder makes the site: by mouse, by touch and by keys alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quiz.items.item import Kind
from quiz.site.builders import Builder
from tests.conftest import Run
from tests.site.conftest import build_site, serve, watched
from tests.site.practice_site import answer, begin, put_in_order, submit, write_practice_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
KINDS = [kind.value for kind in Kind]


@pytest.fixture(scope="module", params=list(Builder))
def practice_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("practice")
    server = serve(build_site(write_practice_bank(folder / "source"), folder, request.param))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, practice_site: str) -> Iterator[Page]:
    """A page of a browser that has kept nothing yet; fails the test for an error in the console."""
    yield from watched(browser, practice_site)


def title(page: Page) -> str:
    return page.locator(".verdict .title").inner_text()


def reviews(page: Page) -> list[dict[str, Any]]:
    """What the page exports: the reviews of all items."""
    page.goto("/try/practice/?level=repairs")
    page.locator(".transfer summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    return [
        {**review, "key": item["key"]}
        for bank in document["progress"]["banks"]
        for item in bank["items"]
        for review in item["reviews"]
    ]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "recall"])
def test_a_right_answer_is_told_explained_and_kept(page: Page, kind: str) -> None:
    begin(page, kind)
    answer(page, kind)
    submit(page)
    assert title(page) == "Right"
    assert page.locator(".verdict a", has_text="question 2").is_visible()
    page.locator('[data-rating="3"]').click()
    page.locator(".summary").wait_for()
    assert [(review["rating"], review["score"]) for review in reviews(page)] == [(3, 1)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "recall"])
def test_who_gives_up_sees_the_answer_and_is_proposed_again(page: Page, kind: str) -> None:
    begin(page, kind)
    page.get_by_role("button", name="Show the answer").click()
    assert title(page) == "Not yet"
    assert page.locator(".rating.main").get_attribute("data-rating") == "1"


def test_a_free_answer_is_checked_by_its_key_points(page: Page) -> None:
    begin(page, "recall")
    answer(page, "recall")
    submit(page)
    assert title(page) == "What did your answer say?"
    boxes = page.locator(".check input")
    assert boxes.count() == 4
    for box in boxes.all():
        box.check()
    assert title(page) == "Right"
    page.locator('[data-rating="4"]').click()
    page.locator(".summary").wait_for()
    kept = reviews(page)
    assert [(review["rating"], review["score"]) for review in kept] == [(4, 1)]
    assert kept[0]["answer"].startswith("Read the stopped reason")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_answered_and_rated_by_keys_alone(page: Page, kind: str) -> None:
    page.goto(f"/try/practice/?kind={kind}&level=repairs")
    start = page.locator(".start button.main:not([disabled])")
    start.focus()
    page.keyboard.press("Enter")
    page.locator(".card").wait_for()
    match kind:
        case "choice":
            texts = page.locator(".option .text").all_inner_texts()
            page.keyboard.press(str(texts.index("The execution role") + 1))
            page.keyboard.press("Enter")
        case "cloze":
            page.keyboard.type("BatchGetImage")
            page.keyboard.press("Enter")
        case "ordering":
            for button in ('button[aria-label$="up"]', 'button[aria-label$="down"]'):
                assert page.locator(button).first.evaluate("button => button.tabIndex") == 0
            put_in_order_by_keys(page)
            page.locator(".card button[type=submit]").focus()
            page.keyboard.press("Enter")
        case "matching":
            for menu in page.locator("select").all():
                menu.focus()
                page.keyboard.press("ArrowDown")
            page.locator(".card button[type=submit]").focus()
            page.keyboard.press("Enter")
            assert "one only" in page.locator(".card .complaint").inner_text()
            answer(page, "matching")
            page.locator(".card button[type=submit]").press("Enter")
        case "command":
            page.keyboard.type("aws ecr list-images --repository-name=web")
            page.keyboard.press("Enter")
        case "recall":
            page.keyboard.type("The stopped reason.")
            page.keyboard.press("Control+Enter")
            page.locator(".check input").first.focus()
            page.keyboard.press("Space")
    page.locator(".verdict .title").wait_for()
    assert title(page) == ("Partly right" if kind == "recall" else "Right")
    page.keyboard.press("3")
    page.locator(".summary").wait_for()
    assert len(reviews(page)) == 1


def put_in_order_by_keys(page: Page) -> None:
    for at, words in enumerate(("Ask for a token", "Ask for the manifest", "Download the layers")):
        row = page.locator(".steps > li").filter(has_text=words)
        while words not in page.locator(".steps > li").nth(at).inner_text():
            row.locator('button[aria-label$="up"]').focus()
            page.keyboard.press("Enter")
            assert row.locator('button[aria-label$="up"]').evaluate("b => b === document.activeElement")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_answered_by_touch_on_a_phone(
    browser: Browser, practice_site: str, kind: str
) -> None:
    context = browser.new_context(
        base_url=practice_site, has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    page.goto(f"/try/practice/?kind={kind}&level=repairs")
    page.locator(".start button.main:not([disabled])").tap()
    page.locator(".card").wait_for()
    if kind == "choice":
        page.locator(".option", has_text="The execution role").tap()
    else:
        answer(page, kind)
    page.locator(".card button[type=submit]").tap()
    page.locator('[data-rating="3"]').tap()
    page.locator(".summary").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_step_can_be_dragged_to_its_place(page: Page) -> None:
    begin(page, "ordering")
    row = page.locator(".steps > li").filter(has_text="Ask for a token")
    handle, first = row.locator(".handle"), page.locator(".steps > li").first
    box, target = handle.bounding_box(), first.bounding_box()
    assert box is not None
    assert target is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, target["y"] + 1, steps=6)
    page.mouse.up()
    assert "Ask for a token" in first.inner_text()
    put_in_order(page)
    submit(page)
    assert title(page) == "Right"


def test_an_answer_that_is_none_yet_says_what_is_missing(page: Page) -> None:
    begin(page, "choice")
    page.locator(".card button[type=submit]").click()
    assert page.locator(".card .complaint").inner_text() == "Choose one of the answers."


def test_hints_come_one_by_one_and_cost_the_good_rating(page: Page) -> None:
    begin(page, "choice")
    page.keyboard.press("h")
    page.keyboard.press("h")
    assert page.locator(".hints li").count() == 2
    assert page.locator(".option.struck").count() == 2
    page.get_by_label("The execution role").check()
    submit(page)
    assert page.locator(".rating.main").get_attribute("data-rating") == "2"


def test_a_reload_in_the_middle_of_a_question_changes_nothing(page: Page) -> None:
    begin(page, "cloze")
    page.get_by_label("The missing words").press_sequentially("ecr:Batch")
    page.reload()
    assert page.get_by_label("The missing words").input_value() == "ecr:Batch"


@pytest.mark.parametrize("kind", ["ordering", "matching", "recall"])
def test_a_reload_after_the_answer_still_asks_for_the_rating(page: Page, kind: str) -> None:
    begin(page, kind)
    answer(page, kind)
    submit(page)
    before = page.locator(".card").inner_text()
    page.reload()
    page.locator(".ratings").wait_for()
    assert page.locator(".card").inner_text() == before


def test_undo_takes_back_the_verdict_and_then_the_review(page: Page) -> None:
    page.goto("/try/practice/?level=repairs")
    page.locator(".start button.main:not([disabled])").click()
    page.locator(".card").wait_for()
    stem = page.locator(".stem").inner_text()
    page.get_by_role("button", name="Show the answer").click()
    page.keyboard.press("u")
    page.get_by_role("button", name="Show the answer").click()
    page.keyboard.press("1")
    page.wait_for_function("before => document.querySelector('.stem')?.innerText !== before", arg=stem)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("before => document.querySelector('.stem')?.innerText === before", arg=stem)
    assert reviews(page) == []


def test_the_last_answer_of_a_session_can_be_undone_too(page: Page) -> None:
    begin(page, "choice")
    answer(page, "choice")
    submit(page)
    page.keyboard.press("3")
    page.get_by_role("button", name="Undo the last answer").click()
    page.locator(".card").wait_for()
    assert reviews(page) == []


def test_what_is_set_aside_is_not_asked_again(page: Page) -> None:
    begin(page, "choice")
    page.keyboard.press("x")
    page.locator(".summary").wait_for()
    page.goto("/try/practice/?kind=choice&level=repairs")
    page.get_by_text("nothing of this kind").wait_for()
    assert page.locator(".start button.main").is_disabled()


def test_keys_belong_to_a_field_while_somebody_types(page: Page) -> None:
    begin(page, "cloze")
    page.keyboard.type("suxeh?1")
    assert page.get_by_label("The missing words").input_value() == "suxeh?1"


def test_the_keys_are_listed_under_a_question_mark(page: Page) -> None:
    begin(page, "choice")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert "undo" in dialog.inner_text()
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_a_session_of_minutes_shows_the_time_that_is_left(page: Page) -> None:
    page.goto("/try/practice/?level=repairs")
    page.get_by_label("How long").select_option("m5")
    page.locator(".start button.main:not([disabled])").click()
    page.locator(".time").wait_for()
    assert re.fullmatch(r"[45]:\d\d", page.locator(".time").inner_text())


def test_the_wait_that_each_rating_gives_stands_on_its_button(page: Page) -> None:
    begin(page, "choice")
    page.get_by_role("button", name="Show the answer").click()
    assert page.locator(".rating .wait").all_inner_texts() == ["1 min", "6 min", "10 min", "8 days"]


def test_what_was_chosen_is_remembered_for_the_next_time(page: Page) -> None:
    begin(page, "choice")
    page.keyboard.press("e")
    page.get_by_role("button", name="Practise on").click()
    page.locator(".start").wait_for()
    assert page.get_by_label("Level").input_value() == "repairs"
    assert page.locator(".kinds input:checked").count() == 1


def test_the_form_can_be_filled_in_before_its_script_has_come(page: Page) -> None:
    script = "**/app/practice.js"
    page.route(script, lambda _: None)  # neither answered nor refused, until the route is taken away
    page.goto("/try/practice/?level=troubles", wait_until="commit")
    page.get_by_label("Level").select_option("repairs")
    page.get_by_label("Gap").uncheck()
    assert page.locator(".start button.main").is_disabled()
    page.unroute(script)
    page.locator(".start button.main:not([disabled])").wait_for()
    assert page.get_by_label("Level").input_value() == "repairs"
    assert not page.get_by_label("Gap").is_checked()


def test_progress_of_the_page_goes_into_the_terminal_and_back(
    page: Page, ecsquiz: Run, tmp_path: Path
) -> None:
    begin(page, "choice")
    answer(page, "choice")
    submit(page)
    page.keyboard.press("3")
    page.locator(".summary").wait_for()
    page.get_by_role("button", name="Practise on").click()
    page.locator(".transfer summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    imported = ecsquiz("progress", "import", str(file))
    assert imported.returncode == 0, imported.stderr
    again = ecsquiz("progress", "export", str(tmp_path / "again.json"))
    assert again.returncode == 0, again.stderr
    page.locator("#progress-file").set_input_files(tmp_path / "again.json")
    page.get_by_text("0 reviews added; there are 1 now.").wait_for()


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        '{"format": "ecsquiz progress", "version": 99, "progress": {}}',
        json.dumps(
            {
                "format": "ecsquiz progress",
                "version": 1,
                "progress": {
                    "learner": "<script>alert(1)</script>",
                    "settings": {"retention": 9},
                    "banks": [],
                },
            }
        ),
    ],
    ids=["not JSON", "a newer version", "settings that cannot be"],
)
def test_a_bad_file_changes_nothing_and_says_so(page: Page, tmp_path: Path, content: str) -> None:
    begin(page, "choice")
    answer(page, "choice")
    submit(page)
    page.keyboard.press("3")
    page.get_by_role("button", name="Practise on").click()
    page.locator(".transfer summary").click()
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    page.locator("#progress-file").set_input_files(tmp_path / "bad.json")
    page.get_by_text("Nothing was changed.").wait_for()
    assert len(reviews(page)) == 1


def test_without_storage_the_page_works_and_says_that_nothing_lasts(
    browser: Browser, practice_site: str
) -> None:
    context = browser.new_context(base_url=practice_site)
    context.add_init_script("Object.defineProperty(globalThis, 'indexedDB', {value: undefined})")
    page = context.new_page()
    begin(page, "choice")
    assert "keeps nothing" in page.locator(".notice").inner_text()
    answer(page, "choice")
    submit(page)
    assert title(page) == "Right"
    context.close()


@pytest.mark.parametrize("name", ["practice", "progress", "exam"])
def test_every_module_of_a_page_is_asked_for_at_once(page: Page, practice_site: str, name: str) -> None:
    """A module that is named only by another module would come a round trip later."""
    page.goto(f"/try/{name}/")
    page.locator(".transfer, .practice a, .start button:not([disabled])").first.wait_for()
    named = page.locator('link[rel="modulepreload"]').evaluate_all("links => links.map(({ href }) => href)")
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name).filter(name => name.includes('/app/'))"
    )
    assert set(loaded) == set(named)
    assert all(address.startswith(f"{practice_site}/assets/app/") for address in named)
