"""What a cloze asks for, in a line above its sentence.

In plain sentences more than one word makes sense; how many are missing, and how they begin, leaves the one
that is meant. Language tests show beginnings for the same reason: see the C-test of Klein-Braley and Raatz
(1984), https://doi.org/10.1177/026553228400100202
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quiz.source.authored import GAP

_COUNTS: Final = ("no words", "one word", "two words", "three words", "four words", "five words")
_NUMBER = re.compile(r"\d[\d.,]*")


def with_instruction(stem: str, answers: Sequence[str]) -> str:
    """The stem with the line above the paragraph that holds the gap. `answers` are the accepted ones."""
    paragraphs = stem.split("\n\n")
    place = next(at for at, paragraph in enumerate(paragraphs) if GAP in paragraph)
    return "\n\n".join([*paragraphs[:place], instruction(answers), *paragraphs[place:]])


def instruction(answers: Sequence[str]) -> str:
    """Such as "Fill in two words (t... r...):"; without the letters where accepted answers differ in them."""
    named = [answer.replace("`", "") for answer in answers]
    if any(map(_NUMBER.fullmatch, named)):
        return "Fill in the number:"
    begun = {tuple(word[0] for word in answer.split()) for answer in named}
    letters = next(iter(begun)) if len({tuple(map(str.lower, one)) for one in begun}) == 1 else ()
    if not letters or not all(letter.isalpha() for letter in letters) or len(letters) >= len(_COUNTS):
        return "Fill in what is missing:"
    return f"Fill in {_COUNTS[len(letters)]} ({' '.join(f'{letter}...' for letter in letters)}):"
