"""XML as the formats write it, and HTML put into it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, fromstring, indent, tostring

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def root(name: str, namespace: str, schema: str, **attributes: str) -> Element:
    """The root of a document whose elements are all in one namespace, with the place of its schema."""
    element = Element(name, {"xmlns": namespace, "xmlns:xsi": _XSI})
    element.set("xsi:schemaLocation", f"{namespace} {schema}")
    for key, value in attributes.items():
        element.set(key, value)
    return element


def add(parent: Element, name: str, words: str | None = None, **attributes: str) -> Element:
    """A new last child."""
    element = SubElement(parent, name, attributes)
    element.text = words
    return element


def add_html(parent: Element, html: str) -> None:
    """Put a piece of HTML at the end of an element: text and elements, in the element's namespace."""
    piece = fromstring(f"<div>{html}</div>")  # noqa: S314 - made by html_text
    for element in piece.iter("ol"):
        element.attrib.pop("start", None)
    parent.text = (parent.text or "") + (piece.text or "")
    parent.extend(list(piece))


def document(element: Element, *, indented: bool = True) -> bytes:
    """The file. Where texts mix with elements it must not be indented."""
    if indented:
        indent(element)
    text: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def pieces(element: Element) -> Iterator[tuple[Element, str, str]]:
    """(element, "text" or "tail", words) of all text within, with the element that holds it."""
    for found in element.iter():
        for place in ("text", "tail"):
            words = getattr(found, place)
            if words and (place == "text" or found is not element):
                yield found, place, words
