"""Names that say nothing: drawn at random, kept in one file that the trainer can throw away."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Final

from quiz.errors import UserError

FILE_NAME: Final = "pseudonyms.csv"
_COLUMNS: Final = ("pseudonym", "learner id", "name")
_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_LENGTH: Final = 5


@dataclass(slots=True)
class Pseudonyms:
    """Learner id to pseudonym, with the names for the file."""

    by_learner: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, learners: Iterable[tuple[str, str]]) -> None:
        """Learners as (id, name): who has no pseudonym yet gets one."""
        taken = set(self.by_learner.values())
        for learner, name in learners:
            self.names[learner] = name
            if learner not in self.by_learner:
                drawn = _draw()
                while drawn in taken:
                    drawn = _draw()
                taken.add(drawn)
                self.by_learner[learner] = drawn

    def as_csv(self) -> str:
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for learner, pseudonym in sorted(self.by_learner.items(), key=lambda entry: entry[1]):
            writer.writerow((pseudonym, learner, self.names.get(learner, "")))
        return text.getvalue()


def read_pseudonyms(path: Path) -> Pseudonyms:
    """Those of an earlier run, so that they stay; none where there is no file. Raises UserError."""
    if not path.exists():
        return Pseudonyms()
    found = Pseudonyms()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.by_learner[row["learner id"]] = row["pseudonym"]
                found.names[row["learner id"]] = row["name"]
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        remedy = "Remove it, and everybody gets a new pseudonym."
        raise UserError("this is no list of pseudonyms.", remedy, path) from error
    return found


def _draw() -> str:
    return "L-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
