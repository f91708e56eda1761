"""Whether the fields of a `--query` expression exist in an operation's output.

Walks the parsed JMESPath tree (https://jmespath.org/specification.html) along the botocore output shape, as
far as the shape of a value is certain; after a function it is not, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Node = Mapping[str, Any]


def unknown_fields(tree: Node, shape: Any) -> list[str]:
    """The fields that the output does not have, each once."""
    missing: list[str] = []
    _walk(tree, shape, missing)
    return list(dict.fromkeys(missing))


class _Listed:
    """The shape of a projection: a list of what each element became."""

    type_name = "list"

    def __init__(self, member: Any) -> None:
        self.member = member


def _walk(node: Node, shape: Any, missing: list[str]) -> Any:
    """The shape that `node` makes of `shape`; None where it cannot be told."""
    children = node.get("children", [])
    match node["type"]:
        case "field":
            return _field(node["value"], shape, missing)
        case "identity" | "current":
            return shape
        case "subexpression" | "pipe" | "index_expression":
            for child in children:
                shape = _walk(child, shape, missing)
            return shape
        case "index":
            return _element(shape)
        case "slice":
            return shape
        case "flatten":
            return _flattened(_walk(children[0], shape, missing))
        case "projection" | "value_projection" | "filter_projection":
            return _projected(_walk(children[0], shape, missing), children[1:], missing)
        case "multi_select_list" | "comparator" | "and_expression" | "or_expression" | "not_expression":
            _all(children, shape, missing)
        case "multi_select_dict":
            _all([pair["children"][0] for pair in children], shape, missing)
        case "function_expression":
            # An expression reference (&name) is evaluated on elements of the list before it.
            _all([child for child in children if child["type"] != "expref"], shape, missing)
    return None


def _field(name: str, shape: Any, missing: list[str]) -> Any:
    if shape is None:
        return None
    if shape.type_name == "structure":
        if name in shape.members:
            return shape.members[name]
        missing.append(name)
        return None
    if shape.type_name == "map":
        return shape.value
    missing.append(name)
    return None


def _all(nodes: list[Node], shape: Any, missing: list[str]) -> None:
    for node in nodes:
        _walk(node, shape, missing)


def _projected(source: Any, steps: list[Node], missing: list[str]) -> Any:
    """The list of what the first step makes of each element; a filter's condition is the second step."""
    element = _element(source)
    results = [_walk(step, element, missing) for step in steps]
    return _Listed(results[0]) if results else source


def _element(shape: Any) -> Any:
    if shape is None:
        return None
    if shape.type_name == "list":
        return shape.member
    return shape.value if shape.type_name == "map" else None


def _flattened(shape: Any) -> Any:
    """A list of lists becomes one list; elements that are no lists stay."""
    inner = _element(shape)
    return inner if inner is not None and inner.type_name == "list" else shape
