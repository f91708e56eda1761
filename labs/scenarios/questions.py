"""What a lab asks beside the repair: the cause by choice, or a value that only an investigation gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from labs.errors import LabError


@dataclass(frozen=True)
class Question:
    """`right` are all choices that have to be named; without choices, values of which one will do."""

    name: str
    ask: str
    right: tuple[str, ...]
    choices: tuple[str, ...] = ()

    def varied(self, written: Callable[[str], str], chance: random.Random) -> Question:
        """With other names, and the choices in another order."""
        choices = [written(choice) for choice in self.choices]
        chance.shuffle(choices)
        return replace(
            self, ask=written(self.ask), right=tuple(map(written, self.right)), choices=tuple(choices)
        )

    def read(self, words: Sequence[str]) -> tuple[str, ...]:
        """What the learner typed, as choices or as a value. LabError for a choice that there is not."""
        if not self.choices:
            return (" ".join(words),)
        chosen = []
        for word in " ".join(words).replace(",", " ").split():
            if not word.isdigit() or not 1 <= int(word) <= len(self.choices):
                raise LabError(
                    f"'{word}' is no choice of this question.", f"Give numbers from 1 to {len(self.choices)}."
                )
            chosen.append(self.choices[int(word) - 1])
        return tuple(dict.fromkeys(chosen))

    def is_right(self, answer: Sequence[str], filled: Callable[[str], str]) -> bool:
        """`filled` puts references in."""
        right = {_plain(filled(text)) for text in self.right}
        given = {_plain(text) for text in answer}
        return given == right if self.choices else bool(given & right)


def read_questions(entry: Mapping[str, Any]) -> tuple[Question, ...]:
    """The field `questions` of a lab file. LabError for one that nobody could answer."""
    return tuple(_read(name, item) for name, item in entry.items())


def _read(name: str, entry: Mapping[str, Any]) -> Question:
    right, choices = entry["right"], tuple(map(str, entry.get("choices", ())))
    answers = tuple(map(str, right if isinstance(right, list) else [right]))
    strange = [answer for answer in answers if choices and answer not in choices]
    if strange or not answers:
        raise LabError(f"The right answer of the question '{name}' is not among its choices.")
    return Question(name, str(entry["ask"]), answers, choices)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip("\"'`.")
