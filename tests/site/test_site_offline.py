"""The site in a browser that keeps a copy of it: without a connection, and when a newer version comes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quiz.site.offline.worker import copied_files, write_worker
from tests.site.conftest import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

SETTLED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(registration?.active?.state === "activated" && !registration.installing);
}"""


@dataclass(frozen=True)
class Published:
    """A site that lies in a folder of its host, as on GitHub Pages, and can be published again."""

    folder: Path
    address: str
    context: BrowserContext

    def open(self, place: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + place)
        return page

    def visit(self, place: str = "") -> Page:
        """A page after the browser has copied the site."""
        page = self.open(place)
        wait_for(page, SETTLED)
        page.reload()
        return page

    def write_all(self, old: str, new: str) -> None:
        """Publish other words in question 2 and its data at once."""
        changed = [self.folder / "questions/2/index.html", *self.folder.glob("data/items-repairs-*.json")]
        for path in changed:
            path.write_text(path.read_text().replace(old, new))
        write_worker(self.folder)


@pytest.fixture
def published(browser: Browser, built_site: Path, tmp_path: Path) -> Iterator[Published]:
    folder = tmp_path / "host" / "ecsquiz"
    shutil.copytree(built_site, folder)
    server = serve(tmp_path / "host")
    context = browser.new_context(reduced_motion="reduce")
    yield Published(folder, f"http://127.0.0.1:{server.server_port}/ecsquiz/", context)
    context.close()
    server.shutdown()
    server.server_close()


def wait_for(page: Page, condition: str) -> None:
    """Until the condition, which may be asynchronous, holds."""
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {condition}")


def copies(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return names


def test_every_page_opens_without_a_connection(published: Published) -> None:
    page = published.visit()
    published.context.set_offline(True)
    for name in copied_files(published.folder):
        if name == "" or name.endswith("/"):
            answer = page.goto(published.address + name)
            assert answer
            assert answer.ok, name
    page.goto(published.address + "questions/2")
    assert page.url.endswith("/questions/2/")
    page.get_by_text("Show the answer").click()
    assert page.get_by_role("heading", name="Short answer").is_visible()


def test_the_search_works_without_a_connection(published: Published) -> None:
    page = published.visit()
    published.context.set_offline(True)
    page.reload()
    page.keyboard.press("/")
    page.keyboard.type("stoppedReason", delay=10)
    page.locator('a[href*="questions/2"]').first.wait_for(state="visible", timeout=15_000)


def test_a_new_version_is_offered_and_replaces_the_old_one_whole(published: Published) -> None:
    page = published.visit("questions/2/")
    other = published.open("questions/1/")
    other.evaluate("window.before = true")
    (before,) = copies(page)
    published.write_all("CannotPullContainerError", "CannotFetchContainerError")
    page.reload()
    page.get_by_text("A new version of this site is ready.").wait_for()
    page.reload()
    assert "CannotPullContainerError" in page.inner_text("h1")  # until the reader agrees
    assert "CannotPullContainerError" in items(page)
    page.get_by_role("button", name="Reload").click()
    page.get_by_role("heading", name="CannotFetchContainerError").wait_for()
    assert "CannotPullContainerError" not in items(page)
    wait_for(page, "async () => (await caches.keys()).length === 1")
    assert copies(page) != [before]
    wait_for(other, "() => !window.before")  # the other window comes along


def test_a_new_version_put_off_comes_when_the_site_was_closed(published: Published) -> None:
    page = published.visit("questions/2/")
    published.write_all("CannotPullContainerError", "CannotFetchContainerError")
    page.reload()
    page.get_by_role("button", name="Later").click()
    assert page.locator(".new-version").count() == 0
    page.close()
    for _ in range(100):
        page = published.open("questions/2/")
        if "CannotFetchContainerError" in page.inner_text("h1"):
            return
        page.close()
    raise AssertionError("the old version stays")


def test_what_is_published_in_halves_is_not_copied(published: Published) -> None:
    """The worker's list is new, a file it names is not: a server's cache, or an upload that is under way."""
    page = published.visit("questions/2/")
    (before,) = copies(page)
    published.write_all("CannotPullContainerError", "CannotFetchContainerError")
    path = published.folder / "questions/2/index.html"
    path.write_text(path.read_text().replace("CannotFetchContainerError", "CannotCatchContainerError"))
    page.evaluate("""async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const refused = new Promise((done) => {
          registration.addEventListener("updatefound", () => {
            const coming = registration.installing;
            coming.addEventListener("statechange", () => coming.state === "redundant" && done());
          });
        });
        await registration.update();
        await refused;
    }""")
    page.reload()
    assert "CannotPullContainerError" in page.inner_text("h1")
    assert before in copies(page)
    assert page.locator(".new-version").count() == 0


def test_copies_of_other_sites_on_the_host_stay(published: Published) -> None:
    page = published.open("")
    page.evaluate("caches.open('another site')")
    wait_for(page, SETTLED)
    assert "another site" in copies(page)
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(({scope}) => scope)") == (
        published.address
    )


def test_of_a_large_site_the_questions_stay_on_the_server_with_all_they_load(published: Published) -> None:
    write_worker(published.folder, largest=1)
    page = published.visit("questions/")
    published.context.set_offline(True)
    page.reload()
    assert page.get_by_role("heading", name="Questions").first.is_visible()
    published.context.set_offline(False)
    (published.folder / "assets" / "ecsquiz.css").write_text("h1 { color: rgb(1, 2, 3) !important }")
    page.goto(published.address + "questions/2/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"


def test_the_same_files_are_the_same_version(built_site: Path, tmp_path: Path) -> None:
    shutil.copytree(built_site, tmp_path / "site")
    first = write_worker(tmp_path / "site")
    assert write_worker(tmp_path / "site") == first
    (tmp_path / "site" / "assets" / "attempt.js").write_text("changed")
    assert write_worker(tmp_path / "site") != first


def test_the_site_says_how_it_is_installed(built_site: Path) -> None:
    told = json.loads((built_site / "manifest.webmanifest").read_text())
    assert (told["name"], told["display"], told["scope"]) == ("ecsquiz", "standalone", "./")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    assert all((built_site / icon["src"]).is_file() for icon in told["icons"])
    assert all((built_site / shortcut["url"]).is_dir() for shortcut in told["shortcuts"])


def items(page: Page) -> str:
    """The items of question 2's level, as the practice page would get them."""
    told: str = page.evaluate("""async () => {
        const data = new URL("../../data/", location.href);
        const bank = await (await fetch(new URL("bank.json", data))).json();
        return (await fetch(new URL(bank.levels[1].file, data))).text();
    }""")
    return told
