"""Which labs there are, and finding one by its number or its name."""

from __future__ import annotations

import difflib
from pathlib import Path

from labs.errors import LabError
from labs.scenarios.scenario import Scenario, read_scenario

HERE = Path(__file__).parent


def folders(root: Path = HERE) -> list[Path]:
    return sorted(path.parent for path in root.glob("*/lab.yaml"))


def names(root: Path = HERE) -> list[str]:
    """Slugs of all labs, without reading them."""
    return [folder.name.partition("-")[2] for folder in folders(root)]


def scenarios(root: Path = HERE) -> list[Scenario]:
    return [read_scenario(folder) for folder in folders(root)]


def find(wanted: str, root: Path = HERE) -> Scenario:
    """A lab by number ("101"), slug, or both. LabError with close names where there is none."""
    for folder in folders(root):
        number, _, slug = folder.name.partition("-")
        if wanted.lower().removeprefix("q") in (number, slug, folder.name):
            return read_scenario(folder)
    known = [name for folder in folders(root) for name in (folder.name.partition("-")[0], folder.name[4:])]
    close = difflib.get_close_matches(wanted, known, n=2, cutoff=0.5)
    meant = f"Did you mean {' or '.join(close)}?" if close else ""
    raise LabError(f"There is no lab '{wanted}'.", f"{meant} List them: ecsquiz lab list".strip())
