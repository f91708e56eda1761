"""Keeping the generated pages fresh while somebody edits questions."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from quiz.bank.locate import open_bank
from quiz.bank.store import Bank
from quiz.errors import UserError
from quiz.site.generate import generate
from quiz.site.project import Project
from quiz.site.supplements import Supplements

PAUSE = 0.5
"""Seconds between looks at the questions."""


def keep_fresh(
    bank: Path | None,
    project: Project,
    supplements: Callable[[Bank], Supplements] = lambda _bank: Supplements(),
    *,
    running: Callable[[], bool] = lambda: True,
    once: bool = False,
) -> None:
    """Write the pages anew whenever the bank changes, as long as `running` says so.

    A question that is broken at the moment is reported, and the pages stay as they are until it is mended.
    Raises UserError only at the first look.
    """
    shown = ""
    complained = ""
    while running():
        try:
            with open_bank(bank) as opened:
                if opened.fingerprint != shown:
                    shown, complained = opened.fingerprint, ""
                    generate(opened, project.docs, supplements=supplements(opened))
        except UserError as error:
            if once:
                raise
            if str(error) != complained:
                complained = str(error)
                print(f"ecsquiz: {error}", file=sys.stderr, flush=True)  # noqa: T201 - beside the server's own lines
        if once:
            return
        time.sleep(PAUSE)
