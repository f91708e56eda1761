"""Values of AWS CLI options in one form, however they are written: JSON, shorthand, ARN or name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from quiz.source.lint.shell import PLACEHOLDER

_DEEPEST: Final = 12
_ORDERED: Final = frozenset(("command", "entrypoint", "placementstrategy"))
"""Lists whose order means something: words that are run, and strategies that are applied one by one. By the
name of the option or the field, without dashes, in lower case. All other lists are sets."""
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
_NAMING: Final = re.compile(r"(tag|version|name|id|ids|names|versions)$", re.IGNORECASE)
"""How options and fields of words end, even where those look like numbers: the tag 1.40 is not 1.4."""


def same(typed: Sequence[str], model: Sequence[str], option: str = "") -> bool:
    """Whether two values of an option say the same.

    The order within a list does not matter, but for those in _ORDERED; nor does that of the keys of a
    structure. One value and a list of that one value are the same. Where the model has a placeholder, any
    value will do. A name stands for the ARN that ends with it. What stands in a file is not known: only the
    names of files are compared.
    """
    try:
        return _matches(_value(typed), _value(model), option)
    except RecursionError:  # nested deeper than any value of AWS
        return False


def broken_json(words: Sequence[str]) -> str:
    """Where the JSON of a value breaks off, in words for the learner, or nothing."""
    for word in words:
        if re.match(r"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])", word):
            try:
                json.loads(word)
            except json.JSONDecodeError as error:
                return f"Its JSON cannot be read from character {error.pos + 1} on."
            except (ValueError, RecursionError):
                return "Its JSON cannot be read."
    return ""


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
    return re.sub(r"^(fileb?://)(\./)+", r"\1", folded)


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
            self._break()
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
        else:
            self._break()

    def _break(self) -> None:
        """Go beyond the end: what has a bracket too many or too few is no structure."""
        self.at = len(self.text) + 1


def _matches(typed: Any, model: Any, field: str = "") -> bool:
    if isinstance(model, list) or isinstance(typed, list):
        given = typed if isinstance(typed, list) else [typed]
        wanted = model if isinstance(model, list) else [model]
        compare = _same_sequence if _is_ordered(field) else _same_members
        return compare(given, wanted, field)
    if isinstance(model, dict) and isinstance(typed, dict):
        return typed.keys() == model.keys() and all(_matches(typed[key], model[key], key) for key in model)
    if isinstance(typed, dict):
        return isinstance(model, str) and model == PLACEHOLDER
    return not isinstance(model, dict) and _same_scalar(typed, model, field)


def _is_ordered(name: str) -> bool:
    return name.replace("-", "").lower() in _ORDERED


def _same_sequence(typed: list[Any], model: list[Any], field: str) -> bool:
    pairs = zip(typed, model, strict=False)
    return len(typed) == len(model) and all(_matches(one, other, field) for one, other in pairs)


def _same_members(typed: list[Any], model: list[Any], field: str) -> bool:
    if len(typed) != len(model):
        return False
    left = list(typed)
    # What fits anything chooses last.
    for wanted in sorted(model, key=lambda member: PLACEHOLDER in str(member)):
        found = next((place for place, value in enumerate(left) if _matches(value, wanted, field)), None)
        if found is None:
            return False
        del left[found]
    return True


def _same_scalar(typed: str, model: str, field: str) -> bool:
    if PLACEHOLDER not in model:
        numbers = not _NAMING.search(field) and _number(typed) == _number(model)
        return numbers or _same_name(typed, model)
    return _fits(typed, re.split(f"(?:{PLACEHOLDER})+", model))


def _fits(typed: str, parts: Sequence[str]) -> bool:
    """Whether the parts stand in the text in this order, something between each two, and nothing else."""
    first, *inner, last = parts
    if not typed.startswith(first):
        return False
    at = len(first)
    for part in inner:
        found = typed.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return typed.endswith(last) and len(typed) - len(last) > at


def _number(text: str) -> str:
    """A number without needless decimals; any other text as it is.

    Leading zeros stay: those are of accounts and ids, where each digit counts.
    """
    return text.rstrip("0").rstrip(".") if "." in text and _NUMBER.fullmatch(text) else text


def _same_name(typed: str, model: str) -> bool:
    if typed == model:
        return True
    if typed.startswith("arn:") == model.startswith("arn:"):
        return False
    arn, name = (typed, model) if typed.startswith("arn:") else (model, typed)
    # After partition, service, Region and account comes `name`, `type/name` or `type:name`.
    resource = arn.split(":", 5)[-1]
    kind, _, rest = resource.partition(":")
    return bool(name) and (
        resource == name or resource.endswith(f"/{name}") or ("/" not in kind and rest == name)
    )
