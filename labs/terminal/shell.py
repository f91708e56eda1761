"""A shell inside a lab: the user's own, with its own start-up files, then the lab's environment on top."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from labs.errors import LabError
from labs.terminal.environment import REMOVED, Environment, lines, quoted

KNOWN = ("bash", "zsh", "fish")


@dataclass(frozen=True)
class Shell:
    """How to start it: the command, and the variables it is started with."""

    command: tuple[str, ...]
    variables: Mapping[str, str]


def prepare(
    wanted: Environment, name: str, number: int, place: Path, current: Mapping[str, str], command: str = ""
) -> Shell:
    """The shell `name` (bash, zsh or fish), its start-up files written to the folder `place`.

    With a `command` it runs that and ends. LabError where the shell is unknown or missing.
    """
    path = shutil.which(name, path=current.get("PATH"))
    if name not in KNOWN:
        raise LabError(f"'{name}' is not a shell that labs know.", f"Take --shell {', '.join(KNOWN)}.")
    if path is None:
        raise LabError(f"The shell '{name}' is not installed.", f"Take another: --shell {', '.join(KNOWN)}.")
    variables = wanted.applied(current, os.pathsep)
    if command:
        return Shell((path, "-c", command), variables)
    # The user's own start-up files may set what must not be set here, so all of it is removed after them.
    after = lines(replace(wanted, removed=tuple(REMOVED)), name)
    return _STARTED[name](path, after, f"(lab {number}) ", place, variables)


def run(shell: Shell) -> int:
    """Hand the terminal over to it; its exit code."""
    return subprocess.run(shell.command, env=dict(shell.variables), check=False).returncode


def shell_of(current: Mapping[str, str]) -> str:
    """The user's shell, if it is one that labs know; else bash."""
    name = Path(current.get("SHELL", "")).name
    return name if name in KNOWN else "bash"


def _bash(path: str, after: Sequence[str], prompt: str, place: Path, variables: Mapping[str, str]) -> Shell:
    file = _written(
        place / "bashrc",
        "[ -r ~/.bashrc ] && . ~/.bashrc",
        "unalias aws 2>/dev/null; unset -f aws",
        *after,
        "hash -r",
        f'PS1={quoted(prompt)}"$PS1"',
    )
    return Shell((path, "--rcfile", str(file), "-i"), variables)


def _zsh(path: str, after: Sequence[str], prompt: str, place: Path, variables: Mapping[str, str]) -> Shell:
    home = variables.get("ZDOTDIR") or variables.get("HOME", "")
    folder = place / "zsh"
    folder.mkdir(exist_ok=True)
    own = quoted(home)
    _written(folder / ".zshenv", f"[ -r {own}/.zshenv ] && . {own}/.zshenv", f"ZDOTDIR={quoted(str(folder))}")
    _written(
        folder / ".zshrc",
        f"ZDOTDIR={own}",
        f"[ -r {own}/.zshrc ] && . {own}/.zshrc",
        "unalias aws 2>/dev/null; unfunction aws 2>/dev/null",
        *after,
        "rehash",
        # A theme draws the prompt anew before each command; this comes after it.
        f"_lab_prompt() {{ [[ $PROMPT == {quoted(prompt)}* ]] || PROMPT={quoted(prompt)}$PROMPT }}",
        "typeset -ga precmd_functions; precmd_functions+=(_lab_prompt)",
    )
    return Shell((path, "-i"), {**variables, "ZDOTDIR": str(folder)})


def _fish(path: str, after: Sequence[str], prompt: str, place: Path, variables: Mapping[str, str]) -> Shell:
    file = _written(
        place / "init.fish",
        "functions --erase aws",
        *after,
        "functions --copy fish_prompt _lab_own_prompt",
        f"function fish_prompt; echo -n {quoted(prompt)}; _lab_own_prompt; end",
    )
    return Shell((path, "--init-command", f"source {quoted(str(file))}", "--interactive"), variables)


_STARTED = {"bash": _bash, "zsh": _zsh, "fish": _fish}


def _written(file: Path, *text: str) -> Path:
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    return file
