"""DOCX: a paper a variant and one key, to be changed by hand before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quiz.errors import UserError
from quiz.exams.formats import phrases
from quiz.exams.formats.pages import A4
from quiz.exams.paper import Exam, Paper, PaperItem
from quiz.items.cloze import GAP
from quiz.items.item import Kind

if TYPE_CHECKING:
    from quiz.exams.formats.word_document import WordDocument

CARRIES: Final = frozenset(Kind)
LABEL: Final = "papers with room for answers and a key to edit by hand, on A4"


def render(exam: Exam, page: str = A4) -> dict[str, bytes]:
    """`paper-A.docx`, `paper-B.docx` ..., and `key.docx`."""
    try:
        from quiz.exams.formats.word_document import WordDocument
    except ImportError:
        raise UserError(
            "DOCX needs python-docx, which is not installed.", 'Run: pip install "ecsquiz[exams]"'
        ) from None

    title = exam.blueprint.title
    files = {}
    for paper in exam.papers:
        document = WordDocument(title, paper.id, exam.language, page, signed=True)
        _write_paper(document, exam, paper)
        files[f"paper-{paper.label}.docx"] = document.save()
    document = WordDocument(f"Key: {title}", exam.id, exam.language, page)
    _write_key(document, exam)
    files["key.docx"] = document.save()
    return files


# The paper


def _write_paper(document: WordDocument, exam: Exam, paper: Paper) -> None:
    from quiz.exams.formats.word_document import ITEMS

    document.title(exam.blueprint.title)
    document.paragraph(f"Paper {paper.id} · {phrases.facts(exam)}")
    document.paragraph(f"Name: {'_' * 42}   Date: {'_' * 18}")
    document.markdown(phrases.instructions(exam))
    numbers = document.new_list(ITEMS)
    for part in phrases.parts(paper):
        document.heading(part.title)
        document.markdown(part.instructions, keep=True)
        for placed in part.items:
            _write_item(document, placed, numbers)
    document.paragraph(f"End of paper {paper.id}", faint=True)


def _write_item(document: WordDocument, placed: PaperItem, numbers: int) -> None:
    from quiz.exams.formats.word_document import LETTERS

    kind = placed.item.kind
    stem_alone = kind is Kind.CLOZE
    stem = placed.item.stem.replace(GAP, phrases.WIDE_GAP)
    document.markdown(stem, keep=not stem_alone, numbered=numbers, after=phrases.worth(placed))
    if kind is Kind.MATCHING:
        document.pairs(placed.prompts, placed.options)
    elif kind is Kind.ORDERING:
        document.entries(placed.options, document.new_list(LETTERS), last_keeps=True)
        document.order(len(placed.options))
    elif placed.options:
        document.entries(placed.options, document.new_list(LETTERS))
    elif not stem_alone:
        document.lines(phrases.writing_lines(placed))


# The key


def _write_key(document: WordDocument, exam: Exam) -> None:
    document.title(f"Key: {exam.blueprint.title}")
    document.paragraph(f"Exam {exam.id} · {phrases.facts(exam)}")
    document.heading("Answers")
    document.paragraph(phrases.HOW_TO_READ_THE_TABLE)
    for header, rows in phrases.answer_tables(exam):
        document.table(header, rows)
    document.heading("Items")
    for number, placed in phrases.entries(exam):
        document.heading(f"Item {number} ({phrases.worth(placed)})", 2)
        document.markdown(placed.item.stem)
        for part in phrases.solution(placed):
            document.paragraph(part.label, faint=True, keep=True)
            document.markdown(part.markdown)
        document.paragraph(f"From {phrases.origin(placed.candidate)}", faint=True)
