"""DOCX: read back by python-docx."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from quiz.exams.formats import docx as docx_format
from quiz.exams.formats import docx_letter
from quiz.exams.formats.prose import inline, text
from quiz.exams.paper import Exam
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind


@pytest.fixture(scope="module")
def exam() -> Exam:
    return exam_of_each_kind()


@pytest.fixture(scope="module")
def files(exam: Exam) -> dict[str, bytes]:
    return docx_format.render(exam)


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_there_is_a_paper_for_each_variant_and_one_key(files: dict[str, bytes]) -> None:
    assert list(files) == ["paper-A.docx", "paper-B.docx", "key.docx"]


def test_the_same_exam_gives_the_same_bytes_with_fixed_dates(exam: Exam, files: dict[str, bytes]) -> None:
    assert docx_format.render(exam) == files
    with ZipFile(BytesIO(files["key.docx"])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {2000}


def test_title_language_and_id_are_in_the_properties(exam: Exam, files: dict[str, bytes]) -> None:
    properties = opened(files["paper-A.docx"]).core_properties
    assert properties.title == exam.blueprint.title
    assert properties.language == "en"
    assert properties.identifier == exam.papers[0].id


def test_headings_are_headings(exam: Exam, files: dict[str, bytes]) -> None:
    key = opened(files["key.docx"])
    styles = [(p.style.name, p.text) for p in key.paragraphs if p.style and p.style.name != "Normal"]
    assert styles[0] == ("Title", f"Key: {exam.blueprint.title}")
    assert ("Heading 1", "Answers") in styles
    assert sum(name == "Heading 2" for name, _ in styles) == len(exam.candidates)


def test_items_are_numbered_by_word_and_options_begin_again_with_a(
    exam: Exam, files: dict[str, bytes]
) -> None:
    document = opened(files["paper-A.docx"])
    lists: dict[int, list[str]] = {}
    for paragraph in document.paragraphs:
        for number in paragraph._p.iter(qn("w:numId")):
            lists.setdefault(int(number.get(qn("w:val"))), []).append(paragraph.text)
    items, *others = lists.values()
    assert len(items) == len(exam.papers[0].items)
    lettered = [
        [text(inline(option)) for option in placed.options]
        for placed in exam.papers[0].items
        if placed.item.kind in (Kind.CHOICE, Kind.ORDERING)
    ]
    assert others == lettered
    numbering = document.part.numbering_part.element
    for number in list(lists)[1:]:
        entry = numbering.num_having_numId(number)
        assert entry.find(qn("w:lvlOverride")).find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_a_matching_is_a_table_with_room_for_letters(exam: Exam, files: dict[str, bytes]) -> None:
    placed = next(placed for placed in exam.papers[0].items if placed.item.kind is Kind.MATCHING)
    (table,) = opened(files["paper-A.docx"]).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert tuple(row[0] for row in cells)[: len(placed.prompts)] == placed.prompts
    assert tuple(row[2] for row in cells if row[2]) == placed.options
    assert {row[1] for row in cells} == {""}


def test_the_parts_of_an_item_stay_together(files: dict[str, bytes]) -> None:
    paragraphs = opened(files["paper-A.docx"]).paragraphs
    start = next(
        index for index, p in enumerate(paragraphs) if p._p.pPr is not None and p._p.pPr.numPr is not None
    )
    kept = [p.paragraph_format.keep_with_next for p in paragraphs[start : start + 4]]
    assert kept == [True] * 4


def test_pages_count_themselves_and_carry_the_id(exam: Exam, files: dict[str, bytes]) -> None:
    section = opened(files["paper-B.docx"]).sections[0]
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith(f"{exam.papers[1].id}\tPage ")
    fields = [field.text for field in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_pages_are_a4_or_letter(exam: Exam, files: dict[str, bytes]) -> None:
    def width(content: bytes) -> float:
        found = opened(content).sections[0].page_width
        assert found is not None
        return round(float(found.mm), 1)

    assert width(files["paper-A.docx"]) == 210
    assert width(docx_letter.render(exam)["paper-A.docx"]) == 215.9


def test_the_key_has_every_answer_and_the_letters_of_each_variant(
    exam: Exam, files: dict[str, bytes]
) -> None:
    key = opened(files["key.docx"])
    rows = [[cell.text for cell in row.cells] for row in key.tables[0].rows]
    assert rows[0] == ["No.", "A", "B"]
    for row, placed in zip(rows[1:], exam.papers[0].items, strict=True):
        assert row[1].startswith(f"{''.join(placed.letters) or '–'} (")
    said = "\n".join(texts(key))
    for candidate in exam.candidates:
        if candidate.item.kind is not Kind.RECALL:
            assert all(answer in said for answer in candidate.item.answers)
