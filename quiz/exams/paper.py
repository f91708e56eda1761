"""What a blueprint yields: an exam, and its papers, one a variant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quiz.exams.blueprint import Blueprint
from quiz.exams.pool import Candidate

# Crockford's alphabet: no letter that is read as a digit. https://www.crockford.com/base32.html
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One numbered item of a paper. `options` is empty where the learner writes the answer."""

    number: int
    candidate: Candidate
    options: tuple[str, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the right options; empty where the learner writes the answer."""
        answers = self.candidate.item.answers
        return tuple(option_letter(index) for index, option in enumerate(self.options) if option in answers)


@dataclass(frozen=True, slots=True)
class Paper:
    """One variant of an exam."""

    exam_id: str
    label: str
    items: tuple[PaperItem, ...]

    @property
    def id(self) -> str:
        """Printed on the paper: the exam's id, by which the key is found, and the variant's label."""
        return f"{self.exam_id}-{self.label}"

    def place_of(self, candidate: Candidate) -> PaperItem:
        return next(placed for placed in self.items if placed.candidate.item.id == candidate.item.id)


@dataclass(frozen=True, slots=True)
class Exam:
    """All that a format needs to write papers and keys."""

    id: str
    blueprint: Blueprint
    bank_title: str
    fingerprint: str
    """Of the bank that the items came from."""
    repository: str
    """URL below which the files of the questions are found, or empty."""
    papers: tuple[Paper, ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What is asked, in the order of the first paper."""
        return tuple(placed.candidate for placed in self.papers[0].items)

    @property
    def points(self) -> int:
        return sum(candidate.points for candidate in self.candidates)


def exam_id(blueprint: Blueprint, fingerprint: str, layouts: Sequence[Sequence[PaperItem]]) -> str:
    """Such as `7QK4-M2XD`: a hash of the blueprint with its seed, the bank, and each word of each variant.

    Forty bits: papers with one id have one key, and a trainer's exams do not collide by chance.
    """
    content = {
        "blueprint": blueprint.as_dict(),
        "fingerprint": fingerprint,
        "variants": [
            [(p.candidate.item.id, p.candidate.item.stem, p.candidate.item.answers, p.options) for p in items]
            for items in layouts
        ],
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()
    bits = int.from_bytes(digest, "big")
    characters = [_ALPHABET[bits >> 5 * place & 31] for place in range(_ID_LENGTH)]
    return f"{''.join(characters[:4])}-{''.join(characters[4:])}"


def option_letter(index: int) -> str:
    """A, B, ... Z, AA, AB and so on, as the columns of a spreadsheet are named."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
