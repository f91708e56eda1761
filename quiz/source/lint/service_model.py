"""Parameters held against botocore's service models: names, types, what is required, enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from quiz.source.lint.shell import PLACEHOLDER

_FRAGMENT = re.compile(r"\.\.\.|…")


@cache
def session() -> Any:
    """One botocore session: loading a model takes a moment."""
    import botocore.session

    return botocore.session.get_session()


def problems(service: str, operation: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    """What the model says against the parameters of an operation."""
    from botocore.validate import ParamValidator

    shape = session().get_service_model(service).operation_model(operation).input_shape
    report = ParamValidator().validate(dict(parameters), shape).generate_report()
    yield from (line for line in report.splitlines() if line)
    yield from wrong_values(shape, parameters)


def wrong_values(shape: Any, value: Any, path: str = "") -> Iterator[str]:
    """Values that the model's enumerations do not have. Placeholders and pieces are passed over."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, inner in value.items():
            if name in shape.members:
                yield from wrong_values(shape.members[name], inner, f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for inner in value:
            yield from wrong_values(shape.member, inner, path)
    elif shape.type_name == "string" and isinstance(value, str):
        allowed = getattr(shape, "enum", None)
        if allowed and value not in allowed and PLACEHOLDER not in value and not _FRAGMENT.search(value):
            yield f"{path.lstrip('.')} must be one of {', '.join(allowed)}, not `{value}`"
