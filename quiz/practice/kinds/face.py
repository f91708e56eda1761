"""The shape that the face of every item kind has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol, Self

from quiz.grading.grade import Grade, Rubric
from quiz.items.item import Item, Kind
from quiz.practice.outcome import Outcome
from quiz.source.question import Term


class Grading(Protocol):
    """What a face may ask of the bank. Call it with an item and a free answer to have that graded."""

    def __call__(self, item: Item, answer: str) -> Grade: ...

    def rubric(self, item: Item) -> Rubric: ...

    def term(self, text: str) -> Term | None:
        """The term of the glossary that may be written so, in any case."""
        ...

    def is_term_word(self, word: str) -> bool:
        """Whether a term of the glossary has this word, in lower case."""
        ...

    def operations(self) -> frozenset[str]:
        """The AWS CLI's services and operations that the bank asks for, such as `ecs list-tasks`."""
        ...


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of Markdown, each with the mark before it, such as `2.` or `b.`; an empty mark is none."""

    marks: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def numbered(cls, texts: Sequence[str]) -> Self:
        return cls(tuple(f"{number}." for number in range(1, len(texts) + 1)), tuple(texts))

    @classmethod
    def plain(cls, *texts: str) -> Self:
        return cls(("",) * len(texts), texts)


class Face(Protocol):
    """How one kind is asked and judged. A module of this package is one."""

    @property
    def KIND(self) -> Kind: ...  # noqa: N802 - a module's constant

    @property
    def LINES(self) -> bool:  # noqa: N802
        """Whether an answer may have several lines."""
        ...

    @property
    def INVITATION(self) -> str:  # noqa: N802
        """Tells the learner how to answer."""
        ...

    @property
    def SOLUTION(self) -> str:  # noqa: N802
        """The heading above what is right."""
        ...

    def options(self, item: Item, random: Random) -> tuple[str, ...]:
        """What the learner chooses from, or puts in order, in the order in which it is shown."""
        ...

    def listings(self, item: Item, options: tuple[str, ...]) -> tuple[Listing, ...]:
        """What is listed below the stem."""
        ...

    def complaint(self, item: Item, typed: str, options: tuple[str, ...]) -> str:
        """Why `typed` can be no answer, or nothing."""
        ...

    def judge(self, item: Item, typed: str, options: tuple[str, ...], grading: Grading) -> Outcome:
        """What became of an answer about which there is no complaint."""
        ...

    def hints(self, item: Item, options: tuple[str, ...], grading: Grading) -> tuple[str, ...]:
        """What helps, one step after another."""
        ...

    def solution(self, item: Item, options: tuple[str, ...]) -> Listing:
        """What is right, as it is shown after an answer."""
        ...
