"""A paper as a learner sees it: nothing of it tells what is right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from quiz.errors import UserError
from quiz.exams import record
from quiz.exams.paper import Exam, Paper
from quiz.items.item import Kind

FORMAT: Final = "ecsquiz paper"
VERSION: Final = 1
_REMEDY: Final = "Give the folder that `ecsquiz exam build` wrote, its exam.json, or a paper for `take`."


@dataclass(frozen=True, slots=True)
class SheetSection:
    title: str
    instructions: str


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One numbered item. `section` is the index of its section; the rest is as in `PaperItem`."""

    number: int
    section: int
    kind: Kind
    stem: str
    options: tuple[str, ...]
    prompts: tuple[str, ...]
    points: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of an exam."""

    exam: str
    paper: str
    title: str
    instructions: str
    minutes: int | None
    show_result: bool
    sections: tuple[SheetSection, ...]
    items: tuple[SheetItem, ...]

    @property
    def points(self) -> float:
        return sum(item.points for item in self.items)


def sheet_of(exam: Exam, paper: Paper) -> Sheet:
    """The paper without its key."""
    return Sheet(
        exam=exam.id,
        paper=paper.id,
        title=exam.blueprint.title,
        instructions=exam.blueprint.instructions,
        minutes=exam.blueprint.minutes,
        show_result=exam.blueprint.show_result,
        sections=tuple(SheetSection(section.title, section.instructions) for section in paper.sections),
        items=tuple(
            SheetItem(
                placed.number,
                index,
                placed.item.kind,
                placed.item.stem,
                placed.options,
                placed.prompts,
                placed.points,
                placed.wrong,
            )
            for index, section in enumerate(paper.sections)
            for placed in section.items
        ),
    )


def as_json(sheet: Sheet) -> str:
    data = {"made_by": record.MADE_BY, "format": FORMAT, "version": VERSION, **asdict(sheet)}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def read_sheet(place: Path, variant: str | None = None) -> Sheet:
    """A paper of the exam in a folder or an `exam.json`, or one that was written for `take`.

    `variant` is the label or the id of the paper, in any case; it may be left out where there is only one.
    Raises UserError.
    """
    path = place / record.FILE_NAME if place.is_dir() else place
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise UserError(f"there is no paper here: {error.strerror}.", _REMEDY, path) from error
    except ValueError as error:
        raise UserError("this is no paper.", _REMEDY, path) from error
    try:
        if data.get("format") == FORMAT and data["version"] == VERSION:
            return _sheet(data, data["items"])
        if data.get("made_by") == record.MADE_BY and data["version"] == record.VERSION:
            return _of_record(data, _variant(data, variant, path))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"this paper is damaged: {error!r}.", "Build the exam again.", path) from error
    raise UserError("this is no paper that this version of ecsquiz can read.", _REMEDY, path)


def _variant(data: Mapping[str, Any], wanted: str | None, path: Path) -> Mapping[str, Any]:
    variants: dict[str, Mapping[str, Any]] = {entry["label"]: entry for entry in data["variants"]}
    if wanted is None and len(variants) == 1:
        return next(iter(variants.values()))
    by_id = {entry["id"]: entry for entry in data["variants"]}
    name = (wanted or "").strip().upper()
    found = variants.get(name) or by_id.get(name)
    if found is None:
        ids = ", ".join(list(variants)[:8]) + (" ..." if len(variants) > 8 else "")
        said = f"there is no paper {wanted}." if wanted else "this exam has several papers."
        raise UserError(said, f"Name one of {ids} after the folder.", path)
    return found


def _of_record(data: Mapping[str, Any], variant: Mapping[str, Any]) -> Sheet:
    stems = {entry["id"]: (entry["kind"], entry["stem"]) for entry in data["items"]}
    items = []
    for entry in variant["items"]:
        kind, stem = stems[entry["item"]]
        items.append({**entry, "kind": kind, "stem": stem})
    blueprint = data["blueprint"]
    head = {**blueprint, "exam": data["id"], "paper": variant["id"], "sections": variant["sections"]}
    return _sheet(head, items)


def _sheet(head: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> Sheet:
    return Sheet(
        exam=str(head["exam"]),
        paper=str(head["paper"]),
        title=str(head["title"]),
        instructions=str(head["instructions"]),
        minutes=int(head["minutes"]) if head["minutes"] else None,
        show_result=bool(head["show_result"]),
        sections=tuple(SheetSection(entry["title"], entry["instructions"]) for entry in head["sections"]),
        items=tuple(
            SheetItem(
                int(entry["number"]),
                int(entry["section"]),
                Kind(entry["kind"]),
                str(entry["stem"]),
                tuple(entry["options"]),
                tuple(entry["prompts"]),
                entry["points"],
                entry["wrong"],
            )
            for entry in items
        ),
    )
