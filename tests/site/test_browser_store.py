"""Progress kept in a real browser: reloads, crashes, two tabs, private windows, changed banks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import CHECKOUT
from tests.site.conftest import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AT = 1_795_000_000_000_000
ITEM = {"id": "1/choice/a", "question": 1, "kind": "choice", "stem": "Which?", "answers": ["That."]}
OPEN = """
const { openStore } = await import("/store.js");
const histories = await import("/history.js");
const { USUAL } = await import("/tuning.js");
const store = await openStore(given.options);
const item = (key = "a", stem = "Which?") => ({
  id: `1/choice/${key}`, question: 1, kind: "choice", stem, answers: ["That."],
});
const review = (at = 0, rating = 3) => ({
  at: 1_795_000_000_000_000 + at, rating, suggested: 3, score: 1, answer: "That.", seconds: 2,
});
const keys = async () => [...(await store.load("bank")).pasts.keys()];
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The address at which the modules are served."""
    server: ThreadingHTTPServer = serve(CHECKOUT / "docs" / "assets" / "app")
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser, origin: str) -> Iterator[BrowserContext]:
    """A browser without any progress."""
    opened = browser.new_context(base_url=origin)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return tab(context)


def tab(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.goto("fragments.js")  # any page of the origin will do
    return opened


def run(page: Page, body: str, **given: Any) -> Any:
    """What a function gives in the page that has opened the store."""
    return page.evaluate(f"async (given) => {{ {OPEN} {body} }}", given)


def test_a_review_is_there_after_a_reload(page: Page) -> None:
    receipt = run(page, "return store.addReview('bank', item(), review());")
    page.reload()
    kept = run(page, "return [...(await store.load('bank')).pasts.values()];")
    assert [one["at"] for one in kept[0]["reviews"]] == [AT]
    assert kept[0]["schedule"] == receipt["after"]
    assert (receipt["slug"], receipt["key"], receipt["before"]) == ("bank", "1/choice/a", None)


def test_a_page_that_is_killed_right_after_an_answer_has_kept_it(context: BrowserContext) -> None:
    page = tab(context)
    run(page, "for (let n = 0; n < 20; n++) await store.addReview('bank', item(), review(n * 1e9));")
    page.close(run_before_unload=False)
    kept = run(tab(context), "return (await store.load('bank')).pasts.get('1/choice/a').reviews.length;")
    assert kept == 20


def test_a_page_that_is_killed_in_the_middle_has_whole_reviews_only(context: BrowserContext) -> None:
    page = tab(context)
    body = """
    for (let n = 0; ; n++) {
      await store.addReview("bank", item(), review(n * 1e9));
      window.kept = n + 1;
    }
    """
    page.evaluate(f"(given) => {{ (async () => {{ {OPEN} {body} }})(); }}", {})
    page.wait_for_function("window.kept > 5")
    told = page.evaluate("window.kept")
    page.close(run_before_unload=False)
    past = run(tab(context), "return (await store.load('bank')).pasts.get('1/choice/a');")
    assert len(past["reviews"]) >= told
    body = "return (await import('/fsrs.js')).replay(given.reviews, USUAL).at(-1);"
    assert run(tab(context), body, reviews=past["reviews"]) == past["schedule"]


def test_undo_puts_back_what_was_there_before(page: Page) -> None:
    body = """
    await store.addReview("bank", item(), review());
    const before = await store.history();
    const receipt = await store.addReview("bank", item(), review(1e9, 1));
    await store.undoLast(receipt);
    return JSON.stringify(before) === JSON.stringify(await store.history());
    """
    assert run(page, body) is True


def test_undoing_the_first_review_leaves_nothing(page: Page) -> None:
    body = "await store.undoLast(await store.addReview('bank', item(), review())); return keys();"
    assert run(page, body) == []


def test_two_tabs_lose_no_review_of_each_other(context: BrowserContext) -> None:
    one, other = tab(context), tab(context)
    body = """
    const name = given.name;
    for (let n = 0; n < 30; n++) {
      await store.addReview("bank", item("shared"), review(2e9 * n + given.shift));
      await store.addReview("bank", item(name), review(2e9 * n));
    }
    """
    for page, name, shift in ((one, "left", 0), (other, "right", 1e9)):
        page.evaluate(
            f"(given) => {{ window.done = (async () => {{ {OPEN} {body} }})(); }}",
            {"name": name, "shift": shift},
        )
    for page in (one, other):
        page.evaluate("() => window.done")
    body = "return [...(await store.load('bank')).pasts].map(([key, { reviews }]) => [key, reviews.length]);"
    assert dict(run(one, body)) == {"1/choice/left": 30, "1/choice/right": 30, "1/choice/shared": 60}


def test_an_item_that_another_tab_reviewed_cannot_be_undone_here(context: BrowserContext) -> None:
    one, other = tab(context), tab(context)
    receipt = run(one, "return store.addReview('bank', item(), review());")
    run(other, "return store.addReview('bank', item(), review(1e9));")
    body = "return store.undoLast(given.receipt).then(() => 'undone', (error) => error.message);"
    assert "somewhere else" in run(one, body, receipt=receipt)
    assert run(one, "return (await store.load('bank')).pasts.get('1/choice/a').reviews.length;") == 2


def test_a_tab_is_told_when_another_changes_something(context: BrowserContext) -> None:
    one, other = tab(context), tab(context)
    one.evaluate(f"async (given) => {{ {OPEN} store.watch(() => (window.told = true)); }}", {})
    run(other, "return store.addReview('bank', item(), review());")
    one.wait_for_function("window.told")


def test_a_session_and_what_was_typed_outlive_a_reload(page: Page) -> None:
    run(page, "return store.saveSession('practice', { draft: 'half an ans', order: [2, 0, 1] });")
    page.reload()
    assert run(page, "return store.loadSession('practice');") == {"draft": "half an ans", "order": [2, 0, 1]}
    run(page, "return store.clearSession('practice');")
    assert run(page, "return store.loadSession('practice');") is None


def test_without_storage_progress_lasts_as_long_as_the_page_and_says_so(page: Page) -> None:
    body = """
    const broken = { open() { throw new DOMException("no", "SecurityError"); } };
    const memory = await openStore({ indexedDB: given.broken ? broken : null });
    const receipt = await memory.addReview("bank", item(), review());
    await memory.saveSession("practice", { a: 1 });
    const kept = (await memory.load("bank")).pasts.size;
    await memory.undoLast(receipt);
    const failed = await memory.undoLast(receipt).then(() => "", (error) => error.message);
    return [memory.notice, kept, (await memory.load("bank")).pasts.size, failed,
      await memory.loadSession("practice")];
    """
    for broken in (True, False):
        notice, kept, left, failed, session = run(page, body, broken=broken)
        assert "keeps nothing" in notice
        assert (kept, left, session) == (1, 0, {"a": 1})
        assert "somewhere else" in failed
    assert run(page, "return store.notice;") == ""


def test_progress_of_a_newer_version_is_left_alone(page: Page) -> None:
    newer = """
    await new Promise((done) => { indexedDB.open("ecsquiz", 99).onsuccess = ({ target }) => {
      target.result.close(); done(); }; });
    """
    page.evaluate(f"async () => {{ {newer} }}")
    notice, keys = run(page, "return [store.notice, await keys()];")
    assert "newer version" in notice
    assert keys == []


def test_an_open_page_does_not_keep_a_newer_one_from_opening(context: BrowserContext) -> None:
    old, new = tab(context), tab(context)
    body = "Object.assign(window, { store, item: item(), review: review() });"
    old.evaluate(f"async (given) => {{ {OPEN} {body} }}", {})
    upgraded = """async () => new Promise((done, failed) => {
      const request = indexedDB.open("ecsquiz", 99);
      request.onsuccess = () => done("opened"); request.onblocked = () => failed("blocked"); })"""
    assert new.evaluate(upgraded) == "opened"
    body = "store.addReview('bank', item, review).then(() => '', (error) => error.message)"
    assert "newer version" in old.evaluate(body)


def document(*ats: int, settings: dict[str, Any] | None = None) -> str:
    reviews = [
        {"at": AT + at, "rating": 3, "suggested": None, "score": 1, "answer": "", "seconds": 1} for at in ats
    ]
    schedule = {
        "state": 2, "step": None, "stability": 3.0, "difficulty": 5.0, "due": AT + 10**12, "last_review": AT,
    }  # fmt: skip
    past = {
        **ITEM,
        "key": "1/choice/a",
        "answer": "That.",
        "reviews": reviews,
        "schedule": schedule,
        "flags": [],
    }
    past = {name: value for name, value in past.items() if name not in ("id", "answers")}
    progress = {"learner": "ann", "settings": settings or {}, "banks": [{"slug": "bank", "items": [past]}]}
    return json.dumps({"format": "ecsquiz progress", "version": 1, "progress": progress})


def test_merging_a_file_keeps_both_sides_and_what_was_there_as_a_backup(page: Page) -> None:
    body = """
    await store.addReview("bank", item(), review(5e9));
    await store.addReview("bank", item("b"), review());
    const { before, after } = await store.merge(histories.parse(given.text));
    const again = await store.merge(histories.parse(given.text));
    const [backup] = (await store.backups()).slice(-1);
    return [histories.count(before), histories.count(after), histories.count(again.after),
            histories.count(histories.parse(backup.text)), backup.reason, await keys()];
    """
    found = run(page, body, text=document(0, 10**9))
    assert found == [2, 4, 4, 2, "merge", ["1/choice/a", "1/choice/b"]]


def test_an_import_replaces_everything_and_can_be_taken_back(page: Page) -> None:
    body = """
    await store.addReview("bank", item("b"), review());
    await store.replaceAll(histories.parse(given.text));
    const there = [await keys(), (await store.tuning()).retention];
    const [backup] = await store.backups();
    await store.replaceAll(histories.parse(backup.text));
    return [...there, await keys(), (await store.tuning()).retention];
    """
    found = run(page, body, text=document(0, settings={"retention": 0.8}))
    assert found == [["1/choice/a"], 0.8, ["1/choice/b"], 0.9]


def test_a_file_that_cannot_be_read_changes_nothing(page: Page) -> None:
    body = """
    await store.addReview("bank", item("b"), review());
    const before = JSON.stringify(await store.history());
    let said = "";
    try { await store.merge(histories.parse('{"format": "x"}')); } catch (error) { said = error.message; }
    return [said.startsWith("This is not"), before === JSON.stringify(await store.history())];
    """
    assert run(page, body) == [True, True]


def test_at_most_five_backups_are_kept(page: Page) -> None:
    body = """
    await store.addReview("bank", item(), review());
    for (let n = 0; n < 8; n++) await store.merge(histories.empty());
    const all = await store.backups();
    return [all.length, all.every(({ at }, n) => !n || at < all[n - 1].at)];
    """
    assert run(page, body) == [5, True]


def test_only_what_is_meant_is_forgotten(page: Page) -> None:
    body = """
    for (const key of ["a", "b"]) await store.addReview("bank", item(key), review());
    await store.addReview("other bank", item("c"), review());
    await store.forget("bank", ({ key }) => key.endsWith("a"));
    const left = await keys();
    await store.forget("bank");
    return [left, await keys(), (await store.load("other bank")).pasts.size];
    """
    assert run(page, body) == [["1/choice/a"], [], 1]


def test_an_item_set_aside_is_so_after_a_reload_and_comes_back(page: Page) -> None:
    run(page, "await store.addReview('bank', item(), review()); return store.suspend('bank', item(), 7);")
    page.reload()
    assert run(page, "return (await store.load('bank')).pasts.get('1/choice/a').suspended;") == 7
    run(page, "return store.restore('bank', '1/choice/a');")
    past = run(page, "return (await store.load('bank')).pasts.get('1/choice/a');")
    assert (past["suspended"], len(past["reviews"])) == (None, 1)


def test_settings_decide_how_the_next_review_is_scheduled(page: Page) -> None:
    body = """
    const first = await store.addReview("bank", item("a"), review(0, 4));
    await store.setTuning({ ...USUAL, retention: 0.97 });
    const second = await store.addReview("bank", item("b"), review(0, 4));
    const wrong = await store.setTuning({ ...USUAL, retention: 3 }).then(() => "", (error) => error.message);
    return [first.after.due > second.after.due, (await store.history()).settings, wrong];
    """
    shorter, settings, wrong = run(page, body)
    assert shorter
    assert settings == {"retention": 0.97}
    assert "retention" in wrong


def test_histories_follow_items_that_a_changed_bank_names_differently(page: Page) -> None:
    body = """
    for (const key of ["a", "b", "gone"]) await store.addReview("bank", item(key, `What is ${key}?`),
      review());
    const bank = [item("new name", "What is a?"), item("a", "What is b?"), item("c", "Something else")];
    const moves = await store.follow("bank", "second", bank);
    const { pasts } = await store.load("bank");
    const again = await store.follow("bank", "second", []);
    return [moves, [...pasts].map(([key, { stem }]) => [key, stem]).sort(), again];
    """
    moves, pasts, again = run(page, body)
    assert {(move["old"], move["new"]) for move in moves} >= {
        ("1/choice/a", "1/choice/new name"),
        ("1/choice/b", "1/choice/a"),
    }
    assert ["1/choice/new name", "What is a?"] in pasts
    assert ["1/choice/a", "What is b?"] in pasts
    assert len(pasts) == 3
    assert again == []


def test_a_bank_is_followed_once_and_again_after_an_import(page: Page) -> None:
    body = """
    const followed = async () => (await store.load("bank")).fingerprint;
    await store.addReview("bank", item(), review());
    const states = [await followed()];
    await store.follow("bank", "second", [item()]);
    states.push(await followed());
    await store.merge(histories.parse(given.text));
    return [...states, await followed()];
    """
    assert run(page, body, text=document(0)) == [None, "second", None]


def test_ten_thousand_reviews_are_read_and_added_to_without_waiting_long(page: Page) -> None:
    """Not a measurement: it must not take so long that nobody would wait."""
    body = """
    const banks = [{ slug: "bank", items: Array.from({ length: 1000 }, (_, n) => ({
      key: `${n}/choice/a`, question: n, kind: "choice", stem: "?".repeat(200), answer: "!".repeat(100),
      reviews: Array.from({ length: 10 }, (_, m) => review(m * 1e9 + n)), schedule: null,
        suspended: null, flags: [],
    })) }];
    await store.replaceAll({ ...histories.empty(), banks });
    await store.addReview("bank", item(), review());
    return histories.count(await store.history());
    """
    assert run(page, body) == 10_001
