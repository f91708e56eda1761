"""Questions, items and bank specs as JSON text and back."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from quiz.items.item import Item, Kind
from quiz.source.question import (
    AuthoredItem,
    BankSpec,
    CommonMistake,
    FollowUp,
    KeyPoint,
    Level,
    Question,
    Role,
    Section,
    Term,
    Topic,
    Veto,
)


def dump(value: Question | Item | BankSpec) -> str:
    """The dataclass as compact JSON; dates in ISO form."""
    return json.dumps(_fields(value), ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else _fields(value)


def _fields(value: Any) -> dict[str, Any]:
    """As `dataclasses.asdict`, without its deep copies."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def load_question(text: str) -> Question:
    fields: dict[str, Any] = json.loads(text)
    fields["topics"] = tuple(fields["topics"])
    fields["sources"] = tuple(fields["sources"])
    fields["sections"] = tuple(Section(**section) for section in fields["sections"])
    fields["key_points"] = tuple(
        KeyPoint(**{**point, "terms": tuple(point["terms"])}) for point in fields["key_points"]
    )
    fields["mistakes"] = tuple(CommonMistake(**mistake) for mistake in fields["mistakes"])
    fields["follow_ups"] = tuple(FollowUp(**follow_up) for follow_up in fields["follow_ups"])
    fields["items"] = tuple(AuthoredItem(**_tuples(item)) for item in fields["items"])
    fields["without"] = tuple(Veto(**veto) for veto in fields["without"])
    if fields["reviewed"]:
        fields["reviewed"] = date.fromisoformat(fields["reviewed"])
    return Question(**fields)


def load_item(text: str) -> Item:
    fields = _tuples(json.loads(text))
    return Item(**{**fields, "kind": Kind(fields["kind"])})


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    """The fields of an item, with the lists that JSON made of its tuples as tuples again."""
    return {**item, **{name: tuple(item[name]) for name in ("answers", "distractors", "prompts")}}


def load_spec(text: str) -> BankSpec:
    fields: dict[str, Any] = json.loads(text)
    fields["levels"] = tuple(Level(**level) for level in fields["levels"])
    fields["topics"] = tuple(Topic(**topic) for topic in fields["topics"])
    fields["roles"] = tuple(Role(**{**role, "topics": tuple(role["topics"])}) for role in fields["roles"])
    fields["glossary"] = tuple(
        Term(**{**term, "aliases": tuple(term["aliases"]), "near_misses": tuple(term["near_misses"])})
        for term in fields["glossary"]
    )
    return BankSpec(**fields)
