"""The check of a whole bank: the rules of its source, and those of the items that it yields."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Final

from quiz.items import vetoes
from quiz.items.quality import item_quality
from quiz.source.lint import rules
from quiz.source.lint.rules import Checked

RULES: Final[tuple[ModuleType, ...]] = (*rules.RULES, vetoes, item_quality)


def codes() -> dict[str, str]:
    """Every code that a finding may have, and what it demands."""
    return rules.codes(RULES)


def check_folder(
    folder: Path,
    labs: frozenset[str] | None = None,
    today: date | None = None,
    select: Collection[str] = (),
) -> Checked:
    """Read all questions of `folder` and ask every rule; see `quiz.source.lint.rules`."""
    return rules.check_folder(folder, labs, today, select, RULES)
