"""X002: Terraform resources have the arguments and blocks that are written.

The names are those of the provider's own schema; `.ci/terraform_names.py` writes their table anew. A resource
that is not in the table is passed over, and so is what a newer provider may have at the top of `provider`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from quiz.source.lint.source import Source, is_fragment
from quiz.source.question import Finding

NEEDS = "hcl2"
CODES: Final[Mapping[str, str]] = {
    "X002": "Terraform resources have the arguments and blocks that are named."
}

_TABLE: Final = Path(__file__).with_name("terraform_names.json")
_IS_BLOCK: Final = "__is_block__"
_EVERYWHERE: Final = frozenset((_IS_BLOCK, "dynamic", "provisioner", "__comments__", "__inline_comments__"))


def check(source: Source) -> Iterator[Finding]:
    for path, fence in source.fences("hcl", "terraform"):
        if not is_fragment(fence):
            for problem in problems(fence.text):
                yield Finding(path, fence.line, "X002", problem)


def problems(text: str) -> Iterator[str]:
    """Names in HCL text that the provider does not have. None where it does not parse."""
    import hcl2

    try:
        document = hcl2.loads(text + "\n")
    except Exception:
        return
    for resource in document.get("resource", ()):
        for quoted, instances in resource.items():
            kind = quoted.strip('"')
            arguments = _names().get(kind)
            if arguments is not None and isinstance(instances, dict):
                for body in instances.values():
                    yield from _unknown(body, arguments, kind)


@cache
def _names() -> Mapping[str, Any]:
    names: Mapping[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))["resources"]
    return names


def _unknown(body: Any, arguments: Mapping[str, Any], where: str) -> Iterator[str]:
    if not isinstance(body, dict):
        return
    for name, value in _with_dynamic(body):
        if name not in arguments:
            near = get_close_matches(name, arguments, n=1)
            yield f"{where} has no `{name}`" + (f"; did you mean `{near[0]}`?" if near else "")
        elif isinstance(arguments[name], dict):
            blocks = [block for block in value if _is_block(block)] if isinstance(value, list) else []
            if not blocks:
                yield f"`{name}` of {where} is a block: write it without ="
            for block in blocks:
                yield from _unknown(block, arguments[name], f"{where}.{name}")


def _with_dynamic(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, value) of what a body holds; a dynamic block counts as the blocks that it makes."""
    for name, value in body.items():
        if name not in _EVERYWHERE:
            yield name, value
    for dynamic in body.get("dynamic", ()):
        for quoted, maker in dynamic.items():
            if isinstance(maker, dict):
                yield quoted.strip('"'), maker.get("content", [])


def _is_block(value: Any) -> bool:
    return isinstance(value, dict) and _IS_BLOCK in value
