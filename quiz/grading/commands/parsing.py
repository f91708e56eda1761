"""The text of an AWS CLI command to its service, operation and options.

By the grammar of the CLI alone, without its tables of services: so it needs no AWS package, and reads a
command with a misspelt operation as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from quiz.source.lint import shell
from quiz.source.lint.cli_options import FLAGS, GLOBAL
from quiz.source.lint.shell_words import UnclosedError, without_substitutions, written_words

LONGEST: Final = 4_000
"""Characters of a command that are read; more is no answer."""

Options = Mapping[str, tuple[str, ...]]
"""Values by option, with its leading dashes. A flag is an option with no values."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One command. `arguments` are the words that belong to no option; `shared` are options of every command.

    `more` tells that another `aws` command comes after it.
    """

    service: str
    operation: str
    arguments: tuple[str, ...]
    options: Options
    shared: Options
    more: bool = False

    @property
    def name(self) -> str:
        """Service and operation."""
        return f"{self.service} {self.operation}"


class UnreadableError(ValueError):
    """The text is no AWS CLI command; the message says why, for the learner."""


def slip(text: str) -> str:
    """What keeps a shell from reading the text at all, such as a quote that is not closed, or nothing."""
    try:
        _commands(text)
    except UnreadableError as error:
        return str(error)
    return ""


def parse(text: str) -> Parsed:
    """Read the first `aws` command of a text. Raises UnreadableError."""
    found = [words for words in _commands(text) if words[0] == "aws"]
    if not found:
        raise UnreadableError("A command begins with aws.")
    words, before = _after_shared(found[0][1:])
    operation, between = _after_shared(words[1:])
    words = [*words[:1], *operation]
    if len(words) < 2 or words[0].startswith("-") or words[1].startswith("-"):
        raise UnreadableError("After aws come the service and the operation, such as aws ecs list-tasks.")
    arguments, options = _split(words[2:])
    return Parsed(
        words[0],
        words[1],
        arguments,
        {name: values for name, values in options.items() if name not in GLOBAL},
        before | between | {name: values for name, values in options.items() if name in GLOBAL},
        len(found) > 1,
    )


def _commands(text: str) -> list[list[str]]:
    """The words of every simple command. What stands in a `$( )` is not run, so it is no command."""
    if len(text) > LONGEST:
        raise UnreadableError("This is too long for a command.")
    bare = text.strip().removeprefix("$ ")
    # A shell would wait for one more line, and take an empty one.
    bare = re.sub(r"(?<!\\)\\$", "", bare)
    try:
        settled = without_substitutions(" ".join(written_words(bare)))
    except UnclosedError as error:
        place = error.place + text.index(bare)
        what = "bracket" if error.mark == "$(" else "quote"
        raise UnreadableError(f"The {what} {error.mark} at character {place} is not closed.") from error
    return [command.words for command in shell.commands(settled)]


def _after_shared(words: list[str]) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """The words after the options of every command that stand first, and those options."""
    at = 0
    while at < len(words) and words[at].partition("=")[0] in GLOBAL:
        at += 1 if "=" in words[at] or words[at] in FLAGS else 2
    return words[at:], _split(words[:at])[1]


def _split(words: list[str]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Arguments and options. Of an option that is given twice the last counts, as for the CLI."""
    arguments: list[str] = []
    options: dict[str, list[str]] = {}
    current: list[str] = arguments
    for word in words:
        if word.startswith("--") and len(word) > 2:
            name, equals, value = word.partition("=")
            current = options[name.lower()] = []
            if equals:
                current.append(value)
            elif name in FLAGS:
                current = arguments
        else:
            current.append(word)
    return tuple(arguments), {name: tuple(values) for name, values in options.items()}
