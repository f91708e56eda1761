"""Where a site is built: the folder with `mkdocs.yml` and the hand-written pages.

In a checkout, the generated pages go into git-ignored folders of its `docs/`. For another bank, or an
installed ecsquiz, the hand-written part is copied to the user's cache first, so that one bank's pages never
get among another's.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from quiz.errors import UserError
from quiz.site.generate import hand_written

_PACKAGE = Path(__file__).parent
BUNDLED = _PACKAGE / "project"
CHECKOUT = _PACKAGE.parents[1]


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that a site builder can work in."""

    folder: Path

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def settings(self) -> Path:
        return self.folder / "mkdocs.yml"


def open_project(bank: Path | None, folder: Path | None = None) -> Project:
    """The project for a bank: `folder` if given, the checkout for its own bank, else a copy.

    Raises UserError.
    """
    if folder is not None:
        chosen = Project(folder.resolve())
        if not chosen.settings.is_file() or not chosen.docs.is_dir():
            raise UserError("a site's project has mkdocs.yml and docs.", "Copy ours to begin.", folder)
        return chosen
    original = Project(CHECKOUT if (CHECKOUT / "mkdocs.yml").is_file() else BUNDLED)
    if not original.settings.is_file():
        raise UserError("the site's own pages are missing from this installation.", "Install ecsquiz again.")
    if bank is None and original.folder == CHECKOUT:
        return original
    digest = hashlib.sha256(f"{original.folder} {bank and bank.resolve()}".encode()).hexdigest()[:16]
    copy = Project(platformdirs.user_cache_path("ecsquiz") / "sites" / digest)
    bring_up_to_date(original, copy)
    return copy


def bring_up_to_date(original: Project, copy: Project) -> None:
    """Copy what is written by hand; what is generated stays, so that only changes are built again."""
    copy.docs.mkdir(parents=True, exist_ok=True)
    shutil.copy2(original.settings, copy.settings)
    current = {copy.docs / path.relative_to(original.docs): path for path in hand_written(original.docs)}
    for old in set(hand_written(copy.docs)) - set(current):
        old.unlink()
    for target, path in current.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
