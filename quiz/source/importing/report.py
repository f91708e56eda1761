"""What an import did: repairs, files, changes on the way, and every line that is in no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from quiz.source.encoding import Doubt, Repair


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was changed on the way into a file. `kind` groups notes that say the same."""

    kind: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Left:
    """A line of the document that is in no file, and why."""

    line: int
    text: str
    reason: str


class Status(StrEnum):
    WRITTEN = "written"
    OVERWRITTEN = "overwritten"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bank after the import. `path` is relative to its folder.

    `line` is that of the question in the document; `message` says why a file was kept.
    """

    path: str
    status: Status
    line: int = 0
    number: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is to say about an import; without files where nothing was to be written."""

    document: str
    folder: str
    dry_run: bool
    shape: str
    levels: Mapping[str, int]
    """How many questions each level has got, by slug, in the order of the document."""
    code_pages: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Note, ...] = ()
    left: tuple[Left, ...] = ()
    rules: tuple[int, ...] = ()
    """The lines of the rules (`---`) between sections, which our format does without."""
    markup: tuple[int, ...] = ()
    """The lines that hold nothing but tags around questions."""
    headings: Mapping[int, str] = field(default_factory=dict)
    """What became of the headings between the questions, by line."""
    files: tuple[File, ...] = ()

    @property
    def questions(self) -> int:
        return sum(self.levels.values())

    def with_status(self, status: Status) -> list[File]:
        return [file for file in self.files if file.status is status]

    def as_dict(self) -> dict[str, Any]:
        """The whole report for machines."""
        return {
            "document": self.document,
            "folder": self.folder,
            "dry_run": self.dry_run,
            "shape": self.shape,
            "questions": self.questions,
            "levels": dict(self.levels),
            "encoding": {
                "code_pages": list(self.code_pages),
                "characters": len(self.repairs),
                "lines": len({repair.line for repair in self.repairs}),
                "lost_bytes": sum(repair.lost for repair in self.repairs),
                "repairs": [
                    {"line": repair.line, "before": repair.before, "after": repair.after, "lost": repair.lost}
                    for repair in self.repairs
                ],
                "undecided": [
                    {"line": doubt.line, "text": doubt.text, "candidates": list(doubt.candidates)}
                    for doubt in self.doubts
                ],
            },
            "left_out": [{"line": left.line, "text": left.text, "reason": left.reason} for left in self.left],
            "rules_dropped": list(self.rules),
            "markup_dropped": list(self.markup),
            "headings": [{"line": line, "became": became} for line, became in self.headings.items()],
            "notes": [{"kind": note.kind, "line": note.line, "message": note.message} for note in self.notes],
            "files": [
                {
                    "path": file.path,
                    "status": file.status.value,
                    "line": file.line,
                    "number": file.number,
                    "message": file.message,
                }
                for file in self.files
            ],
        }


_SHOWN: Final = 8
_NEAR: Final = 2
_WIDTH: Final = 70
# What happens to nearly every question of some documents is only counted; the lines are in --json.
_ONLY_COUNTED: Final = {
    "moved": "{count} short answers were moved to the top of their files.",
    "added heading": "{count} answers got a heading for text that had none.",
}


def as_text(report: Report) -> list[str]:
    """The report in a few lines for people."""
    would = "would be " if report.dry_run else ""
    levels = ", ".join(f"{count} {slug}" for slug, count in report.levels.items())
    lines = [f"{_many(report.questions, 'question')}: {levels}."]
    lines += _encoding(report)
    statuses = Counter(file.status for file in report.files if file.number)
    done = ", ".join(f"{count} {would}{status.value}" for status, count in statuses.items())
    bank = f", and bank.toml {would}{Status.WRITTEN}" if any(not file.number for file in report.files) else ""
    lines.append(f"Question files in {report.folder}: {done}{bank}.")
    if report.rules:
        lines.append(f"{_many(len(report.rules), 'rule')} (---) between sections dropped.")
    counts = Counter(note.kind for note in report.notes)
    for kind, sentence in _ONLY_COUNTED.items():
        if counts[kind]:
            lines.append(sentence.format(count=counts[kind]))
    lines += _listed(
        "Changed on the way:",
        [f"line {note.line}: {note.message}" for note in report.notes if note.kind not in _ONLY_COUNTED],
    )
    lines += _listed("Not placed:", [_together(block) for block in _blocks(report.left)])
    lines += _listed(
        "Kept as they are:", [f"{file.path}: {file.message}" for file in report.with_status(Status.KEPT)]
    )
    if report.dry_run:
        lines.append("Nothing was written (--dry-run).")
    return lines


def _encoding(report: Report) -> list[str]:
    lines = []
    if report.repairs:
        rows = len({repair.line for repair in report.repairs})
        lost = sum(repair.lost for repair in report.repairs)
        pages = ", ".join(report.code_pages)
        lines.append(
            f"Repaired {_many(len(report.repairs), 'character')} in {_many(rows, 'line')} ({pages}); "
            f"{lost} of them had lost bytes."
        )
    by_text: dict[Doubt, list[int]] = {}
    for doubt in report.doubts:
        by_text.setdefault(Doubt(0, doubt.text, doubt.candidates), []).append(doubt.line)
    lines += _listed(
        "Damaged, but left as they are:",
        [f"{_lines(numbers)}: {doubt.text!r}, {_candidates(doubt)}" for doubt, numbers in by_text.items()],
    )
    return lines


def _candidates(doubt: Doubt) -> str:
    if not doubt.candidates:
        return "which cannot be told"
    shown = " ".join(doubt.candidates[:_SHOWN])
    return f"perhaps {shown}" + (" or another" if len(doubt.candidates) > _SHOWN else "")


def _lines(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}{more}"


def _blocks(left: Sequence[Left]) -> list[list[Left]]:
    """Lines one below the other that were left for the same reason, together."""
    blocks: list[list[Left]] = []
    for entry in left:
        last = blocks[-1][-1] if blocks else None
        if last and last.reason == entry.reason and entry.line - last.line <= _NEAR:
            blocks[-1].append(entry)
        else:
            blocks.append([entry])
    return blocks


def _together(block: Sequence[Left]) -> str:
    first, last = block[0], block[-1]
    place = f"line {first.line}" if len(block) == 1 else f"lines {first.line} to {last.line}"
    text = first.text if len(first.text) <= _WIDTH else f"{first.text[:_WIDTH]} ..."
    return f"{place}: {first.reason}: {text}"


def _listed(title: str, entries: Sequence[str]) -> list[str]:
    return [title, *(f"  {entry}" for entry in entries)] if entries else []


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
