"""W003: no text is damaged: UTF-8 that was read in another code page, and characters that were lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quiz.source.encoding import repair
from quiz.source.lint.source import Source
from quiz.source.question import Finding, Fix

CODES: Final[Mapping[str, str]] = {"W003": "No text is damaged by a wrong encoding."}
_REPLACEMENT: Final = "\ufffd"


def check(source: Source) -> Iterator[Finding]:
    for path, text in source.texts.items():
        if not text.isascii():
            yield from _damage(path, text)


def _damage(path: str, text: str) -> Iterator[Finding]:
    sound = repair(text).text.split("\n")
    for number, (row, repaired) in enumerate(zip(text.split("\n"), sound, strict=True), 1):
        if row != repaired:
            message = f"the encoding is damaged: this line should read `{repaired.strip()}`"
            yield Finding(path, number, "W003", message, Fix(0, len(row), repaired))
        elif _REPLACEMENT in row:
            yield Finding(path, number, "W003", "a character was lost here: write it anew")
