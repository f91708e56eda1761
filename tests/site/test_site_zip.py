"""The zip of a site, opened from the disk as a reader does, in Chromium."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quiz.site.browser.modules import CircularImportError
from quiz.site.builders import Builder
from quiz.site.portable.archive import write_zip
from quiz.site.portable.bundling import UnbundledError, bundle
from tests.site.conftest import build_site
from tests.site.practice_site import answer, submit, write_practice_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module", params=list(Builder))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    return build_site(write_practice_bank(folder / "source"), folder, request.param)


@pytest.fixture(scope="module")
def unpacked(site: Path) -> Path:
    """The folder that a reader has unpacked."""
    target = site.parent / "reading.zip"
    write_zip(site, target)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(site.parent / "unpacked")
    return site.parent / "unpacked" / "reading"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for an error of ours, or for anything asked of the network."""
    context = browser.new_context()
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else wrong.append(request.url),
    )
    yield opened
    assert wrong == []
    context.close()


@pytest.mark.browser
def test_practice_works_from_the_disk_and_progress_lasts(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "try" / "practice" / "index.html").as_uri() + "?kind=choice&level=repairs")
    page.locator(".start button.main:not([disabled])").click()
    page.locator(".card").wait_for()
    answer(page, "choice")
    submit(page)
    assert page.locator(".verdict .title").inner_text() == "Right"
    page.locator('[data-rating="3"]').click()
    page.get_by_role("link", name="Your progress").last.click()
    page.get_by_text("1 review of 1 item").wait_for()


@pytest.mark.browser
def test_links_lead_to_pages_and_not_to_folders(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.locator('.md-content a[href*="questions/"]').first.click()
    page.locator("h1").wait_for()
    page.locator('.md-content a[href*="1/"]').first.click()
    page.get_by_text("Show the answer").click()
    assert page.url.endswith("/questions/1/index.html")


@pytest.mark.browser
def test_a_site_that_is_no_zip_says_what_to_do(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "try" / "practice" / "index.html").as_uri())
    page.get_by_text("ecsquiz site build --zip").wait_for()
    page.close()


def test_the_same_site_gives_the_same_zip(site: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_zip(site, tmp_path / name / "site.zip")
    assert (tmp_path / "one" / "site.zip").read_bytes() == (tmp_path / "two" / "site.zip").read_bytes()


def test_modules_become_one_script_that_does_the_same(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "sum.js").write_text(
        'import * as numbers from "./numbers.js";\nexport const sum = () => numbers.one + numbers.two;\n'
    )
    (tmp_path / "parts" / "numbers.js").write_text("export const [one, two] = [1, 2];\n")
    (tmp_path / "parts" / "all.js").write_text('export { sum } from "./sum.js";\n')
    (tmp_path / "main.js").write_text(
        'import { sum as total } from "./parts/all.js";\n'
        'import("./parts/numbers.js").then(({ two }) => console.log(total() * two, import.meta.url));\n'
    )
    script = 'globalThis.document = { currentScript: { src: "file:///a/x.js" } };\n' + bundle(
        tmp_path / "main.js"
    )
    said = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout
    assert said == "6 file:///a/main.js\n"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('import "./b.js";\n', UnbundledError),
        ('import { a } from "./a.js";\nexport const b = a;\n', CircularImportError),
    ],
    ids=["an import that is not known", "a circle"],
)
def test_a_module_that_cannot_be_put_in_is_an_error(
    tmp_path: Path, text: str, error: type[ValueError]
) -> None:
    (tmp_path / "a.js").write_text(text)
    with pytest.raises(error, match=r"a\.js"):
        bundle(tmp_path / "a.js")
