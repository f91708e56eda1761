"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from quiz.bank.build import build_bank
from quiz.bank.store import Bank

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHECKOUT = Path(__file__).parents[1]
CONTENT = CHECKOUT / "content"

BANK_TOML = """\
title = "Small bank"

[[levels]]
slug = "basics"
title = "Basics"

[[levels]]
slug = "repairs"
title = "Repairs"

[[topics]]
slug = "roles"
title = "Roles"

[[topics]]
slug = "images"
title = "Images"
"""

GLOSSARY = """\
- term: execution role
  meaning: The role that ECS itself uses to start a task.
  aliases: [task execution role]
- term: task role
  meaning: The role that the code in the containers uses.
  aliases: [application role]
- term: image
  meaning: The packed file system that a container starts from.
- term: stopped reason
  meaning: Why ECS stopped the task, in words.
- term: route
  meaning: Where a subnet sends packets for a range of addresses.
- term: tag
  meaning: A movable name for an image.
"""

ROLES = """\
---
number: 1
level: basics
topics: [roles]
reviewed: 2026-11-22
sources:
  - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
---
# What does a task role do that an execution role does not?

## Short answer
The task role gives the code in the containers its AWS permissions. The execution role is used by ECS
itself, before the code runs, to pull the image and to read secrets.

## Who uses which
| Action | Role | Used by |
|---|---|---|
| Pull the image | execution role | the agent |
| Read an object from S3 | task role | the application |
| Inject a secret at start | execution role, with access to the secret | Fargate before the container starts |
| Put a metric | task role with cloudwatch:PutMetricData | a library in the container |

## Key points
- The **task role** gives permissions to the code in the containers (x2)
- The **execution role** is used by ECS to pull the **image**
- The **execution role** reads secrets before the code runs

## Common mistakes
- Wrong: The task role pulls the image. Right: The execution role does; the code is not running yet.
- Wrong: Both roles need the same policies. Right: They serve different callers and overlap rarely.
- Wrong: A task cannot start without a task role. Right: It can; the code then has no AWS permissions.

## Follow-ups
- What happens if the pull fails? ([2](../repairs/002-pull.md))
"""

PULL = """\
---
number: 2
level: repairs
topics: [images, roles]
reviewed: 2026-11-22
sources:
  - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
---
# A task stops with CannotPullContainerError. Where do you look first?

## Short answer
Read the stopped reason of the task: it names the registry's answer. Then check the route to the registry,
the execution role and the tag of the image, in this order.

## Steps
1. Read `stoppedReason`.
2. Check the route from the subnet.
3. Check the execution role.

```bash
aws ecs describe-tasks --cluster demo --tasks 0123 --query "tasks[].stoppedReason"
```

## Key points
- The **stopped reason** names the registry's answer
- The subnet needs a **route** to the registry
- The **execution role** must be allowed to pull
- The **tag** must exist in the repository

## Common mistakes
- Wrong: The security group must allow inbound traffic. Right: A pull is outbound.

## Follow-ups
- How do you tell a missing route from a missing permission?
"""


@pytest.fixture
def bank_folder(tmp_path: Path) -> Path:
    """A small bank's source: two questions in two levels, written to a folder of its own."""
    return write_bank(tmp_path / "bank")


def write_bank(folder: Path) -> Path:
    files = {
        "bank.toml": BANK_TOML,
        "glossary.yml": GLOSSARY,
        "basics/001-roles.md": ROLES,
        "repairs/002-pull.md": PULL,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def bank(bank_folder: Path, tmp_path: Path) -> Iterator[Bank]:
    """The small bank, compiled and open."""
    build_bank(bank_folder, tmp_path / "bank.sqlite")
    with Bank.open(tmp_path / "bank.sqlite") as opened:
        yield opened


class Run(Protocol):
    """Runs `ecsquiz` as a user would, in a process of its own."""

    def __call__(self, *arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def ecsquiz(tmp_path: Path) -> Run:
    """The command, with a home folder of its own: no bank, no progress, no colour."""

    def run(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ECSQUIZ_")}
        homes = {
            f"XDG_{name}_HOME": str(tmp_path / "home" / name) for name in ("DATA", "CACHE", "CONFIG", "STATE")
        }
        return subprocess.run(
            [sys.executable, "-m", "quiz", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**clean, **homes, "HOME": str(tmp_path / "home"), "COLUMNS": "100", **env},
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Skips where there is none, or fails where ECSQUIZ_REQUIRE_BROWSER is set."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        reason = "Chromium is not installed; on Debian or Ubuntu: sudo apt-get install chromium"
        if os.environ.get("ECSQUIZ_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()
