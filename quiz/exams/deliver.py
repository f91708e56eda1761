"""The formats that an exam can be written in. To add one, add a file to `formats` and name it here.

A format imports the library that it needs inside `render`, so that its name and kinds are known without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from quiz.bank.store import known
from quiz.errors import UserError
from quiz.exams import record
from quiz.exams.paper import Exam
from quiz.items.item import Item, Kind

NAMES: Final = (
    "markdown",
    "terminal",
    "pdf",
    "pdf-letter",
    "docx",
    "docx-letter",
    "html",
    "moodle-xml",
    "gift",
    "anki",
    "qti12",
    "qti21",
    "kahoot",
    "csv",
    "json",
)


@dataclass(frozen=True, slots=True)
class Format:
    """The kinds of items that a format carries, and the files that it makes of an exam, by name."""

    name: str
    label: str
    carries: frozenset[Kind]
    render: Callable[[Exam], dict[str, bytes]]
    misfit: Callable[[Item], str] | None = None
    """Where not all items of a kind fit: why one does not, or nothing."""


def format_named(name: str) -> Format:
    """Raises UserError with the nearest names for a format that does not exist."""
    known("format", name, NAMES)
    module = import_module(f"quiz.exams.formats.{name.replace('-', '_')}")
    return Format(name, module.LABEL, module.CARRIES, module.render, getattr(module, "misfit", None))


def kinds_to_ask(formats: Sequence[Format]) -> tuple[Kind, ...]:
    """A filter of kinds for a trainer who names none: what all the formats carry; empty if that is all."""
    carried = tuple(kind for kind in Kind if all(kind in chosen.carries for chosen in formats))
    return () if len(carried) == len(Kind) else carried


def fitting(formats: Sequence[Format]) -> Callable[[Item], bool] | None:
    """Whether an item fits in all the formats; None where each takes any of the kinds that it carries.

    Items of other kinds fit: they are refused by name, so that nobody wonders where they are.
    """
    limits = [(chosen.carries, chosen.misfit) for chosen in formats if chosen.misfit]

    def fits(item: Item) -> bool:
        return not any(item.kind in carries and misfit(item) for carries, misfit in limits)

    return fits if limits else None


def files_of(exam: Exam, formats: Sequence[Format]) -> dict[str, bytes]:
    """All files of the exam. The record comes last: where it is, the papers are too.

    Raises UserError, before anything is made, for a kind of items that a format does not carry, and for a
    format whose library is not installed; and where two formats would write the same file.
    """
    for chosen in formats:
        _refuse_what_it_does_not_carry(exam, chosen)
    files: dict[str, bytes] = {}
    for chosen in formats:
        rendered = _rendered(exam, chosen)
        if both := sorted(files.keys() & rendered.keys()):
            raise UserError(
                f"the format {chosen.name} and another one both write {both[0]}.",
                "Write them one after the other, each to a folder of its own.",
            )
        files |= rendered
    return {**files, **record.render(exam)}


def _rendered(exam: Exam, chosen: Format) -> dict[str, bytes]:
    try:
        return chosen.render(exam)
    except ModuleNotFoundError as error:
        if (error.name or "quiz").split(".")[0] == "quiz":
            raise
        raise UserError(
            f"the format {chosen.name} needs {error.name}, which is not installed.",
            'Install it with: pip install "ecsquiz[exams]"',
        ) from error


def _refuse_what_it_does_not_carry(exam: Exam, chosen: Format) -> None:
    refused = [kind for kind in exam.kinds if kind not in chosen.carries]
    if not refused:
        return
    items = [candidate.item.id for candidate in exam.candidates if candidate.item.kind in refused]
    shown = ", ".join(items[:3]) + (f" and {len(items) - 3} more" if len(items) > 3 else "")
    able = [name for name in NAMES if set(refused) <= format_named(name).carries]
    others = f" or choose another format, such as {able[0]}: see `ecsquiz exam formats`" if able else ""
    raise UserError(
        f"the format {chosen.name} cannot carry {_all_of(refused)} items ({shown}).",
        f"Ask for {_all_of(kind for kind in Kind if kind in chosen.carries)} only{others}.",
    )


def _all_of(kinds: Iterable[Kind]) -> str:
    *most, last = kinds
    return f"{', '.join(most)} and {last}" if most else last
