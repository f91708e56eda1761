"""A bank with one item of each kind beside the free answer, and its practice pages in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.conftest import write_bank

if TYPE_CHECKING:
    from playwright.sync_api import Page

ITEMS: Final = """
## Items

### Choice: who pulls
Which role pulls the image from a private repository?

- [x] The execution role
- [ ] The task role
- [ ] The instance role
- [ ] The service-linked role

> The code is not running yet.

### Cloze: permission for the manifest
To read the manifest the execution role needs [[ecr:BatchGetImage | BatchGetImage]] on the repository.

> The token alone opens no repository.

### Ordering: a pull
What does the agent do to pull an image?

1. Ask for a token
2. Ask for the manifest
3. Download the layers

> The token opens the registry, and the manifest names the layers.

### Matching: errors of a pull
What does each error mean?

| Error | Meaning |
|---|---|
| `manifest unknown` | there is no such tag |
| `toomanyrequests` | the registry limits your rate |
| `i/o timeout` | there is no route |
| `no space left on device` | the disk is full |

> Each comes from another part of the pull.

### Command: images of a repository
List the images of the repository `web`.

```bash
aws ecr list-images --repository-name web
```

> The answer names digests and tags.
"""


def write_practice_bank(folder: Path) -> Path:
    """The small bank, with one item of every kind in its second question."""
    source = write_bank(folder)
    pull = source / "repairs" / "002-pull.md"
    derived = "without: [choice/wrong-security-group-must-allow-inbound-traffic]"
    text = pull.read_text(encoding="utf-8").replace("\nsources:", f"\n{derived}\nsources:", 1)
    pull.write_text(text + ITEMS, encoding="utf-8")
    return source


def begin(page: Page, kind: str, level: str = "repairs") -> None:
    """Start a session with items of one kind."""
    page.goto(f"/try/practice/?kind={kind}&level={level}")
    page.locator(".start button.main:not([disabled])").click()
    page.locator(".card").wait_for()


def answer(page: Page, kind: str) -> None:
    """Give the right answer to the one item of a kind, with the mouse where there is something to click."""
    match kind:
        case "choice":
            page.get_by_label("The execution role").check()
        case "cloze":
            page.get_by_label("The missing words").fill("ecr:BatchGetImage")
        case "ordering":
            put_in_order(page)
        case "matching":
            for left, right in (
                ("manifest unknown", "no such tag"),
                ("toomanyrequests", "limits your rate"),
                ("i/o timeout", "no route"),
                ("no space left", "disk is full"),
            ):
                menu = page.locator(".pair").filter(has_text=left).locator("select")
                menu.select_option(
                    menu.locator("option").filter(has_text=right).get_attribute("value")  # by what it says
                )
        case "command":
            page.get_by_label("The command").fill("aws ecr list-images --repository-name web")
        case "recall":
            page.get_by_label("Your answer").fill("Read the stopped reason; the route, the role, the tag.")


def put_in_order(page: Page) -> None:
    """Move each step up to its place with the buttons."""
    for at, words in enumerate(("Ask for a token", "Ask for the manifest", "Download the layers")):
        row = page.locator(".steps > li").filter(has_text=words)
        while words not in page.locator(".steps > li").nth(at).inner_text():
            row.locator('button[aria-label$="up"]').click()


def submit(page: Page) -> None:
    page.locator(".card button[type=submit]").click()
    page.locator(".verdict .title").wait_for()
