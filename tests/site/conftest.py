"""Sites built by both builders, served on this machine, and a page that watches what its browser does."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank
from quiz.cli.supplements import commands
from quiz.site.builders import Builder, build
from quiz.site.generate import generate
from quiz.site.project import CHECKOUT, Project, bring_up_to_date
from quiz.site.supplements import Lab, Supplements
from tests.conftest import write_bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FIGURES = """\
## Steps

```mermaid
flowchart LR
    A[Task] -- asks --> B[Registry]
    subgraph VPC
    A
    end
```

1. Read the message:

   ```json title="reason.json"
   {"stoppedReason": "CannotPullContainerError: a reason that is much too long for the screen of a phone"}
   ```

| Reason | Cause | What to look at first | And what then |
|---|---|---|---|
| `i/o timeout` | no route to the registry | the route table of the subnet | the endpoint |

Meanwhile the Application Load Balancer has no targets.
"""


BALANCER = """\
- term: ALB
  meaning: It routes requests to targets.
  aliases: [application load balancer]
"""
LAB = Lab(
    number=2,
    slug="broken-pull",
    title="Nothing starts",
    level="easy",
    minutes=15,
    question=2,
    brief="Since this morning no task of `web` reaches RUNNING.\n\nBring it back with two tasks.",
    hints=("Read the stopped reason.", "Look at the `route`."),
    debrief="The route to the registry was gone.",
)


class Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def build_site(source: Path, folder: Path, builder: Builder) -> Path:
    """The site of a bank's source, built below `folder`."""
    project = Project(folder / "project")
    bring_up_to_date(Project(CHECKOUT), project)
    build_bank(source, folder / "bank.sqlite")
    with Bank.open(folder / "bank.sqlite") as bank:
        generate(bank, project.docs, supplements=Supplements((LAB,), commands()))
    build(builder, project, folder / "site")
    return folder / "site"


def serve(site: Path) -> ThreadingHTTPServer:
    """Serve the folder on this machine until `shutdown` is called."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session", params=list(Builder))
def built_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small bank's site, with a figure, a lab and a wide table; gives its folder. Only to be read."""
    folder = tmp_path_factory.mktemp("site")
    source = write_bank(folder / "source")
    path = source / "repairs" / "002-pull.md"
    text = path.read_text().replace("## Steps\n", FIGURES).replace("reviewed:", "lab: broken-pull\nreviewed:")
    path.write_text(
        text.replace("2. Check the route", "2. See [roles](../basics/001-roles.md), check the route")
    )
    with (source / "glossary.yml").open("a") as glossary:
        glossary.write(BALANCER)
    return build_site(source, folder, request.param)


@pytest.fixture(scope="session")
def site(built_site: Path) -> Iterator[str]:
    """The address of the small bank's site."""
    server = serve(built_site)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page at the site that fails the test for a console error or a request to another host."""
    yield from watched(browser, site)


def watched(browser: Browser, site: str) -> Iterator[Page]:
    # The site's worker would copy the whole site for each test.
    context = browser.new_context(base_url=site, service_workers="block")
    opened = context.new_page()
    wrong: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", dismissed)
    opened.on(
        "request",
        lambda request: None if request.url.startswith((site, "data:")) else wrong.append(request.url),
    )
    yield opened
    assert wrong == []
    context.close()
