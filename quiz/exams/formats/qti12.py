"""QTI 1.2 for Canvas: a content package for each variant, which becomes a quiz that is not yet published.

Ids come from the bank, the title and the item, so that importing a later export into the same course changes
the quiz instead of adding another. Canvas takes no points off for a wrong answer.

https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html;
https://github.com/instructure/canvas-lms/tree/master/lib/cc/qti
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element

from quiz.errors import UserError
from quiz.exams.formats import html_text
from quiz.exams.formats.archive import zipped
from quiz.exams.formats.qti12_items import add_item, add_text
from quiz.exams.formats.xml_text import add, document, root
from quiz.exams.paper import Exam, Paper
from quiz.items.item import Kind

LABEL: Final = "a QTI 1.2 package a variant, for Canvas"
CARRIES: Final = frozenset(Kind)

_PACKAGE: Final = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_PACKAGE_SCHEMA: Final = "http://www.imsglobal.org/xsd/imscp_v1p1.xsd"
_QTI: Final = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_QTI_SCHEMA: Final = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"
_CANVAS: Final = "http://canvas.instructure.com/xsd/cccv1p0"
_CANVAS_SCHEMA: Final = "https://canvas.instructure.com/xsd/cccv1p0.xsd"
_SETTINGS: Final = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def render(exam: Exam) -> dict[str, bytes]:
    """`qti12-A.zip`, `qti12-B.zip` ... Raises UserError where a wrong answer costs points."""
    costly = [placed.item.id for paper in exam.papers for placed in paper.items if placed.wrong]
    if costly:
        raise UserError(
            f"Canvas cannot take points off for a wrong answer, as for {costly[0]}.",
            "Leave out `wrong`, or choose --format moodle-xml or qti21.",
        )
    return {f"qti12-{paper.label}.zip": zipped(_package(exam, paper)) for paper in exam.papers}


def _package(exam: Exam, paper: Paper) -> dict[str, bytes]:
    name = _ident(exam, paper, "quiz")
    return {
        "imsmanifest.xml": _manifest(exam, paper, name),
        f"{name}/{name}.xml": _assessment(exam, paper, name),
        f"{name}/assessment_meta.xml": _settings(exam, paper, name),
    }


def _ident(exam: Exam, paper: Paper, what: str) -> str:
    """As Canvas's own: a g and 32 hexadecimal digits."""
    words = "/".join((exam.bank_title, exam.blueprint.title, paper.label, what))
    return f"g{sha256(words.encode()).hexdigest()[:32]}"


def _title(exam: Exam, paper: Paper) -> str:
    return html_text.text(exam.blueprint.title) + (f", variant {paper.label}" if len(exam.papers) > 1 else "")


def _manifest(exam: Exam, paper: Paper, name: str) -> bytes:
    manifest = root("manifest", _PACKAGE, _PACKAGE_SCHEMA, identifier=_ident(exam, paper, "package"))
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    quiz = add(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{name}/{name}.xml")
    settings = _ident(exam, paper, "settings")
    add(quiz, "dependency", identifierref=settings)
    path = f"{name}/assessment_meta.xml"
    add(add(resources, "resource", identifier=settings, type=_SETTINGS, href=path), "file", href=path)
    return document(manifest)


def _settings(exam: Exam, paper: Paper, name: str) -> bytes:
    """One attempt, in the order of the paper, and no solutions before the trainer shows them."""
    quiz = root("quiz", _CANVAS, _CANVAS_SCHEMA, identifier=name)
    instructions = html_text.block(exam.blueprint.instructions)
    minutes = exam.blueprint.minutes
    for key, value in (
        ("title", _title(exam, paper)),
        ("description", f"{instructions}<p>Paper {paper.id}</p>"),
        ("shuffle_answers", "false"),
        ("scoring_policy", "keep_highest"),
        ("hide_results", "always"),
        ("quiz_type", "assignment"),
        ("points_possible", f"{paper.points:g}"),
        *([("time_limit", str(minutes))] if minutes else []),
        ("show_correct_answers", "false"),
        ("allowed_attempts", "1"),
        ("one_question_at_a_time", "false"),
        ("available", "false"),
    ):
        add(quiz, key, value)
    return document(quiz)


def _assessment(exam: Exam, paper: Paper, name: str) -> bytes:
    document_root = root("questestinterop", _QTI, _QTI_SCHEMA)
    assessment = add(document_root, "assessment", ident=name, title=_title(exam, paper))
    _attempts(assessment)
    section = add(assessment, "section", ident="root_section")
    for number, part in enumerate(paper.sections, 1):
        if part.title or part.instructions:
            add_text(section, _ident(exam, paper, f"section {number}"), part)
        for placed in part.items:
            add_item(section, _ident(exam, paper, placed.item.id), placed)
    return document(document_root)


def _attempts(assessment: Element) -> None:
    field = add(add(assessment, "qtimetadata"), "qtimetadatafield")
    add(field, "fieldlabel", "cc_maxattempts")
    add(field, "fieldentry", "1")
