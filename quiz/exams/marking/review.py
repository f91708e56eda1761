"""The review list: what a person should look at, as CSV whose column "settled" the trainer fills in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.exams.formats import prose
from quiz.exams.marking.judging import Mark, State
from quiz.exams.marking.results import Results, reason_to_look
from quiz.exams.marking.sittings import Place, Problem
from quiz.source.csv_rows import DELIMITERS, read_lines, rows_below

FILE_NAME: Final = "review.csv"
COLUMNS: Final = (
    "learner id", "paper", "number", "item", "question", "answer", "key points", "points", "of", "reason",
    "settled", "note",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Decision:
    """The points that the trainer gives one answer, and why."""

    points: float
    note: str
    answer: str
    place: Place


@dataclass(slots=True)
class Decisions:
    """By learner, paper and number. Each is taken once; what is left over belongs to no answer."""

    by_answer: dict[tuple[str, str, int], Decision] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _taken: set[tuple[str, str, int]] = field(default_factory=set)

    def take(self, learner: str, paper: str, mark: Mark, least: float) -> Decision | None:
        """The decision about a mark, if there is one that fits it."""
        key = (learner, paper, mark.number)
        decision = self.by_answer.get(key)
        if decision is None:
            return None
        self._taken.add(key)
        fault = ""
        if decision.answer != spreadsheet_cell(mark.answer):
            fault = "the answer is another one by now; settle it again."
        elif not least <= decision.points <= mark.of:
            fault = f"{decision.points:g} is not between {least:g} and {mark.of:g} points."
        if fault:
            self.problems.append(Problem(decision.place, fault))
            return None
        return decision

    def unused(self) -> Iterator[Problem]:
        """What is wrong with decisions, last of all those that no sitting asks for."""
        yield from self.problems
        for key, decision in self.by_answer.items():
            if key not in self._taken:
                yield Problem(decision.place, "no sitting has this answer; nothing was settled.")


def as_csv(results: Results) -> str:
    """What is to be looked at, then what was settled, so that the file can be handed in again as it is."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for settled in (False, True):
        for result in results.results:
            for mark in result.marks:
                reason = reason_to_look(result, mark)
                if (mark.state is State.SETTLED) if settled else reason:
                    writer.writerow(_row(results, result.learner, result.paper, mark, reason))
    return text.getvalue()


def _row(results: Results, learner: str, paper: str, mark: Mark, reason: str) -> list[str]:
    settled = mark.state is State.SETTLED
    stem = prose.text(prose.inline(results.key.items[mark.item].item.stem))
    points = "; ".join(f"{point.verdict}: {point.text}" for point in mark.covered)
    shown = (learner, paper, f"{mark.number}", mark.item, stem, mark.answer, points)
    given = (f"{mark.points:g}", f"{mark.of:g}", reason or "settled", f"{mark.points:g}" if settled else "")
    note = mark.remarks[-1] if settled and mark.remarks else ""
    return [*map(spreadsheet_cell, shown), *given, spreadsheet_cell(note)]


def spreadsheet_cell(text: str) -> str:
    """A spreadsheet takes for a formula what begins like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_decisions(path: Path) -> Decisions:
    """What the trainer settled. Rows without a decision are passed over. Raises UserError."""
    lines = read_lines(path)
    for delimiter in DELIMITERS:
        header = [cell.strip().lower() for cell in next(csv.reader(lines[:1], delimiter=delimiter), [])]
        if set(COLUMNS[:3]) <= set(header) and "settled" in header:
            break
    else:
        raise UserError("this is no review list.", f"Give the {FILE_NAME} that marking wrote.", path, 1)
    at = {name: header.index(name) for name in header}
    decisions = Decisions()
    for row in rows_below(lines, delimiter, len(header)):
        place = Place(path, row.line)
        fault = row.fault or _read_row(row.cells, at, place, decisions)
        if fault:
            decisions.problems.append(Problem(place, fault))
    return decisions


def _read_row(cells: Sequence[str], at: dict[str, int], place: Place, decisions: Decisions) -> str:
    """What is wrong with the row, or nothing."""
    settled = cells[at["settled"]].strip().replace(",", ".")
    if not settled:
        return ""
    number = cells[at["number"]].strip()
    try:
        points, of_item = float(settled), int(number)
    except ValueError:
        return "the column settled takes a number of points, such as 1.5."
    key = (cells[at["learner id"]].strip(), cells[at["paper"]].strip().upper(), of_item)
    if key in decisions.by_answer:
        return f"this answer was settled already at line {decisions.by_answer[key].place.line}."
    note = cells[at["note"]].strip() if "note" in at else ""
    answer = cells[at["answer"]] if "answer" in at else ""
    decisions.by_answer[key] = Decision(points, note, answer, place)
    return ""


def count_settled(path: Path) -> int:
    """How many decisions a review list holds; none where it cannot be read."""
    try:
        return len(read_decisions(path).by_answer)
    except UserError:
        return 0
