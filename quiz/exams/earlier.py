"""Exams that were written earlier, so that their items are not asked again."""

from __future__ import annotations

import json
from pathlib import Path

from quiz.errors import UserError
from quiz.exams import record
from quiz.exams.blueprint import EarlierExam


def read_earlier(place: Path) -> EarlierExam:
    """The exam in a folder, or of an `exam.json`. Raises UserError."""
    path = place / record.FILE_NAME if place.is_dir() else place
    try:
        found = json.loads(path.read_bytes())
        return EarlierExam(str(found["id"]), frozenset(str(item["id"]) for item in found["items"]))
    except OSError as error:
        raise UserError(
            "there is no earlier exam here.", f"Name a folder with an {record.FILE_NAME}.", place
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            "this is not the record of an exam.", f"Name a folder with an {record.FILE_NAME}.", path
        ) from error
