"""QTI 1.2 packages for Canvas, as pyslet reads them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest

from quiz.errors import UserError
from quiz.exams.formats import html_text, qti12
from quiz.exams.paper import Exam, PaperItem
from quiz.items.item import Kind
from tests.exams.exam_samples import exam_of_each_kind
from tests.exams.qti_engine import items_of, key_of, metadata_of

QTI: Final = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CANVAS: Final = "{http://canvas.instructure.com/xsd/cccv1p0}"


def exam_of(variants: int = 1) -> Exam:
    return exam_of_each_kind(variants, wrong=0)


def files(exam: Exam, label: str = "A") -> dict[str, bytes]:
    with ZipFile(BytesIO(qti12.render(exam)[f"qti12-{label}.zip"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def assessment(exam: Exam, label: str = "A") -> bytes:
    found = files(exam, label)
    return next(found[name] for name in found if re.search(r"g\w{32}\.xml$", name))


def item(kind: Kind) -> Any:
    """As pyslet reads it."""
    return next(item for item in items_of(assessment(exam_of())) if item.title.endswith(f", {kind}"))


def element(kind: Kind) -> Element:
    found = fromstring(assessment(exam_of())).iter(f"{QTI}item")
    return next(item for item in found if item.get("title", "").endswith(f", {kind}"))


def placed(kind: Kind) -> PaperItem:
    return next(placed for placed in exam_of().papers[0].items if placed.item.kind is kind)


@pytest.mark.parametrize(
    ("kind", "question_type", "points"),
    [
        (Kind.CHOICE, "multiple_choice_question", "1"),
        (Kind.CLOZE, "short_answer_question", "2"),
        (Kind.MATCHING, "matching_question", "4"),
        (Kind.ORDERING, "matching_question", "4"),
        (Kind.COMMAND, "essay_question", "2"),
        (Kind.RECALL, "essay_question", "2"),
    ],
)
def test_each_kind_becomes_a_question_type_of_canvas_with_its_points(
    kind: Kind, question_type: str, points: str
) -> None:
    assert metadata_of(item(kind)) == {"question_type": question_type, "points_possible": points}


def test_the_right_option_of_a_choice_gives_all_points() -> None:
    assert key_of(item(Kind.CHOICE)) == [("100", list(placed(Kind.CHOICE).letters))]


def test_a_choice_keeps_the_order_of_the_paper() -> None:
    labels = element(Kind.CHOICE).iter(f"{QTI}response_label")
    options = {label.get("ident"): label.findtext(f".//{QTI}mattext") for label in labels}
    asked = [html_text.inline(option) for option in placed(Kind.CHOICE).options]
    assert options == dict(zip("ABCD", asked, strict=True))


def test_each_answer_to_a_cloze_is_right() -> None:
    assert key_of(item(Kind.CLOZE)) == [("100", ["30", "thirty"])]


@pytest.mark.parametrize("kind", [Kind.MATCHING, Kind.ORDERING])
def test_each_pair_or_place_gives_its_share(kind: Kind) -> None:
    assert key_of(item(kind)) == [("25", [letter]) for letter in placed(kind).letters]


def test_an_ordering_is_a_matching_of_places_with_steps() -> None:
    responses = element(Kind.ORDERING).findall(f".//{QTI}response_lid")
    left = [response.findtext(f"{QTI}material/{QTI}mattext") for response in responses]
    assert left == ["Step 1", "Step 2", "Step 3", "Step 4"]


def test_people_score_what_is_written() -> None:
    assert key_of(item(Kind.RECALL)) == []


def test_the_explanation_is_the_general_comment() -> None:
    feedback = element(Kind.CHOICE).findtext(f"{QTI}itemfeedback[@ident='general_fb']//{QTI}mattext", "")
    assert feedback == "<p>See roles. The <strong>execution role</strong> reads secrets &lt; start.</p>"


def test_titles_and_instructions_of_sections_are_texts_between_the_questions() -> None:
    kinds = [metadata_of(item)["question_type"] for item in items_of(assessment(exam_of()))]
    assert [index for index, kind in enumerate(kinds) if kind == "text_only_question"] == [0, 4]


def test_the_quiz_has_the_time_limit_and_is_not_published() -> None:
    found = files(exam_of())
    settings = fromstring(next(found[name] for name in found if name.endswith("assessment_meta.xml")))
    said = {setting.tag.removeprefix(CANVAS): setting.text for setting in settings}
    assert said["time_limit"] == "45"
    assert said["points_possible"] == "15"
    assert said["available"] == "false"
    assert said["shuffle_answers"] == "false"


def test_the_manifest_lists_what_is_in_the_package() -> None:
    found = files(exam_of())
    manifest = fromstring(found["imsmanifest.xml"])
    listed = {file.get("href") for file in manifest.iter() if file.tag.endswith("}file")}
    assert listed == set(found) - {"imsmanifest.xml"}


def test_a_later_export_has_the_same_ids_and_another_variant_has_others() -> None:
    idents = [{item.ident for item in items_of(assessment(exam_of(2), label))} for label in "ABA"]
    assert idents[0] == idents[2]
    assert idents[0].isdisjoint(idents[1])


def test_no_name_tells_the_id_of_an_item_which_can_tell_its_answer() -> None:
    assert element(Kind.CLOZE).get("title") == "04, question 1, cloze"
    assert b"1/cloze/drain" not in assessment(exam_of())


def test_points_off_are_refused_since_canvas_has_none() -> None:
    with pytest.raises(
        UserError, match="Canvas cannot take points off for a wrong answer, as for 1/choice/role"
    ):
        qti12.render(exam_of_each_kind(1, wrong=0.5))


def test_the_same_exam_gives_the_same_bytes() -> None:
    assert qti12.render(exam_of(2)) == qti12.render(exam_of(2))
