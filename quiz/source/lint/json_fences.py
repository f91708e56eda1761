"""J001: JSON fences are strict JSON with no key twice, unless the fence says `json fragment`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from quiz.source import markdown
from quiz.source.lint.source import Source, is_fragment
from quiz.source.question import Finding

CODES: Final[Mapping[str, str]] = {"J001": "JSON is strict, or says that it is a fragment."}


def check(source: Source) -> Iterator[Finding]:
    for path, fence in source.fences("json"):
        if is_fragment(fence):
            continue
        try:
            parse(fence)
        except json.JSONDecodeError as error:
            message = f"not strict JSON: {error.msg}; call the fence `json fragment` if it is only a part"
            yield Finding(path, fence.line + error.lineno, "J001", message)
        except _TwiceError as error:
            yield Finding(path, fence.line, "J001", f"the key `{error}` stands twice in one object")


def objects(source: Source) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(path, line, document) of every fence that holds one whole JSON object."""
    for path, fence in source.fences("json"):
        try:
            document = None if is_fragment(fence) else parse(fence)
        except ValueError:
            continue  # J001 tells
        if isinstance(document, dict):
            yield path, fence.line, document


def parse(fence: markdown.Fence) -> Any:
    """The document in a fence. Raises ValueError where it is not strict JSON."""
    return json.loads(fence.text, object_pairs_hook=_no_key_twice)


class _TwiceError(ValueError):
    pass


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _TwiceError(key)
        seen[key] = value
    return seen
