"""QTI 2.1 packages, as a converter that we did not write reads them: into QTI 3."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from qti_convert import upgrade_package

from quiz.exams.formats import qti21
from quiz.exams.paper import Exam
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind
from tests.exams.exam_samples import exam_of, exam_of_each_kind, item_of_each_kind, sample_question
from tests.exams.qti_engine import score_of

QTI: Final = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PACKAGE: Final = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"


class Package:
    """The converted package of a paper."""

    def __init__(self, exam: Exam, label: str = "A") -> None:
        self.files: Any = upgrade_package(qti21.render(exam)[f"qti21-{label}.zip"]).files

    def document(self, path: str) -> Element:
        return fromstring(self.files[path])

    def item(self, kind: Kind) -> Element:
        (path,) = (path for path in self.files if f"-{kind}-" in path)
        return self.document(path)


@pytest.fixture(scope="module")
def package() -> Package:
    return Package(exam_of_each_kind(1))


def of_item(item: Item) -> Element:
    return Package(exam_of([Candidate(item, sample_question(1))])).item(item.kind)


def right(item: Element) -> list[str | None]:
    return [value.text for value in item.findall(f".//{QTI}qti-correct-response/{QTI}qti-value")]


def scores(item: Element) -> dict[str | None, float]:
    entries = item.iter(f"{QTI}qti-map-entry")
    return {entry.get("map-key"): float(entry.get("mapped-value", "")) for entry in entries}


def words(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("kind", "interaction"),
    [
        (Kind.CHOICE, "qti-choice-interaction"),
        (Kind.CLOZE, "qti-text-entry-interaction"),
        (Kind.ORDERING, "qti-order-interaction"),
        (Kind.MATCHING, "qti-match-interaction"),
        (Kind.COMMAND, "qti-extended-text-interaction"),
        (Kind.RECALL, "qti-extended-text-interaction"),
    ],
)
def test_each_kind_becomes_an_interaction_of_its_type(package: Package, kind: Kind, interaction: str) -> None:
    assert [e.tag for e in package.item(kind).iter() if e.tag.endswith("-interaction")] == [QTI + interaction]


def test_a_choice_has_the_letters_of_the_paper_and_takes_points_off(package: Package) -> None:
    placed = next(p for p in exam_of_each_kind(1).papers[0].items if p.item.kind is Kind.CHOICE)
    choice = package.item(Kind.CHOICE)
    options = {option.get("identifier"): words(option) for option in choice.iter(f"{QTI}qti-simple-choice")}
    assert options == {
        letter: option.replace("`", "") for letter, option in zip("ABCD", placed.options, strict=True)
    }
    assert right(choice) == list(placed.letters)
    assert scores(choice) == {letter: 1 if letter in placed.letters else -0.5 for letter in "ABCD"}


def test_no_answer_takes_no_points_off(package: Package) -> None:
    condition = package.item(Kind.CHOICE).find(f".//{QTI}qti-response-if")
    assert condition is not None
    assert [e.tag.removeprefix(QTI) for e in condition[0].iter()] == [
        "qti-not",
        "qti-is-null",
        "qti-variable",
    ]


def test_a_cloze_has_its_field_within_the_sentence_and_accepts_each_answer(package: Package) -> None:
    cloze = package.item(Kind.CLOZE)
    paragraph = cloze.find(f".//{QTI}p")
    assert paragraph is not None
    (field,) = paragraph
    assert (paragraph.text, field.tail) == ("After SIGTERM a container has ", " seconds by default.")
    assert scores(cloze) == {"30": 2, "thirty": 2}
    assert {entry.get("case-sensitive") for entry in cloze.iter(f"{QTI}qti-map-entry")} == {"false"}


@pytest.mark.parametrize(
    ("stem", "around"),
    [
        ("_____ is first", ("", " is first")),
        ("Run `aws ecs _____` now", ("aws ecs ", "")),
        ("The **role** _____ pulls", (" ", " pulls")),
        ("_____", ("", "")),
    ],
)
def test_a_gap_becomes_a_field_wherever_it_is(stem: str, around: tuple[str, str]) -> None:
    item = of_item(Item(1, Kind.CLOZE, "k", stem, ("it",)))
    parent = next(e for e in item.iter() if e.find(f"{QTI}qti-text-entry-interaction") is not None)
    place = [e.tag for e in parent].index(f"{QTI}qti-text-entry-interaction")
    before = parent[place - 1].tail if place else parent.text
    assert (before or "", parent[place].tail or "") == around
    assert "_____" not in words(item.find(f"{QTI}qti-item-body"))


def test_an_ordering_scores_each_place(package: Package) -> None:
    placed = next(p for p in exam_of_each_kind(1).papers[0].items if p.item.kind is Kind.ORDERING)
    ordering = package.item(Kind.ORDERING)
    assert right(ordering) == list(placed.letters)
    matches = [
        (match[0].get("n"), match[1].text, total[1].text)
        for match, total in zip(ordering.iter(f"{QTI}qti-match"), ordering.iter(f"{QTI}qti-sum"), strict=True)
    ]
    assert matches == [(str(place), letter, "1") for place, letter in enumerate(placed.letters, 1)]


def test_a_matching_scores_each_pair_and_offers_what_fits_nothing(package: Package) -> None:
    matching = package.item(Kind.MATCHING)
    sides = [
        {choice.get("identifier"): words(choice) for choice in side}
        for side in matching.iter(f"{QTI}qti-simple-match-set")
    ]
    pairs = {
        sides[0][left]: sides[1][option] for left, option in map(str.split, filter(None, right(matching)))
    }
    source = next(item for item in item_of_each_kind() if item.kind is Kind.MATCHING)
    assert pairs == dict(zip(source.prompts, source.answers, strict=True))
    assert "a second subnet" in sides[1].values()
    assert list(scores(matching).values()) == [1, 1, 1, 1]


def test_free_text_is_scored_by_people_with_a_rubric_of_their_own(package: Package) -> None:
    recall = package.item(Kind.RECALL)
    rubric = recall.find(f".//{QTI}qti-rubric-block")
    assert rubric is not None
    assert rubric.get("view") == "scorer"
    assert "Key points:" in words(rubric)
    assert recall.find(f"{QTI}qti-response-processing") is None


def test_points_are_the_maximum(package: Package) -> None:
    for placed in exam_of_each_kind(1).papers[0].items:
        outcome = package.item(placed.item.kind).find(f"{QTI}qti-outcome-declaration[@identifier='SCORE']")
        assert outcome is not None
        assert float(outcome.get("normal-maximum", "")) == placed.points


def test_the_explanation_is_the_feedback(package: Package) -> None:
    feedback = package.item(Kind.CHOICE).find(f"{QTI}qti-modal-feedback")
    assert words(feedback) == "See roles. The execution role reads secrets < start."


def test_the_test_has_the_sections_the_time_and_the_pass_mark(package: Package) -> None:
    test = package.document("test.xml")
    sections = list(test.iter(f"{QTI}qti-assessment-section"))
    assert [section.get("title") for section in sections] == ["Letters", "Words"]
    assert words(sections[0].find(f"{QTI}qti-rubric-block")) == "Use capitals."
    assert [len(section.findall(f"{QTI}qti-assessment-item-ref")) for section in sections] == [3, 3]
    limits = test.find(f"{QTI}qti-time-limits")
    assert limits is not None
    assert limits.get("max-time") == "2700"
    assert words(test.find(f".//{QTI}qti-gte/{QTI}qti-base-value")) == "9"


def test_the_manifest_lists_what_is_in_the_package(package: Package) -> None:
    manifest = package.document("imsmanifest.xml")
    listed = {file.get("href") for file in manifest.iter(f"{PACKAGE}file")}
    assert listed == set(package.files) - {"imsmanifest.xml"}
    for reference in package.document("test.xml").iter(f"{QTI}qti-assessment-item-ref"):
        assert package.document(reference.get("href", "")).get("identifier") == reference.get("identifier")


def test_each_variant_is_a_package_whose_items_have_the_same_identifiers() -> None:
    exam = exam_of_each_kind(2)
    assert list(qti21.render(exam)) == ["qti21-A.zip", "qti21-B.zip"]
    assert set(Package(exam, "A").files) == set(Package(exam, "B").files)


def test_no_name_tells_the_id_of_an_item_which_can_tell_its_answer(package: Package) -> None:
    assert package.item(Kind.CLOZE).get("title") == "04, question 1, cloze"
    assert not any("drain" in path or "drain" in str(text) for path, text in package.files.items())


def test_instructions_of_the_exam_come_first() -> None:
    exam = exam_of_each_kind(1)
    exam = replace(exam, blueprint=replace(exam.blueprint, instructions="No **books**."))
    assert words(Package(exam).document("test.xml").find(f".//{QTI}qti-rubric-block")).startswith("No books.")


def test_the_same_exam_gives_the_same_bytes_whose_entries_have_one_date() -> None:
    first, second = qti21.render(exam_of_each_kind(1)), qti21.render(exam_of_each_kind(1))
    assert first == second
    with ZipFile(BytesIO(first["qti21-A.zip"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def scored(kind: Kind, response: object) -> float:
    """What an engine that we did not write gives for a response."""
    with ZipFile(BytesIO(qti21.render(exam_of_each_kind(1))["qti21-A.zip"])) as archive:
        (path,) = (name for name in archive.namelist() if f"-{kind}-" in name)
        return score_of(archive.read(path), response)


def key_to(kind: Kind) -> list[str]:
    return list(next(p for p in exam_of_each_kind(1).papers[0].items if p.item.kind is kind).letters)


def test_an_engine_scores_a_choice_right_wrong_and_left_out() -> None:
    (letter,) = key_to(Kind.CHOICE)
    wrong = next(other for other in "ABCD" if other != letter)
    assert [scored(Kind.CHOICE, response) for response in (letter, wrong, None)] == [1, -0.5, 0]


def test_an_engine_scores_each_answer_to_a_cloze() -> None:
    assert [scored(Kind.CLOZE, response) for response in ("30", "thirty", "31", None)] == [2, 2, 0, 0]


def test_an_engine_scores_an_ordering_by_places() -> None:
    first, second, *others = key_to(Kind.ORDERING)
    assert scored(Kind.ORDERING, [first, second, *others]) == 4
    assert scored(Kind.ORDERING, [second, first, *others]) == 2
    assert scored(Kind.ORDERING, None) == 0


def test_an_engine_scores_a_matching_by_pairs() -> None:
    pairs = [(f"P{number}", letter) for number, letter in enumerate(key_to(Kind.MATCHING), 1)]
    assert scored(Kind.MATCHING, dict.fromkeys(pairs, 1)) == 4
    assert scored(Kind.MATCHING, dict.fromkeys([*pairs[:3], ("P4", pairs[0][1])], 1)) == 3
    assert scored(Kind.MATCHING, None) == 0
