"""The key that sittings are marked by: the record of an exam, read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quiz.errors import UserError
from quiz.exams import record
from quiz.grading.grade import Rubric
from quiz.items.item import Item, Kind
from quiz.source.question import CommonMistake, KeyPoint


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An item of the exam with all that marking needs of its question."""

    item: Item
    level: str
    topics: tuple[str, ...]
    key_points: tuple[KeyPoint, ...]
    mistakes: tuple[CommonMistake, ...]
    prompt: str = ""
    """The question that the item comes from."""
    sources: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def rubric(self) -> Rubric:
        return Rubric(self.item.stem, "\n".join(self.item.answers), self.key_points, self.mistakes)


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """An item as it stands on one paper. `letters` are the right ones, in their order."""

    number: int
    of: KeyItem
    options: tuple[str, ...]
    prompts: tuple[str, ...]
    letters: tuple[str, ...]
    points: float
    wrong: float


@dataclass(frozen=True, slots=True)
class KeyPaper:
    id: str
    label: str
    places: tuple[KeyPlace, ...]

    @property
    def points(self) -> float:
        return sum(place.points for place in self.places)


@dataclass(frozen=True, slots=True)
class Key:
    """All papers of an exam, by their labels."""

    exam: str
    title: str
    bank_title: str
    pass_mark: float | None
    """Share of the points, 0 to 1."""
    papers: Mapping[str, KeyPaper]
    items: Mapping[str, KeyItem]

    def paper(self, name: str) -> KeyPaper | None:
        """By label or by id, in any case: `A`, `7qk4-m2xd-a`."""
        wanted = name.strip().upper()
        exam, _, label = wanted.rpartition("-")
        if exam and exam != self.exam:
            return None
        return self.papers.get(label)


def read_key(place: Path) -> Key:
    """The key in a folder that `exam build` wrote, or in its `exam.json`. Raises UserError."""
    path = place / record.FILE_NAME if place.is_dir() else place
    remedy = "Give the folder that `ecsquiz exam build` wrote, or its exam.json."
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError(f"there is no key here: {error.strerror}.", remedy, path) from error
    except ValueError as error:
        raise UserError("this is no record of an exam.", remedy, path) from error
    if not isinstance(data, dict) or data.get("made_by") != record.MADE_BY:
        raise UserError("this is no record of an exam.", remedy, path)
    if data.get("version") != record.VERSION:
        found = data.get("version")
        raise UserError(
            f"this record is of version {found}; this ecsquiz reads version {record.VERSION}.",
            "Mark with the version of ecsquiz that built the exam.",
            path,
        )
    try:
        return _key(data)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"this record is damaged: {error!r}.", "Build the exam again.", path) from error


def _key(data: Mapping[str, Any]) -> Key:
    items = {entry["id"]: _item(entry) for entry in data["items"]}
    papers = {}
    for variant in data["variants"]:
        places = tuple(_place(entry, items[entry["item"]]) for entry in variant["items"])
        papers[variant["label"]] = KeyPaper(variant["id"], variant["label"], places)
    blueprint = data["blueprint"]
    pass_mark = blueprint.get("pass_mark")
    return Key(
        exam=data["id"],
        title=blueprint["title"],
        bank_title=data["bank"]["title"],
        pass_mark=float(pass_mark) if pass_mark else None,
        papers=papers,
        items=items,
    )


def _item(entry: Mapping[str, Any]) -> KeyItem:
    question, kind, key = str(entry["id"]).split("/", 2)
    item = Item(
        question=int(question),
        kind=Kind(kind),
        key=key,
        stem=entry["stem"],
        answers=tuple(entry["answers"]),
        distractors=tuple(entry["distractors"]),
        prompts=tuple(entry["prompts"]),
        explanation=entry["explanation"],
        difficulty=entry["difficulty"],
    )
    return KeyItem(
        item=item,
        level=entry["level"],
        topics=tuple(entry["topics"]),
        key_points=tuple(
            KeyPoint(point["text"], tuple(point["terms"]), point["weight"]) for point in entry["key_points"]
        ),
        mistakes=tuple(CommonMistake(mistake["wrong"], mistake["right"]) for mistake in entry["mistakes"]),
        prompt=entry["prompt"],
        sources=tuple(entry["sources"]),
    )


def _place(entry: Mapping[str, Any], of: KeyItem) -> KeyPlace:
    return KeyPlace(
        number=int(entry["number"]),
        of=of,
        options=tuple(entry["options"]),
        prompts=tuple(entry["prompts"]),
        letters=tuple(entry["letters"]),
        points=float(entry["points"]),
        wrong=float(entry["wrong"]),
    )
