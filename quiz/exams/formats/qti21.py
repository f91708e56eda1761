"""QTI 2.1: a content package for each variant, with a test and one file an item.

https://www.imsglobal.org/question/qtiv2p1/imsqti_implv2p1.html
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from quiz.exams.formats import html_text
from quiz.exams.formats.archive import zipped
from quiz.exams.formats.qti21_items import NAMESPACE, SCHEMA, assessment_item, identifier
from quiz.exams.formats.xml_text import add, add_html, document, root
from quiz.exams.paper import Exam, Paper, PaperItem, PaperSection
from quiz.items.item import Kind

LABEL: Final = "a QTI 2.1 package a variant, for TAO and other platforms"
CARRIES: Final = frozenset(Kind)

_PACKAGE: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_PACKAGE_SCHEMA: Final = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
_TEST: Final = "test.xml"


def render(exam: Exam) -> dict[str, bytes]:
    """`qti21-A.zip`, `qti21-B.zip` ..."""
    return {f"qti21-{paper.label}.zip": zipped(_package(exam, paper)) for paper in exam.papers}


def _package(exam: Exam, paper: Paper) -> dict[str, bytes]:
    files = {"imsmanifest.xml": _manifest(paper), _TEST: _test(exam, paper)}
    for placed in paper.items:
        files[_file(placed)] = assessment_item(placed, exam.language)
    return files


def _file(placed: PaperItem) -> str:
    return f"items/{identifier(placed)}.xml"


def _manifest(paper: Paper) -> bytes:
    manifest = root("manifest", _PACKAGE, _PACKAGE_SCHEMA, identifier=f"exam-{paper.id}")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", _TEST)
    for placed in paper.items:
        add(test, "dependency", identifierref=identifier(placed))
        _resource(resources, identifier(placed), "imsqti_item_xmlv2p1", _file(placed))
    return document(manifest)


def _resource(resources: Element, name: str, kind: str, file: str) -> Element:
    resource = add(resources, "resource", identifier=name, type=kind, href=file)
    add(resource, "file", href=file)
    return resource


def _test(exam: Exam, paper: Paper) -> bytes:
    test = root("assessmentTest", NAMESPACE, SCHEMA, identifier=f"paper-{paper.id}")
    test.set("title", html_text.text(exam.blueprint.title))
    test.set("toolName", "ecsquiz")
    for name, base in (("SCORE", "float"), ("PASSED", "boolean")):
        add(test, "outcomeDeclaration", identifier=name, cardinality="single", baseType=base)
    if exam.blueprint.minutes:
        add(test, "timeLimits", maxTime=str(60 * exam.blueprint.minutes))
    part = add(test, "testPart", identifier="part-1", navigationMode="nonlinear")
    part.set("submissionMode", "simultaneous")
    for number, section in enumerate(paper.sections, 1):
        instructions = [exam.blueprint.instructions] if number == 1 else []
        _section(part, section, number, "\n\n".join([*instructions, section.instructions]))
    _score(test, exam)
    return document(test, indented=False)


def _section(part: Element, section: PaperSection, number: int, instructions: str) -> None:
    element = add(part, "assessmentSection", identifier=f"section-{number}", visible="true")
    element.set("title", html_text.text(section.title) or f"Section {number}")
    if instructions.strip():
        add_html(add(element, "rubricBlock", view="candidate"), html_text.block(instructions))
    for placed in section.items:
        add(element, "assessmentItemRef", identifier=identifier(placed), href=_file(placed))


def _score(test: Element, exam: Exam) -> None:
    """The sum of the items' points, and whether it reaches the pass mark."""
    processing = add(test, "outcomeProcessing")
    total = add(add(processing, "setOutcomeValue", identifier="SCORE"), "sum")
    add(total, "testVariables", variableIdentifier="SCORE")
    passed = add(add(processing, "setOutcomeValue", identifier="PASSED"), "gte")
    add(passed, "variable", identifier="SCORE")
    mark = f"{exam.points * exam.blueprint.pass_mark:.10g}"
    add(passed, "baseValue", mark, baseType="float")
