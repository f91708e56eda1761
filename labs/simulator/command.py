"""Which program a container runs: `entryPoint` and `command` of its definition override those of the image.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html. Images here have CMD
and no ENTRYPOINT. A shell is in every image; of a script it runs the last command, if the others exist.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SHELLS = ("sh", "/bin/sh", "bash", "/bin/bash")
BUILT_IN = ("cd", "echo", "exec", "export", "set", "sleep", "tail", "true")
WORKING_DIRECTORY = "/app/"
_BETWEEN_COMMANDS = re.compile(r"&&|;|\n")
_ASSIGNMENT = re.compile(r"\w+=")


@dataclass(frozen=True)
class Choice:
    """`name` is the program that runs, "" for the image's own; `missing` the file that was not found."""

    name: str = ""
    missing: str = ""
    in_shell: bool = False  # then the shell starts, and ends with exit code 127


def chosen(definition: Mapping[str, Any], programs: Iterable[str]) -> Choice:
    """What a container definition starts in an image with these programs."""
    words = [*(definition.get("entryPoint") or ()), *(definition.get("command") or ())]
    if not words:
        return Choice()
    known = {*programs, *BUILT_IN}
    if words[0] not in SHELLS:
        return _found(words[0], known, in_shell=False)
    if words[1:2] != ["-c"] or len(words) < 3:
        return Choice(name="sleep")
    choice = Choice()
    for part in _BETWEEN_COMMANDS.split(words[2]):
        choice = _found(_first_word(part), known, in_shell=True)
        if choice.missing:
            return choice
    return choice


def _found(word: str, known: set[str], *, in_shell: bool) -> Choice:
    name = word.removeprefix("./").removeprefix(WORKING_DIRECTORY)
    return Choice(name=name) if name in known else Choice(missing=word, in_shell=in_shell)


def _first_word(text: str) -> str:
    words = [word for word in shlex.split(text) if not _ASSIGNMENT.match(word)]
    if words[:1] == ["exec"] and len(words) > 1:
        words = words[1:]
    return words[0] if words else "true"
