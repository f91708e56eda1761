"""Values of AWS CLI options in one form, however they are written: JSON, shorthand, ARN or name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from quiz.source.lint.shell import PLACEHOLDER

_DEEPEST: Final = 12


def same(typed: Sequence[str], model: Sequence[str]) -> bool:
    """Whether two options say the same.

    The order within a list does not matter, nor that of the keys of a structure. Where the model has a
    placeholder, any value will do. A name stands for the ARN that ends with it.
    """
    return _matches(_value(typed), _value(model))


def _value(words: Sequence[str]) -> Any:
    """A list for several words, else one value. The words of a shorthand list are its members."""
    values = [_word(word) for word in words]
    return values[0] if len(values) == 1 else values


def _word(word: str) -> Any:
    text = word.strip()
    if text[:1] in ("{", "["):
        try:
            return _plain(json.loads(text))
        except (ValueError, RecursionError):
            pass
    structure = _shorthand(text)
    return _scalar(text) if structure is None else structure


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return _scalar(str(value).lower() if isinstance(value, bool) else str(value))


def _scalar(text: str) -> str:
    folded = text.strip("\"'")
    if folded.lower() in ("true", "false"):
        return folded.lower()
    try:
        number = float(folded)
    except ValueError:
        return folded
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else folded


def _shorthand(text: str) -> Any:
    """`a=b,c=[d,e],f={g=h}` as a structure; None where the text is none."""
    if "=" not in text:
        return None
    reader = _Shorthand(text)
    found = reader.structure(0)
    return found if found is not None and reader.at == len(text) else None


class _Shorthand:
    """Reads the shorthand syntax of the AWS CLI from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def structure(self, depth: int) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        while True:
            end = self.text.find("=", self.at)
            key = self.text[self.at : end].strip() if end >= 0 else ""
            if not key or not key.replace("-", "").replace("_", "").replace(":", "").isalnum():
                return None
            self.at = end + 1
            found[key] = self.value(depth)
            if not self.text.startswith(",", self.at):
                return found
            self.at += 1

    def value(self, depth: int) -> Any:
        if depth < _DEEPEST and self.text.startswith("[", self.at):
            return self._bracketed(depth)
        if depth < _DEEPEST and self.text.startswith("{", self.at):
            self.at += 1
            inner = self.structure(depth + 1)
            self._close("}")
            return inner if inner is not None else ""
        values = [self._literal()]
        # `Values=a,b` is a list: a comma that no key follows.
        while self.text.startswith(",", self.at) and not self._key_follows():
            self.at += 1
            values.append(self._literal())
        return values[0] if len(values) == 1 else values

    def _bracketed(self, depth: int) -> list[Any]:
        self.at += 1
        values: list[Any] = []
        while self.at < len(self.text) and self.text[self.at] != "]":
            values.append(self.value_in_list(depth))
            if self.text.startswith(",", self.at):
                self.at += 1
        self._close("]")
        return values

    def value_in_list(self, depth: int) -> Any:
        if self.text[self.at] in "[{":
            return self.value(depth + 1)
        literal = self._literal()
        if not literal and self.at < len(self.text) and self.text[self.at] not in ",]":
            self.at += 1  # a stray closing brace: never stand still
        return literal

    def _literal(self) -> str:
        start = self.at
        if self.text[start : start + 1] in ("'", '"'):
            end = self.text.find(self.text[start], start + 1)
            if end > 0:
                self.at = end + 1
                return _scalar(self.text[start + 1 : end])
        while self.at < len(self.text) and self.text[self.at] not in ",]}":
            self.at += 1
        return _scalar(self.text[start : self.at])

    def _key_follows(self) -> bool:
        rest = self.text[self.at + 1 :]
        comma, equals = rest.find(","), rest.find("=")
        return equals >= 0 and (comma < 0 or equals < comma)

    def _close(self, mark: str) -> None:
        if self.text.startswith(mark, self.at):
            self.at += 1


def _matches(typed: Any, model: Any) -> bool:
    if isinstance(model, list) or isinstance(typed, list):
        return _same_members(
            typed if isinstance(typed, list) else [typed], model if isinstance(model, list) else [model]
        )
    if isinstance(model, dict) and isinstance(typed, dict):
        return typed.keys() == model.keys() and all(_matches(typed[key], model[key]) for key in model)
    if isinstance(model, dict) or isinstance(typed, dict):
        return False
    return bool(typed) if PLACEHOLDER in model else _same_name(typed, model)


def _same_members(typed: list[Any], model: list[Any]) -> bool:
    left = list(typed)
    for wanted in model:
        found = next((value for value in left if _matches(value, wanted)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_name(typed: str, model: str) -> bool:
    if typed == model:
        return True
    if typed.startswith("arn:") == model.startswith("arn:"):
        return False
    arn, name = (typed, model) if typed.startswith("arn:") else (model, typed)
    return bool(name) and (arn.endswith((f"/{name}", f":{name}")))
