"""PDF: read back by poppler, as a reader that we did not write."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.exams.formats import pdf, pdf_letter, prose
from quiz.exams.paper import Exam, Paper, PaperSection
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from quiz.source.question import Question
from tests.exams.exam_samples import exam_of_each_kind

Read = Callable[..., str]


@pytest.fixture(scope="session")
def poppler(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Runs a tool of poppler on a PDF."""
    if shutil.which("pdftotext") is None:
        reason = "poppler is not installed; on Debian or Ubuntu: sudo apt-get install poppler-utils"
        if os.environ.get("ECSQUIZ_REQUIRE_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    path = tmp_path_factory.mktemp("pdf") / "file.pdf"

    def run(content: bytes, tool: str, *options: str) -> str:
        path.write_bytes(content)
        after = ("-",) if tool == "pdftotext" else ()
        done = subprocess.run(
            [tool, *options, str(path), *after], capture_output=True, check=True, timeout=60
        )
        return done.stdout.decode(errors="replace")  # pdfinfo shows some marks as they are in the file

    return run


@pytest.fixture(scope="module")
def exam() -> Exam:
    return exam_of_each_kind()


@pytest.fixture(scope="module")
def files(exam: Exam) -> dict[str, bytes]:
    return pdf.render(exam)


def words(text: str) -> str:
    """The text without the places at which long names may be broken."""
    return " ".join(text.replace("\u200b", "").split())


def pages(text: str) -> list[str]:
    return [words(page) for page in text.split("\f") if page.strip()]


def test_there_is_a_paper_and_a_sheet_for_each_variant_and_one_key(files: dict[str, bytes]) -> None:
    assert list(files) == [
        "paper-A.pdf",
        "answer-sheet-A.pdf",
        "paper-B.pdf",
        "answer-sheet-B.pdf",
        "key.pdf",
    ]


def test_the_same_exam_gives_the_same_bytes(exam: Exam, files: dict[str, bytes]) -> None:
    assert pdf.render(exam) == files


def test_files_are_tagged_and_have_a_title_and_a_language_but_no_date(
    files: dict[str, bytes], poppler: Read
) -> None:
    for name, content in files.items():
        facts = poppler(content, "pdfinfo")
        assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE), name
        assert re.search(r"^Title: +\S", facts, re.MULTILINE), name
        assert "CreationDate" not in facts
        assert b"/Lang" in content
        assert b"pdfuaid:part" in content


def test_pages_are_a4_or_letter(exam: Exam, files: dict[str, bytes], poppler: Read) -> None:
    assert "(A4)" in poppler(files["paper-A.pdf"], "pdfinfo")
    for content in pdf_letter.render(exam).values():
        assert "612 x 792 pts (letter)" in poppler(content, "pdfinfo")


def test_each_page_says_whose_it_is_and_which_one_of_how_many(
    exam: Exam, files: dict[str, bytes], poppler: Read
) -> None:
    for paper in exam.papers:
        for kind in ("paper", "answer-sheet"):
            found = pages(poppler(files[f"{kind}-{paper.label}.pdf"], "pdftotext"))
            for number, page in enumerate(found, 1):
                assert paper.id in page
                assert f"Page {number} of {len(found)}" in page


def test_a_paper_asks_all_its_items_with_their_options_in_order(
    exam: Exam, files: dict[str, bytes], poppler: Read
) -> None:
    for paper in exam.papers:
        text = words(poppler(files[f"paper-{paper.label}.pdf"], "pdftotext"))
        places = [text.index(f" {placed.number}. ") for placed in paper.items]
        assert places == sorted(places)
        for placed in paper.items:
            if placed.item.kind is Kind.CHOICE:
                lettered = [
                    f"{letter}. {prose.text(prose.inline(option))}"
                    for letter, option in zip("ABCD", placed.options, strict=True)
                ]
                assert " ".join(lettered) in text


def test_a_paper_has_no_answers_and_the_key_has_them_all(
    exam: Exam, files: dict[str, bytes], poppler: Read
) -> None:
    paper = words(poppler(files["paper-A.pdf"], "pdftotext"))
    key = words(poppler(files["key.pdf"], "pdftotext"))
    for candidate in exam.candidates:
        if candidate.item.kind in (Kind.CLOZE, Kind.COMMAND):
            assert candidate.item.answers[0] not in paper
            assert candidate.item.answers[0] in key


def test_the_key_gives_the_letters_of_every_variant(
    exam: Exam, files: dict[str, bytes], poppler: Read
) -> None:
    table = poppler(files["key.pdf"], "pdftotext", "-layout", "-l", "1")
    for places in zip(*(paper.items for paper in exam.papers), strict=True):
        cells = [f"{''.join(placed.letters) or '–'} \\(\\d+\\)" for placed in places]
        assert re.search(rf"^ *{places[0].number} +{' +'.join(cells)}$", table, re.MULTILINE)


def test_the_sheet_has_bubbles_for_what_is_ticked_and_lines_for_what_is_written(
    exam: Exam, files: dict[str, bytes], poppler: Read
) -> None:
    text = words(poppler(files["answer-sheet-A.pdf"], "pdftotext"))
    ticked, written = text.split("To write")
    for placed in exam.papers[0].items:
        letters = " ".join("ABCDEFGH"[: len(placed.options)])
        if placed.item.kind is Kind.CHOICE:
            assert f" {placed.number} {letters}" in ticked
        elif placed.item.kind is Kind.MATCHING:
            assert all(f" {placed.number}, {row}. {letters}" in ticked for row in (1, 2, 3))
        elif placed.item.kind is Kind.ORDERING:
            assert f" {placed.number}, 1st {letters} {placed.number}, 2nd {letters}" in ticked
        else:
            assert re.search(rf"\b{placed.number}\b", written)


def test_the_sheet_says_its_id_to_machines(exam: Exam, files: dict[str, bytes], poppler: Read) -> None:
    assert "Figure" in poppler(files["answer-sheet-A.pdf"], "pdfinfo", "-struct")
    assert b"QR code of the id" in files["answer-sheet-A.pdf"]


def exam_with(exam: Exam, items: list[Item]) -> Exam:
    """The exam with one section of other choice items."""
    question = Question(1, "basics", ("roles",), "Which?", "That.")
    placed = exam.papers[0].items[0]
    places = tuple(
        replace(
            placed,
            number=number,
            candidate=Candidate(item, question),
            options=(*item.answers, *item.distractors),
            prompts=(),
        )
        for number, item in enumerate(items, 1)
    )
    return replace(exam, papers=(Paper(exam.id, "A", (PaperSection("All", "", places),)),))


def test_no_item_is_torn_apart_by_the_end_of_a_page(exam: Exam, poppler: Read) -> None:
    items = [
        Item(
            1,
            Kind.CHOICE,
            f"{n}",
            f"Stem {n}? " + "word " * (17 * n % 90),
            (f"right {n}",),
            (f"wrong {n}", f"last {n}."),
        )
        for n in range(1, 41)
    ]
    found = pages(poppler(pdf.render(exam_with(exam, items))["paper-A.pdf"], "pdftotext"))
    assert len(found) > 4
    for n in range(1, 41):
        assert any(f"Stem {n}?" in page and f"C. last {n}." in page for page in found)


def test_an_item_longer_than_a_page_goes_on_on_the_next(exam: Exam, poppler: Read) -> None:
    item = Item(1, Kind.CHOICE, "long", "long " * 3000 + "end.", ("right",), ("wrong", "last"))
    text = words(poppler(pdf.render(exam_with(exam, [item]))["paper-A.pdf"], "pdftotext"))
    assert text.count("long") == 3000
    assert "C. last" in text


def test_markup_of_typst_in_an_item_is_only_text(exam: Exam, poppler: Read) -> None:
    stem = "Is #panic() or $x$ or @ref or <label> or `#set` or = so?"
    item = Item(1, Kind.CHOICE, "marks", stem, ("#let",), ("\\*",))
    text = words(poppler(pdf.render(exam_with(exam, [item]))["paper-A.pdf"], "pdftotext"))
    assert "Is #panic() or $x$ or @ref or <label> or #set or = so?" in text
    assert "A. #let" in text


def test_long_names_stay_within_the_page(exam: Exam, poppler: Read) -> None:
    name = "AWSServiceRoleForApplicationAutoScaling_ECSServiceAndMore" * 2
    item = Item(1, Kind.CHOICE, "long", f"What is `{name}` or {name}?", (f"`{name}`",), (name,))
    boxes = poppler(pdf.render(exam_with(exam, [item]))["paper-A.pdf"], "pdftotext", "-bbox")
    ends = [float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert max(ends) <= 595.3 - 20 * 72 / 25.4 + 1


def test_tables_and_fences_of_an_explanation_are_set_as_such(
    exam: Exam, poppler: Read, tmp_path: Path
) -> None:
    explanation = "See:\n\n| Cause | Fix |\n|---|---|\n| one | two |\n\n```bash\naws ecs list-tasks\n```"
    item = Item(1, Kind.CHOICE, "x", "Which?", ("right",), ("wrong",), explanation=explanation)
    key = pdf.render(exam_with(exam, [item]))["key.pdf"]
    structure = poppler(key, "pdfinfo", "-struct-text")
    assert "TH" in structure
    assert '"aws ecs list-tasks"' in structure
    assert "|" not in poppler(key, "pdftotext")


@pytest.mark.parametrize("title", ["Prüfung → привет", "考试", "Exam 🙂", "Exam\x01 one", "\ue000 private"])
def test_a_title_in_any_script_gives_a_pdf(exam: Exam, poppler: Read, title: str) -> None:
    named = replace(exam, blueprint=replace(exam.blueprint, title=title))
    facts = poppler(pdf.render(named)["paper-A.pdf"], "pdfinfo")
    assert re.search(r"^Pages: +\d+$", facts, re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE)
