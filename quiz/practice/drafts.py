"""An answer that was begun and not saved, kept beside the progress, so that no interruption loses it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote


class Drafts:
    """The one draft of a learner in a bank. A draft is a nicety: where it cannot be kept, nobody is told."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def beside(cls, folder: Path, bank: str, learner: str) -> Drafts:
        return cls(folder / f"draft-{bank}-{quote(learner, safe='')}.json")

    @property
    def item(self) -> str | None:
        """The id of the item whose answer was begun."""
        return self._read()[0]

    def begun(self, item_id: str) -> list[str]:
        """The lines of the answer to this item so far."""
        item, lines = self._read()
        return lines if item == item_id else []

    def keep(self, item_id: str, lines: Sequence[str]) -> None:
        """Keep these lines, and no others."""
        beside = self._path.with_suffix(".new")
        with suppress(OSError):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"item": item_id, "lines": list(lines)}), encoding="utf-8")
            beside.replace(self._path)

    def drop(self) -> None:
        """The answer was saved, or is not wanted."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[str | None, list[str]]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            return str(stored["item"]), [str(line) for line in stored["lines"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None, []
