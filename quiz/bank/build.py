"""Compiling a folder of questions into one SQLite file.

Incremental by content hash: a file whose bytes are unchanged is neither parsed nor derived again.
The new bank is written beside the old one and put in its place at the end, so a build that fails
at any moment leaves the old bank as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, text
from sqlalchemy.exc import OperationalError
from sqlmodel import create_engine, select

from quiz.bank import payload
from quiz.bank.freshness import SourceFile, fingerprint_of, recipe, source_files
from quiz.bank.tables import (
    METADATA,
    SEARCH_TABLE,
    ItemRow,
    MetaRow,
    QuestionRow,
    QuestionTopicRow,
)
from quiz.errors import UserError
from quiz.items.derive import derive_items
from quiz.source.folder import read_spec
from quiz.source.lint import structure
from quiz.source.markdown import plain
from quiz.source.question import BankSpec, Finding, Question
from quiz.source.reader import read_bytes

Progress = Callable[[int, int], None]
"""Called with (files done, files to do)."""

_BATCH = 200


class BrokenSourceError(UserError):
    """The questions cannot be compiled; `findings` says why, one for each place."""

    def __init__(self, folder: Path, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        first = self.findings[0]
        more = f" And {len(findings) - 1} more: see ecsquiz bank check." if len(findings) > 1 else ""
        super().__init__(f"{first.message} ({first.code}).{more}", "", folder / first.path, first.line)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: files compiled anew, left as they were, and questions that are gone."""

    path: Path
    questions: int
    items: int
    compiled: int
    unchanged: int
    removed: int


def build_bank(folder: Path, target: Path, *, progress: Progress | None = None) -> BuildReport:
    """Compile the questions of `folder` into the SQLite file `target`.

    Raises BrokenSourceError where a question cannot be used, UserError where the folder cannot be read.
    """
    spec = read_spec(folder)
    files = source_files(folder)
    if not files:
        raise UserError(
            "there are no questions here.", "Add Markdown files, or import some: ecsquiz import", folder
        )
    with _written_whole(target) as beside:
        _start_from(target, beside)
        report = _compile(folder, spec, files, beside, progress or _silent)
    return BuildReport(target, *report)


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Gives a file beside `target`, which takes its place at the end. Raises UserError."""
    beside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
        os.close(handle)
        beside = Path(name)
        yield beside
        beside.replace(target)
    except (OSError, OperationalError) as error:
        said = error.orig if isinstance(error, OperationalError) else error.strerror
        raise UserError(
            f"the compiled bank cannot be written: {said}.",
            "Make room, or put it elsewhere: ecsquiz bank build --out FILE, and then --bank FILE",
            target,
        ) from error
    finally:
        if beside:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _silent(done: int, total: int) -> None:
    """For callers who do not watch."""


def _start_from(target: Path, beside: Path) -> None:
    """Copy the old bank if this code compiled it; otherwise start from an empty file."""
    from quiz.bank.store import Bank

    try:
        with Bank.open(target) as old:
            usable = old.recipe == recipe()
    except UserError:
        usable = False
    if usable:
        shutil.copyfile(target, beside)
        return
    engine = _engine(beside)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(text(SEARCH_TABLE))
    engine.dispose()


def _engine(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def _compile(
    folder: Path, spec: BankSpec, files: Sequence[SourceFile], beside: Path, progress: Progress
) -> tuple[int, int, int, int, int]:
    engine = _engine(beside)
    try:
        with engine.begin() as connection:
            # The file is worthless until it is complete, so no journal is needed for it.
            connection.execute(text("PRAGMA synchronous = OFF"))
            old = {
                row.path: (row.content_hash, row.number)
                for row in connection.execute(
                    select(QuestionRow.path, QuestionRow.content_hash, QuestionRow.number)
                )
            }
            changed = [file for file in files if old.get(file.path, ("",))[0] != file.content_hash]
            present = {file.path for file in files}
            changed_paths = {file.path for file in changed}
            gone = [
                number for path, (_, number) in old.items() if path not in present or path in changed_paths
            ]
            _remove(connection, gone)
            taken = {number: path for path, (_, number) in old.items() if number not in set(gone)}
            _add_all(connection, folder, spec, changed, taken, progress)
            _check_spec_change(connection, folder, spec, unchanged=len(taken) > 0)
            _write_meta(connection, spec, fingerprint_of(folder, files))
            questions = connection.execute(text("SELECT count(*) FROM question")).scalar_one()
            items = connection.execute(text("SELECT count(*) FROM item")).scalar_one()
        removed = sum(path not in present for path in old)
        return questions, items, len(changed), len(files) - len(changed), removed
    finally:
        engine.dispose()


def _remove(connection: Connection, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        connection.execute(delete(ItemRow).where(ItemRow.question.in_(some)))  # type: ignore[attr-defined]
        connection.execute(delete(QuestionTopicRow).where(QuestionTopicRow.number.in_(some)))  # type: ignore[attr-defined]
        connection.execute(delete(QuestionRow).where(QuestionRow.number.in_(some)))  # type: ignore[attr-defined]
        connection.execute(
            text("DELETE FROM question_text WHERE rowid = :number"), [{"number": number} for number in some]
        )


def _add_all(
    connection: Connection,
    folder: Path,
    spec: BankSpec,
    files: Sequence[SourceFile],
    taken: dict[int, str],
    progress: Progress,
) -> None:
    """Compile `files` in batches. `taken` maps the numbers in use to the files that hold them."""
    findings: list[Finding] = []
    for start in range(0, len(files), _BATCH):
        readings = []
        for file in files[start : start + _BATCH]:
            question, wrong = _read(file, spec, taken)
            findings += wrong
            if question is not None:
                taken[question.number] = file.path
                readings.append((question, file))
        if not findings:
            _insert(connection, readings)
        progress(min(start + _BATCH, len(files)), len(files))
    if findings:
        raise BrokenSourceError(folder, findings)


def _read(
    file: SourceFile, spec: BankSpec, taken: dict[int, str]
) -> tuple[Question | None, tuple[Finding, ...]]:
    reading = read_bytes(file.content, file.path)
    findings = list(reading.findings)
    if reading.question:
        findings += structure.check_one(reading.question, spec, taken)
    return reading.question, tuple(findings)


def _insert(connection: Connection, readings: Sequence[tuple[Question, SourceFile]]) -> None:
    items = [(position, item) for q, _ in readings for position, item in enumerate(derive_items(q))]
    topics = [
        {"number": question.number, "topic": topic, "position": position}
        for question, _ in readings
        for position, topic in enumerate(question.topics)
    ]
    connection.execute(insert(QuestionRow), [_question_values(question, file) for question, file in readings])
    if topics:
        connection.execute(insert(QuestionTopicRow), topics)
    if items:
        connection.execute(
            insert(ItemRow),
            [
                {
                    "id": item.id,
                    "question": item.question,
                    "kind": item.kind.value,
                    "position": position,
                    "payload": payload.dump(item),
                }
                for position, item in items
            ],
        )
    connection.execute(
        text(
            "INSERT INTO question_text (rowid, prompt, terms, body) VALUES (:number, :prompt, :terms, :body)"
        ),
        [_search_values(question) for question, _ in readings],
    )


def _question_values(question: Question, file: SourceFile) -> dict[str, object]:
    return {
        "number": question.number,
        "level": question.level,
        "path": file.path,
        "content_hash": file.content_hash,
        "payload": payload.dump(question),
    }


def _search_values(question: Question) -> dict[str, object]:
    terms = sorted({term for point in question.key_points for term in point.terms})
    body = [question.short_answer, *(part for s in question.sections for part in (s.title, s.markdown))]
    body += [plain(point.text) for point in question.key_points]
    body += [f"{mistake.wrong} {mistake.right}" for mistake in question.mistakes]
    return {
        "number": question.number,
        "prompt": plain(question.prompt),
        "terms": "\n".join([*terms, *question.topics]),
        "body": "\n".join(body),
    }


def _check_spec_change(connection: Connection, folder: Path, spec: BankSpec, *, unchanged: bool) -> None:
    """When levels or topics were renamed, unchanged questions may point at ones that are gone."""
    old = connection.execute(select(MetaRow.value).where(MetaRow.key == "spec")).scalar_one_or_none()
    if not unchanged or old is None or old == payload.dump(spec):
        return
    findings = [
        finding
        for stored in connection.execute(select(QuestionRow.payload)).scalars()
        for finding in structure.check_one(payload.load_question(stored), spec, {})
    ]
    if findings:
        raise BrokenSourceError(folder, findings)


def _write_meta(connection: Connection, spec: BankSpec, fingerprint: str) -> None:
    connection.execute(delete(MetaRow))
    connection.execute(
        insert(MetaRow),
        [
            {"key": "spec", "value": payload.dump(spec)},
            {"key": "sources", "value": fingerprint},
            {"key": "recipe", "value": recipe()},
        ],
    )
