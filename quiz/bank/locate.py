"""Which bank a command means, compiled if it has to be."""

from __future__ import annotations

import hashlib
from pathlib import Path

import platformdirs

from quiz.bank.freshness import is_fresh
from quiz.bank.store import Bank
from quiz.errors import UserError

_PACKAGE = Path(__file__).parent.parent
BUNDLED = _PACKAGE / "bank" / "bundled.sqlite"


def open_bank(place: Path | None = None) -> Bank:
    """The bank at `place`: a folder of questions (compiled anew where it changed) or a compiled file.

    Without a place: the questions of the checkout that ecsquiz runs from, else the bank in the wheel.
    Raises UserError.
    """
    if place is not None and place.is_file():
        return Bank.open(place)
    folder = source_folder(place)
    if folder is None:
        return Bank.open(BUNDLED)
    target = compiled_path(folder)
    if not is_fresh(folder, target):
        # Imported only here, since compiling needs a parser and a drill does not.
        from quiz.bank.build import build_bank

        build_bank(folder, target)
    return Bank.open(target)


def source_folder(place: Path | None = None) -> Path | None:
    """The folder of questions at `place`, or of the checkout; None in an installed ecsquiz."""
    if place is not None:
        if place.is_dir():
            return place.resolve()
        raise UserError("there is no such folder or file.", "Check --bank and ECSQUIZ_BANK.", place)
    checkout = _PACKAGE.parent / "content"
    return checkout if (checkout / "bank.toml").is_file() else None


def compiled_path(folder: Path) -> Path:
    """Where the compiled bank of a folder is kept: in the user's cache, so that it can be thrown away."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Path(platformdirs.user_cache_path("ecsquiz")) / "banks" / f"{digest}.sqlite"
