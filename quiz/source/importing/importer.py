"""The whole way: a document, repaired, split, placed, written, accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.source.encoding import read_text, repair
from quiz.source.folder import BANK_FILE, read_spec
from quiz.source.importing.folder_writer import Decision, NewFile, bank_file, decide, write
from quiz.source.importing.lines import Line, read_lines
from quiz.source.importing.placing import Placed, Placing, place
from quiz.source.importing.question_file import file_name, render
from quiz.source.importing.report import File, Left, Note, Report, Status
from quiz.source.importing.sections import Part, sections_of
from quiz.source.importing.shape import choose_shape
from quiz.source.question import BankSpec
from quiz.source.reader import COMMON_MISTAKES, FOLLOW_UPS, KEY_POINTS, SHORT_ANSWER, read_question

_NAMES_OF_OUR_OWN: Final = (SHORT_ANSWER, KEY_POINTS, COMMON_MISTAKES, FOLLOW_UPS)
# A line of which nothing remains once the tags are gone.
_ONLY_MARKUP: Final = re.compile(r"(?:</?(?:details|summary|br)\b[^<>]*>|\s)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may choose. `level` is for questions whose level the bank does not have."""

    dry_run: bool = False
    overwrite: bool = False
    level: str | None = None
    start_at: int | None = None


NO_OPTIONS: Final = Options()


@dataclass(frozen=True, slots=True)
class _Made:
    """A question file, and the numbers of the document's lines that are in it."""

    file: NewFile
    lines: frozenset[int]
    notes: tuple[Note, ...]


def import_document(document: Path, folder: Path, options: Options = NO_OPTIONS) -> Report:
    """Turn a Q&A document into question files of the bank in `folder`.

    Raises UserError where the document cannot be read, holds no question, or does not fit the bank;
    nothing is written then.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError("this is a file.", "Name a folder with --into.", folder)
    repaired = repair(read_text(document))
    spec = read_spec(folder) if (folder / BANK_FILE).exists() else None
    try:
        lines = read_lines(repaired.text)
        shape, parts = choose_shape(lines)
        placing = place(parts, spec, options.level, options.start_at)
    except UserError as error:
        error.path = error.path or document
        raise
    made = [_make(placed) for placed in placing.placed]
    decisions = decide(folder, [question.file for question in made], overwrite=options.overwrite)
    title = _title(placing, document)
    new_bank = None if spec else BankSpec(title, tuple(placing.levels), tuple(placing.topics))
    if not options.dry_run:
        write(folder, decisions, bank_file(new_bank) if new_bank else None)
    account = _account(lines, placing, made, spec.title if spec else title)
    return Report(
        document=str(document),
        folder=str(folder),
        dry_run=options.dry_run,
        shape=shape.name,
        levels=Counter(placed.level for placed in placing.placed),
        code_pages=repaired.code_pages,
        repairs=repaired.repairs,
        doubts=repaired.doubts,
        notes=tuple(_notes(placing, made, document, folder)),
        left=tuple(account.left),
        rules=tuple(account.rules),
        markup=tuple(account.markup),
        headings=account.headings,
        files=tuple(_files(decisions, new_bank)),
    )


def _make(placed: Placed) -> _Made:
    draft = placed.draft
    parts, notes = sections_of(draft)
    text = render(placed.number, placed.level, placed.topics, draft.prompt, parts)
    path = file_name(placed.number, placed.level, draft.prompt)
    notes += _differences(text, path, draft.prompt, parts, draft.line)
    numbers = {line.number for part in parts for line in part.lines if not line.is_gap}
    numbers |= {part.line for part in parts} | {line.number for line in draft.lines}
    return _Made(NewFile(path, placed.number, draft.line, text), frozenset(numbers), tuple(notes))


def _differences(text: str, path: str, prompt: str, parts: Sequence[Part], line: int) -> list[Note]:
    """What the reader makes of the file otherwise than it was meant."""
    reading = read_question(text, path)
    messages = [f"{path}:{finding.line}: {finding.message}" for finding in reading.findings]
    question = reading.question
    if question and question.prompt != prompt:
        messages.append(f"{path}: the question reads as `{question.prompt}`")
    expected = [part.title for part in parts if part.title not in _NAMES_OF_OUR_OWN]
    found = [section.title for section in question.sections] if question else []
    if found != expected:
        messages.append(f"{path}: the sections read as {found}; look for a code block that is not closed")
    return [Note("reads otherwise", line, message) for message in messages]


def _title(placing: Placing, document: Path) -> str:
    return placing.title or document.stem.replace("-", " ").replace("_", " ").strip() or "Imported questions"


def _notes(placing: Placing, made: Sequence[_Made], document: Path, folder: Path) -> list[Note]:
    notes = [*placing.notes, *(note for question in made for note in question.notes)]
    if document.suffix == ".md" and folder.resolve() in document.resolve().parents:
        message = f"{document.name} is inside {folder}, where every .md file is read as a question: move it"
        notes.append(Note("document in the bank", 1, message))
    return sorted(notes, key=lambda note: note.line)


def _files(decisions: Sequence[Decision], new_bank: BankSpec | None) -> list[File]:
    files = [decision.file for decision in decisions]
    return [*files, File(BANK_FILE, Status.WRITTEN)] if new_bank else files


@dataclass(frozen=True, slots=True)
class _Account:
    """Where the lines went that are in no question's file."""

    headings: dict[int, str]
    left: list[Left]
    rules: list[int]
    markup: list[int]


def _account(lines: Sequence[Line], placing: Placing, made: Sequence[_Made], bank_title: str) -> _Account:
    """Every line that is not blank is in a file, or it is here."""
    headings, left = dict(placing.headings), list(placing.left)
    if placing.title_line and placing.title == bank_title:
        headings[placing.title_line] = "the bank's title"
    elif placing.title_line:
        left.append(Left(placing.title_line, placing.title, "title, but the bank has its own"))
    known = {number for question in made for number in question.lines}
    known |= headings.keys() | {entry.line for entry in left}
    markup = []
    for line in lines:
        if line.is_gap or line.number in known:
            continue
        if _ONLY_MARKUP.match(line.text):
            markup.append(line.number)
        else:
            left.append(Left(line.number, line.text.strip(), "not placed"))
    rules = [line.number for line in lines if line.is_rule]
    return _Account(headings, sorted(left, key=lambda entry: entry.line), rules, markup)
