"""pyslet reads QTI 1.2 and reads and scores QTI 2.1: an engine that we did not write."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyslet import imsqtiv1p2p1, imsqtiv2p1
from pyslet.qtiv2.variables import ItemSessionState


def score_of(item: bytes, response: Any) -> float:
    """What a QTI 2.1 item gives for a response: an identifier, a text, or a list of identifiers; a matching
    takes its pairs as the keys of a dict."""
    document = imsqtiv2p1.QTIDocument()
    document.read(src=BytesIO(item))
    session = ItemSessionState(document.root)
    session.begin_session()
    if response is not None:
        session["RESPONSE"].set_value(response)
    session.end_attempt()
    score: float = session["SCORE"].value
    return score


def items_of(assessment: bytes) -> list[Any]:
    """The items of a QTI 1.2 assessment."""
    document = imsqtiv1p2p1.QTIDocument()
    document.read(src=BytesIO(assessment))
    (section,) = document.root.Assessment.SectionMixin
    items: list[Any] = section.SectionItemMixin
    return items


def metadata_of(item: Any) -> dict[str, str]:
    """Label and entry of an item's metadata."""
    return {
        field.FieldLabel.get_value(): field.FieldEntry.get_value()
        for metadata in item.ItemMetadata.QTIMetadata
        for field in metadata.QTIMetadataField
    }


def key_of(item: Any) -> list[tuple[str, list[str]]]:
    """What each condition of an item sets or adds to the score, and the responses that fulfil it."""
    return [
        (setting.get_value(), [test.get_value() for test in condition.ConditionVar.ExtendableExpressionMixin])
        for processing in item.ResProcessing
        for condition in processing.ConditionMixin
        for setting in condition.SetVar
    ]
