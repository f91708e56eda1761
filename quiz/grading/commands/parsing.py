"""The text of an AWS CLI command to its service, operation and options.

By the grammar of the CLI alone, without its tables of services: so it needs no AWS package, and reads a
command with a misspelt operation as well.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Final

from quiz.source.lint import shell

LONGEST: Final = 4_000
"""Characters of a command that are read; more is no answer."""

GLOBAL: Final = frozenset(
    """--ca-bundle --cli-auto-prompt --cli-binary-format --cli-connect-timeout --cli-read-timeout --color
    --debug --endpoint-url --max-items --no-cli-auto-prompt --no-cli-pager --no-paginate --no-sign-request
    --no-verify-ssl --output --page-size --profile --query --region --starting-token --version""".split()
)
"""Options of every command that change how its answer is fetched or shown, and not what is asked."""

_FLAGS: Final = frozenset(option for option in GLOBAL if option.startswith("--no-")) | {
    "--cli-auto-prompt",
    "--debug",
    "--version",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """One command. `arguments` are the words that belong to no option; `options` have their leading dashes.

    A flag is an option with no values.
    """

    service: str
    operation: str
    arguments: tuple[str, ...]
    options: tuple[tuple[str, tuple[str, ...]], ...]


class UnreadableError(ValueError):
    """The text is no AWS CLI command; the message says why, for the learner."""


def parse(text: str) -> Parsed:
    """Read the first `aws` command of a text. Raises UnreadableError."""
    if len(text) > LONGEST:
        raise UnreadableError("This is too long for a command.")
    _check_quotes(text)
    found = [
        command.words
        for command in shell.commands(text.strip().removeprefix("$ "))
        if command.words[0] == "aws"
    ]
    if not found:
        raise UnreadableError("A command begins with aws.")
    words = _after_globals(found[0][1:])
    if len(words) < 2 or words[0].startswith("-") or words[1].startswith("-"):
        raise UnreadableError("After aws come the service and the operation, such as aws ecs list-tasks.")
    arguments, options = _split(words[2:])
    return Parsed(words[0], words[1], arguments, options)


def _check_quotes(text: str) -> None:
    try:
        shlex.split(text, comments=True)
    except ValueError as error:
        what = "A quote is not closed." if "quotation" in str(error) else "It ends with a lone backslash."
        raise UnreadableError(what) from error


def _after_globals(words: list[str]) -> list[str]:
    """The words from the service on: options of every command may stand before it."""
    at = 0
    while at < len(words) and words[at].partition("=")[0] in GLOBAL:
        at += 1 if "=" in words[at] or words[at] in _FLAGS else 2
    return words[at:]


def _split(words: list[str]) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    arguments: list[str] = []
    options: dict[str, list[str]] = {}
    current: list[str] = arguments
    for word in words:
        if word.startswith("--") and len(word) > 2:
            name, equals, value = word.partition("=")
            current = options.setdefault(name.lower(), [])
            if equals:
                current.append(value)
            elif name in _FLAGS:
                current = arguments
        else:
            current.append(word)
    kept = tuple((name, tuple(values)) for name, values in options.items() if name not in GLOBAL)
    return tuple(arguments), kept
