"""HTML: one file each, sound, and whole without anything else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from quiz.exams.formats import html, html_text
from quiz.exams.paper import Exam
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind


class Sound(HTMLParser):
    """Keeps the text, and fails where a tag is not closed, or another one is."""

    VOID = frozenset(("meta", "br", "path", "link"))

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.targets: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        assert self.open == []

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert len(known) == len(attrs)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def exam() -> Exam:
    return exam_of_each_kind()


@pytest.fixture(scope="module")
def files(exam: Exam) -> dict[str, str]:
    return {name: content.decode() for name, content in html.render(exam).items()}


def test_there_is_a_paper_for_each_variant_and_one_key(exam: Exam, files: dict[str, str]) -> None:
    assert list(files) == ["paper-A.html", "paper-B.html", "key.html"]
    assert {name: content.decode() for name, content in html.render(exam).items()} == files


def test_files_are_sound_with_headings_in_order_and_ids_of_their_own(files: dict[str, str]) -> None:
    for source in files.values():
        assert source.startswith('<!doctype html>\n<html lang="en">')
        page = Sound(source)
        assert page.headings[0] == "h1"
        assert page.headings.count("h1") == 1
        assert len(set(page.ids)) == len(page.ids)


def test_files_ask_for_nothing_else(files: dict[str, str]) -> None:
    for source in files.values():
        assert not re.search(r"<(script|img|iframe|link)\b|@import|url\(", source)
        assert all(target.startswith("https://") for target in Sound(source).targets)


def test_a_paper_asks_all_its_items_with_lettered_options(exam: Exam, files: dict[str, str]) -> None:
    for paper in exam.papers:
        source = files[f"paper-{paper.label}.html"]
        assert Sound(source).ids == [f"item-{placed.number}" for placed in paper.items]
        for placed in paper.items:
            if placed.options:
                entries = "".join(f"<li>{html_text.inline(option)}</li>" for option in placed.options)
                assert f'<ol class="letters" type="A">{entries}</ol>' in source


def test_papers_carry_their_id_in_words_as_a_code_and_on_each_printed_page(
    exam: Exam, files: dict[str, str]
) -> None:
    for paper in exam.papers:
        source = files[f"paper-{paper.label}.html"]
        assert f"Paper <strong>{paper.id}</strong>" in source
        assert f"<title>QR code of the id {paper.id}</title>" in source
        assert f'@bottom-left {{ content: "{paper.id}"' in source
        assert "counter(pages)" in source


def test_gaps_and_lines_leave_room_to_write(exam: Exam, files: dict[str, str]) -> None:
    source = files["paper-A.html"]
    assert f"a container has {'_' * 20} seconds" in source
    assert source.count('<div class="line">') >= 5


def test_a_paper_has_no_answers_and_the_key_has_them_all(exam: Exam, files: dict[str, str]) -> None:
    paper, key = Sound(files["paper-A.html"]).text, Sound(files["key.html"]).text
    for candidate in exam.candidates:
        if candidate.item.kind in (Kind.CLOZE, Kind.COMMAND):
            assert f" {candidate.item.answers[0]}" not in paper
            assert candidate.item.answers[0] in key
    for number, *placed in zip(range(1, 7), *(paper.items for paper in exam.papers), strict=True):
        cells = " ".join(f"{''.join(one.letters) or '–'} (" for one in placed[:1])
        assert f"{number} {cells}" in key


def test_points_of_key_points_add_up_to_those_of_the_item(exam: Exam, files: dict[str, str]) -> None:
    # Two points for the item, and key points of weights 2 and 1.
    key = Sound(files["key.html"]).text
    assert "1.33 points:" in key
    assert "0.67 points:" in key
