"""The folder of results: which files there are, and what is in each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.exams.marking import review
from quiz.exams.marking.item_analysis import Analysis, analyse
from quiz.exams.marking.report import data
from quiz.exams.marking.report.class_page import class_page
from quiz.exams.marking.report.feedback import feedback_page
from quiz.exams.marking.report.feedback_document import feedback_document
from quiz.exams.marking.report.items_page import items_page
from quiz.exams.marking.results import Results
from quiz.exams.marking.summary import summarise

RESULTS: Final = "results.json"
FEEDBACK: Final = "feedback"
"""The folder of the learners' sheets."""


def write_reports(
    results: Results,
    folder: Path,
    *,
    sheets: Sequence[str] = ("html", "pdf"),
    progress: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
) -> list[Path]:
    """All files, and the learners' sheets as HTML, as PDF or as both. Raises UserError.

    `progress` is told how many sheets are done, and of how many.
    """
    analysis = analyse(results)
    written = []
    before = _files_before(folder)
    try:
        for name, text in _texts(results, analysis):
            written.append(_write(folder / name, text.encode()))
        total = len(sheets) * len(results.results)
        for done, (name, content) in enumerate(_sheets(results, sheets), 1):
            written.append(_write(folder / FEEDBACK / name, content))
            progress(done, total)
        for path in before.difference(written):
            path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"this cannot be written: {reason}.", "Choose another --out.", folder) from error
    return written


def _texts(results: Results, analysis: Analysis) -> Iterator[tuple[str, str]]:
    summary = summarise(results) if results.results else None
    yield "problems.csv", data.problems_csv(results)
    if results.absent:
        yield "absent.csv", data.absent_csv(results)
    yield review.FILE_NAME, review.as_csv(results)
    yield "marks.csv", data.marks_csv(results)
    yield "items.csv", data.items_csv(analysis)
    yield "distractors.csv", data.options_csv(analysis)
    if summary is not None:
        yield "class.html", class_page(results, summary, analysis)
        yield "items.html", items_page(results, analysis)
    yield RESULTS, data.results_json(results, summary, analysis)


def _files_before(folder: Path) -> set[Path]:
    """What an earlier run wrote that this one may not: sheets of learners, and the list of the absent.

    They are removed, so that no sheet shows old marks, and none shows a name once there are pseudonyms.
    """
    try:
        found = json.loads((folder / RESULTS).read_bytes())
        learners = [entry["learner"]["id"] for entry in found["sittings"]]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    sheets = {folder / FEEDBACK / f"{name}.{kind}" for name in _names(learners) for kind in ("html", "pdf")}
    return {path for path in sheets | {folder / "absent.csv"} if path.is_file()}


def _sheets(results: Results, sheets: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    papers = {paper.id: paper for paper in results.key.papers.values()}
    names = _names([result.learner for result in results.results])
    if "html" in sheets:
        for result, name in zip(results.results, names, strict=True):
            page = feedback_page(result, results.key, papers[result.paper])
            yield f"{name}.html", page.encode()
    if "pdf" in sheets:
        from quiz.exams.typesetting import typeset

        documents = (feedback_document(one, results.key, papers[one.paper]) for one in results.results)
        for name, content in zip(names, typeset(documents), strict=True):
            yield f"{name}.pdf", content


def _names(learners: Sequence[str]) -> list[str]:
    """A file name for each learner: the id, in characters that every file system takes."""
    names: list[str] = []
    taken = set()
    for learner in learners:
        base = re.sub(r"[^\w.@-]+", "-", learner).strip("-.")[:80] or "learner"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
