"""The whole way from questions to a website, with both builders, looked at in a browser."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(params=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest, ecsquiz: Run, bank_folder: Path, tmp_path: Path) -> Iterator[str]:
    """The small bank's site, built and served on this machine; gives its address."""
    path = bank_folder / "repairs" / "002-pull.md"
    figure = "## Steps\n\n```mermaid\nflowchart LR\n    A[Task] --> B[Registry]\n```\n"
    path.write_text(path.read_text().replace("## Steps\n", figure))
    out = tmp_path / "public"
    done = ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(out), "--builder", request.param)
    assert done.returncode == 0, done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=out))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page at the site that fails the test for a console error or a request to another host."""
    context = browser.new_context(base_url=site)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request",
        lambda request: None if request.url.startswith((site, "data:")) else wrong.append(request.url),
    )
    yield opened
    assert wrong == []
    context.close()


@pytest.mark.browser
def test_a_reader_tries_reveals_and_comes_back(page: Page) -> None:
    page.goto("/questions/2/")
    answer = page.get_by_role("heading", name="Short answer")
    assert not answer.is_visible()
    page.get_by_label("Say your answer first").fill("The tag is missing.")
    page.get_by_text("Show the answer").click()
    assert answer.is_visible()
    assert page.get_by_role("img", name="Diagram: Task; Registry").is_visible()
    page.reload()
    assert page.get_by_label("Say your answer first").input_value() == "The tag is missing."
    assert not answer.is_visible()

    page.get_by_label("Say your answer first").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert answer.is_visible()
    page.get_by_label("The stopped reason names the registry's answer").check(force=True)

    page.goto("/questions/1/")
    page.get_by_text("Show the answer").click()
    page.get_by_role("link", name="What happens if the pull fails?").click()
    page.wait_for_url("**/questions/2/")


@pytest.mark.browser
def test_every_list_leads_to_the_questions(page: Page) -> None:
    for address in ("/questions/", "/levels/repairs/", "/topics/images/"):
        page.goto(address)
        page.get_by_role("link", name="A task stops with CannotPullContainerError.").click()
        page.wait_for_url("**/questions/2/")
    page.goto("/topics/")
    page.get_by_role("link", name="Images").last.click()
    page.wait_for_url("**/topics/images/")


@pytest.mark.browser
def test_search_finds_an_error_text(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("CannotPullContainerError", delay=10)
    link = page.locator('a[href*="questions/2"]').first
    link.wait_for(state="visible", timeout=15_000)
    assert "CannotPullContainerError" in link.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    addresses = (
        "/",
        "/questions/1/",
        "/questions/2/",
        "/questions/",
        "/levels/basics/",
        "/topics/",
        "/glossary/",
    )
    for address in (*addresses, "/trainers/", "/contributors/"):
        page.goto(address)
        for folded in page.locator("details.answer > summary").all():
            folded.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.browser
def test_dark_mode_follows_the_system(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, color_scheme="dark")
    dark = context.new_page()
    dark.goto("/questions/1/")
    assert dark.locator("body").get_attribute("data-md-color-scheme") == "slate"
    context.close()


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_serve_shows_a_question_anew_when_it_is_saved(
    bank_folder: Path, tmp_path: Path, builder: str
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "quiz", "site", "serve", "--bank", str(bank_folder)]
    command += ["--port", str(port), "--builder", builder]
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CACHE")}
    env = {**os.environ, **homes}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}/questions/1/"
            wait_for(address, "What does a task role do")
            path = bank_folder / "basics" / "001-roles.md"
            path.write_text(
                path.read_text().replace("# What does a task role do", "# What may a task role do")
            )
            wait_for(address, "What may a task role do")
            path.write_text("broken")
            time.sleep(2)
            path.write_text(path.read_text())
        finally:
            server.send_signal(signal.SIGINT)
            said = server.communicate(timeout=30)[1].decode()
    assert "001-roles.md:1: the file must start with front matter" in said
    assert "Traceback" not in said


def wait_for(address: str, text: str) -> None:
    """Until the page at `address` says `text`."""
    deadline = time.monotonic() + 60
    seen = ""
    while text not in seen:
        assert time.monotonic() < deadline, seen[:500]
        time.sleep(0.2)
        with contextlib.suppress(OSError):
            seen = urllib.request.urlopen(address, timeout=5).read().decode()


def test_build_counts_pages_for_machines_and_writes_only_changes(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    arguments = ("site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "public"), "--json")
    first = json.loads(ecsquiz(*arguments).stdout)
    assert (first["pages"], first["written"]) == (10, 10)
    again = json.loads(ecsquiz(*arguments).stdout)
    assert (again["pages"], again["written"]) == (10, 0)


def test_a_folder_with_something_else_is_not_replaced(
    ecsquiz: Run, bank_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    done = ecsquiz("site", "build", "--bank", str(bank_folder), "--out", str(tmp_path / "mine"))
    assert done.returncode == 1
    assert "this folder holds something else than a site" in done.stderr
    assert (tmp_path / "mine" / "thesis.txt").exists()


def test_a_broken_question_stops_the_build_before_rendering(ecsquiz: Run, bank_folder: Path) -> None:
    (bank_folder / "basics" / "003-x.md").write_text("no front matter\n")
    done = ecsquiz("site", "build", "--bank", str(bank_folder))
    assert done.returncode == 1
    assert "003-x.md:1:" in done.stderr
