"""What the stem of a command has to give: the names, ids and numbers that nobody can guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quiz.items.gaps import telling

Given = str
"""`cluster `prod`, service `web``, or nothing where nothing has to be given."""

_SUFFIX: Final = re.compile(r" (name|names|id|ids|arn|arns)$")
_PAIRS: Final = re.compile(r"[\w.-]+=[^,={}\[\]\"]+(,[\w.-]+=[^,={}\[\]\"]+)*")
_LEAF: Final = re.compile(r"(?P<key>\w+)=(\[(?P<list>[^\[\]{}=]+)\]|(?P<one>[^\[\]{},=]+))")
_MOST_LEAVES: Final = 4
_UPPER: Final = {
    "vpc": "VPC",
    "cpu": "CPU",
    "arn": "ARN",
    "id": "id",
    "iam": "IAM",
    "kms": "KMS",
    "az": "AZ",
    "ebs": "EBS",
}


def given_values(words: Sequence[str], written: Sequence[str], task: str) -> Given | None:
    """What is to be used, in words; None where a value or a flag cannot be told from the task fairly."""
    parts: list[str] = []
    for name, values in _grouped(words, written):
        if not values:
            if not telling(name) & telling(task):
                return None
            continue
        found = _described(name, values, task)
        if found is None:
            return None
        parts += found
    return ", ".join(dict.fromkeys(parts))


def _grouped(words: Sequence[str], written: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each option with its values as a learner would type them; arguments have an empty name."""
    name, values = "", list[str]()
    for word, raw in zip(words[3:], written[3:], strict=True):
        if word.startswith("--") and len(word) > 2:
            if name or values:
                yield name, values
            name, values = word.partition("=")[0], [word.partition("=")[2]] if "=" in word else []
        else:
            values.append(raw.strip("\"'") if "$" in raw else word)
    if name or values:
        yield name, values


def _described(name: str, values: Sequence[str], task: str) -> list[str] | None:
    label = _label(name, len(values))
    if all("=" not in value and value[:1] not in "{[" for value in values):
        wanted = [value for value in values if not _is_told(value, task)]
        return [f"{label} {_code(wanted)}".strip()] if wanted else []
    found: list[str] = []
    for value in values:
        leaves = _leaves(value)
        if leaves is None:
            return None
        if {"Name", "Values"} == {key for key, _ in leaves}:
            leaves = [("", leaf) for key, leaf in leaves if key == "Values"]
        for key, leaf in leaves:
            if not _is_told(leaf, task):
                found.append(f"{_words(key)} {_code(leaf.split(','))}".strip())
    return found if len(found) <= _MOST_LEAVES else None


def _leaves(value: str) -> list[tuple[str, str]] | None:
    """(key, value) of what a shorthand structure says at its ends; None where it is something else."""
    if '"' in value or (not _PAIRS.fullmatch(value) and "{" not in value and "[" not in value):
        return None
    return [(match["key"], match["list"] or match["one"]) for match in _LEAF.finditer(value)]


def _is_told(value: str, task: str) -> bool:
    """Whether the task says it: by itself, or for a word of the API in capitals by one that means it."""
    if re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", task):
        return True
    if value in ("true", "false"):
        return True
    return bool(re.fullmatch(r"[A-Z][A-Z_]+", value)) and bool(telling(value.lower()) & telling(task))


def _label(name: str, count: int) -> str:
    label = _words(_SUFFIX.sub("", name.removeprefix("--").replace("-", " ")))
    if count > 1:
        return label if label.endswith("s") else f"{label}s"
    return label[:-1] if label.endswith("s") and not label.endswith(("ss", "us")) else label


def _words(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    return " ".join(_UPPER.get(word, word) for word in spaced.split())


def _code(values: Sequence[str]) -> str:
    return " and ".join(f"`{value.strip()}`" for value in values)
