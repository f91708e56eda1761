"""What a learner may do instead of answering: each has a key, and a word that works without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Step(Enum):
    """The value is the word, typed after a colon; its first letter will do."""

    NEXT = "next"
    BACK = "back"
    GO = "go"
    MARK = "mark"
    LIST = "list"
    CLEAR = "clear"
    END = "end"
    QUIT = "quit"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """A step; `number` where it leads to an item."""

    step: Step
    number: int = 0


def is_command(text: str) -> bool:
    """Whether it is, or may become, a command instead of an answer."""
    return text.lstrip().startswith(":")


def command_of(text: str) -> Command | None:
    """The command in words such as `:next`, `:n` and `:12`; None for what is none."""
    word = text.strip().removeprefix(":").strip().lower()
    found = re.fullmatch(r"(?:go\s*)?(\d{1,4})", word)
    if found:
        return Command(Step.GO, int(found[1]))
    steps = [step for step in Step if step is not Step.GO and word and step.value.startswith(word)]
    return Command(steps[0]) if steps else Command(Step.HELP) if word == "?" else None
