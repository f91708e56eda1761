"""What an item is: one gradable prompt derived from a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an item is answered."""

    RECALL = "recall"
    CHOICE = "choice"
    CLOZE = "cloze"
    ORDERING = "ordering"
    MATCHING = "matching"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Item:
    """One gradable prompt.

    `key` is stable within its question and kind: it names what is asked, not how it is worded.
    `answers` is the key of the item: one text for recall and choice, the accepted words for cloze,
    the steps in order for ordering, the right-hand sides for matching, the accepted commands for command.
    `prompts` are the left-hand sides of matching. `difficulty` is the expected share of learners who
    get it wrong, 0 to 1, before any answer has been seen.
    """

    question: int
    kind: Kind
    key: str
    stem: str
    answers: tuple[str, ...]
    distractors: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    explanation: str = ""
    section: str = ""
    difficulty: float = 0.5

    @property
    def id(self) -> str:
        """The identity of the item within its bank, such as `101/choice/mistake-2`."""
        return f"{self.question}/{self.kind}/{self.key}"
