"""What a reader's browser fetches, and how long until the practice page can be used on a slow phone.

The network is Lighthouse's "slow 4G" (150 ms, 1.6 Mbit/s) and the processor four times slower than this one.
The server compresses, as hosts of static files do, but speaks HTTP/1.1: six files at a time, not all at once.
The floor is a page of the same theme that is only read.
"""

from __future__ import annotations

import functools
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tests.benchmarks.measure import Measurement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
CPU = 4
PRACTICE = ("try/practice/", ".start select")
STARTING = ("try/practice/", ".start button:not([disabled])")
READING = ("publishing/", "article h1")
SOUGHT = (PRACTICE, STARTING, READING)


def measure(rounds: int = 5) -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        command = [sys.executable, "-m", "quiz", "site", "build", "--out", str(site)]
        subprocess.run(command, check=True, capture_output=True)
        yield from sizes(site)
        yield from waits(site, rounds)


def sizes(site: Path) -> Iterator[Measurement]:
    """Compressed bytes of all practice pages' scripts and styles, and of the largest level's items."""
    app = [*(site / "assets" / "app").rglob("*.js"), site / "assets" / "practice.css"]
    yield Measurement("script and style of practice", sum(map(_compressed, app)), limit=80_000, unit="B")
    described = json.loads((site / "data" / "bank.json").read_text(encoding="utf-8"))
    for level in described["levels"]:
        taken = _compressed(site / "data" / level["file"])
        yield Measurement(f"items of {level['title']}", taken, limit=150_000, unit="B")


def waits(site: Path, rounds: int) -> Iterator[Measurement]:
    """Seconds until the practice page can be used and a session begun, at the first visit and later."""
    from playwright.sync_api import sync_playwright

    server = Patient(("127.0.0.1", 0), functools.partial(Compressing, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        first = {sought: [first_visit(browser, home, sought) for _ in range(rounds)] for sought in SOUGHT}
        later = {sought: later_visits(browser, home, sought, rounds) for sought in SOUGHT}
        browser.close()
    server.shutdown()
    server.server_close()
    for visit, times in (("first", first), ("later", later)):
        form, start, read = (statistics.median(times[sought]) for sought in SOUGHT)
        name = f"form of practice on a slow phone, {visit} visit"
        yield Measurement(name, form, "a page to read", read, limit=1.0)
        name = f"session of practice on a slow phone, {visit} visit"
        yield Measurement(name, start, "a page to read", read, budget=4.0)


def first_visit(browser: Browser, home: str, sought: tuple[str, str]) -> float:
    """Seconds until what is sought can be used: an address and the element that says so."""
    context = browser.new_context(service_workers="block")
    taken = _visit(context, home, sought)
    context.close()
    return taken


def later_visits(browser: Browser, home: str, sought: tuple[str, str], rounds: int) -> list[float]:
    """After the browser has copied the site."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(home)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.close()
    taken = [_visit(context, home, sought) for _ in range(rounds)]
    context.close()
    return taken


def _visit(context: BrowserContext, home: str, sought: tuple[str, str]) -> float:
    address, element = sought
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", SLOW_4G)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.goto(home + address, wait_until="commit")
    page.locator(element).first.wait_for()
    taken: float = page.evaluate("performance.now()")
    page.close()
    return taken / 1000


class Patient(ThreadingHTTPServer):
    """A server to whom it is no error that a reader leaves."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Compressing(SimpleHTTPRequestHandler):
    """Hands out files, those of text compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if not path.is_file():
            return super().send_head()
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
