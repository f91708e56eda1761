"""What a blueprint yields: an exam, and its papers, one a variant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quiz.exams.blueprint import Blueprint
from quiz.exams.pool import Candidate
from quiz.items.item import Item, Kind

# Crockford's alphabet: no letter that is read as a digit. https://www.crockford.com/base32.html
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One numbered item of a paper.

    `options` are lettered: those of a choice, the steps of an ordering, the right sides of a matching; none
    where the learner writes the answer. `prompts` are the left sides of a matching, as on this paper.
    """

    number: int
    candidate: Candidate
    options: tuple[str, ...]
    prompts: tuple[str, ...]
    points: float
    """For a perfect answer."""
    wrong: float
    """Points taken off for a wrong answer; not 0 for choice only."""

    @property
    def item(self) -> Item:
        return self.candidate.item

    @property
    def answers(self) -> tuple[str, ...]:
        """The key in words: those of the item, for a matching in the order of `prompts`."""
        if self.item.kind is not Kind.MATCHING:
            return self.item.answers
        partners = dict(zip(self.item.prompts, self.item.answers, strict=True))
        return tuple(partners[prompt] for prompt in self.prompts)

    @property
    def letters(self) -> tuple[str, ...]:
        """The key in letters; empty where the learner writes the answer.

        The right options of a choice; the steps of an ordering in the right order; for a matching, the
        letter that belongs to each of `prompts`.
        """
        return tuple(option_letter(index) for index in self._right_places())

    def _right_places(self) -> list[int]:
        item = self.item
        if item.kind is Kind.CHOICE:
            return [index for index, option in enumerate(self.options) if option in item.answers]
        in_order = item.kind in (Kind.MATCHING, Kind.ORDERING)
        return _places(self.answers, self.options) if in_order else []


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One part of a paper; its title and instructions may be empty."""

    title: str
    instructions: str
    items: tuple[PaperItem, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One variant of an exam. Numbers run through all sections."""

    exam_id: str
    label: str
    sections: tuple[PaperSection, ...]

    @property
    def id(self) -> str:
        """Printed on the paper: the exam's id, by which the key is found, and the variant's label."""
        return f"{self.exam_id}-{self.label}"

    @property
    def items(self) -> tuple[PaperItem, ...]:
        """All items, by number."""
        return tuple(placed for section in self.sections for placed in section.items)

    @property
    def points(self) -> float:
        return sum(placed.points for placed in self.items)

    def place_of(self, candidate: Candidate) -> PaperItem | None:
        """Where the item stands on this paper; None where it is asked in other variants only."""
        found = (placed for placed in self.items if placed.item.id == candidate.item.id)
        return next(found, None)


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
    language: str = "en"

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What is asked, each item once: by the order of the first paper, then what only others ask."""
        found = {placed.item.id: placed.candidate for paper in self.papers for placed in paper.items}
        return tuple(found.values())

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of items that are asked."""
        asked = {candidate.item.kind for candidate in self.candidates}
        return tuple(kind for kind in Kind if kind in asked)

    @property
    def points(self) -> float:
        """Of each paper: variants are worth the same."""
        return self.papers[0].points


def exam_id(blueprint: Blueprint, fingerprint: str, layouts: Sequence[Sequence[PaperSection]]) -> str:
    """Such as `7QK4-M2XD`: a hash of the blueprint with its seed, the bank, and each word of each variant.

    Forty bits: papers with one id have one key, and a trainer's exams do not collide by chance.
    """
    content = {
        "blueprint": blueprint.as_dict(),
        "fingerprint": fingerprint,
        "variants": [
            [
                (p.item.id, p.item.stem, p.item.answers, p.options, p.prompts)
                for section in sections
                for p in section.items
            ]
            for sections in layouts
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


def in_points(points: float) -> str:
    """Such as "1 point", "2.5 points"."""
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def _places(texts: Sequence[str], options: Sequence[str]) -> list[int]:
    """Where each text stands among the options; the same text twice takes its places as they come."""
    free = list(range(len(options)))
    places = []
    for text in texts:
        place = next(place for place in free if options[place] == text)
        free.remove(place)
        places.append(place)
    return places
