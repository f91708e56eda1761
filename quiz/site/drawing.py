"""Keeps of a drawn figure what a page needs: shapes and words. Colours are the page's own.

The renderer brings styles, hooks for scripts and symbols that nothing uses, and the figure of a foreign bank
may try to bring more. So nothing passes but the elements, attributes and classes named here. The site's
stylesheet gives them their colours, in light and in dark.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

SHAPES: Final = frozenset("path rect circle ellipse polygon polyline line".split())
ELEMENTS: Final = SHAPES | {"svg", "g", "text", "marker"}
ATTRIBUTES: Final = frozenset(
    "viewBox d x y x1 y1 x2 y2 cx cy r rx ry dx dy points width height transform text-anchor orient refX refY"
    " markerWidth markerHeight markerUnits dominant-baseline marker-start marker-end".split()
)
CLASSES: Final = frozenset(
    "node cluster cluster-label label background edgeLabel flowchart-link transition actor actor-man"
    " actor-line labelBox loopLine messageLine0 messageLine1 note sequenceNumber state-start outer-path"
    " statediagram-note statediagram-cluster activation0 activation1 activation2"
    " edge-pattern-dotted edge-pattern-dashed edge-thickness-thick edge-thickness-invisible".split()
)
# Numbers, path commands and transforms. Quotes, angles, colons and backslashes are in none of them.
_SAFE = re.compile(r"[\w\s.,%()+-]*")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_DIGITS = re.compile(r"(\.\d)\d+")
_ACROSS = re.compile(r"translate\(\s*-?[\d.]+")


def clean(svg: str) -> str:
    """The figure as one line of SVG that is only shapes and words, or "" if it has none.

    Raises ValueError or ET.ParseError.
    """
    root = ET.fromstring(svg)  # noqa: S314 - the renderer's own output, in which there is no document type
    used = set(_REFERENCE.findall(svg))
    figure = _kept(root, used)
    if figure is None or not len(figure):
        return ""
    box = figure.get("viewBox", "")
    _, _, width, height = box.split()
    figure.attrib = {"viewBox": box, "width": width, "height": height, "aria-hidden": "true"}
    return " ".join(ET.tostring(figure, encoding="unicode").split())


def _kept(element: ET.Element, used: set[str]) -> ET.Element | None:
    """A copy of the element with what may pass, or None."""
    name = element.tag.rpartition("}")[2]
    if name in ("defs", "a"):  # markers work anywhere; links do not pass, what they hold does
        name = "g"
    if name not in ELEMENTS or (name == "marker" and element.get("id") not in used):
        return None
    copy = ET.Element(name, _attributes(element, used))
    if name == "text":
        _copy_words(element, copy)
    else:
        copy.extend(child for old in element if (child := _kept(old, used)) is not None)
    if "outer-path" in copy.get("class", ""):
        del copy[1:]  # one path is the area and its edge; the renderer adds a second one for the edge
    if name == "g" and not len(copy):
        return None
    if name == "rect" and not copy.get("width"):
        return None
    if copy.get("class", "").startswith("node"):
        _center_label(copy)
    return copy


def _attributes(element: ET.Element, used: set[str]) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and (_SAFE.fullmatch(value) or _REFERENCE.fullmatch(value)):
            kept[name] = _DIGITS.sub(r"\1", value)
        elif name == "class" and (known := [word for word in value.split() if word in CLASSES]):
            kept["class"] = " ".join(dict.fromkeys(known))
        elif name == "id" and value in used:
            kept["id"] = value
    return kept


def _copy_words(text: ET.Element, copy: ET.Element) -> None:
    """The lines of a text; the renderer makes an element of every word."""
    copy.text = text.text
    for row in text:
        line = ET.SubElement(copy, "tspan", _attributes(row, set()))
        line.attrib.pop("class", None)
        line.text = "".join(row.itertext())


def _center_label(node: ET.Element) -> None:
    # Where a label starts depends on the font, which is not known yet; where its middle is does not.
    for label in node.iterfind("g"):
        if "label" in label.get("class", "").split():
            label.set("transform", _ACROSS.sub("translate(0", label.get("transform", ""), count=1))
