"""The reference of the command line: a page for each command or group of commands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from quiz.site.dialect import for_builders, inline
from quiz.site.pages.frame import front_matter
from quiz.site.supplements import Command, Parameter
from quiz.source.markdown import anchor

_LIMITS = re.compile(r"(?P<least>[\d.]+)<=x<=(?P<most>[\d.]+)|x>=(?P<from>[\d.]+)")


def page_of_command(command: Command) -> str:
    """The page's file in `docs/commands`."""
    return f"{command.name.split()[-1]}.md"


def commands_page(commands: Sequence[Command]) -> str:
    """All commands, each with what it is for."""
    rows = [
        f"| [`{each.name}`]({page_of_command(command)}{'' if each is command else _anchor(each)})"
        f" | {inline(_first_line(each.help))} |"
        for command in commands
        for each in (command.commands or (command,))
    ]
    return _page(
        [
            front_matter("Commands", searchable=False),
            "# Commands",
            "Every command takes `--help`; most print JSON for machines with `--json`.",
            "\n".join(["| Command | What it does |", "|---|---|", *rows]) if rows else "None here.",
        ]
    )


def command_page(command: Command) -> str:
    """One command with its options, or a group with all of its commands."""
    parts = [front_matter(command.name), f"# `{command.name}`", for_builders(command.help)]
    if not command.commands:
        return _page([*parts, *_call(command)])
    for each in command.commands:
        parts += [f"## `{each.name}`", for_builders(each.help), *_call(each)]
    return _page(parts)


def _call(command: Command) -> list[str]:
    parts = [f"```text\n{command.usage}\n```"]
    for title, is_option in (("Argument", False), ("Option", True)):
        rows = [parameter for parameter in command.parameters if parameter.is_option is is_option]
        if rows:
            parts.append("\n".join([f"| {title} | What it does |", "|---|---|", *map(_row, rows)]))
    if command.examples:
        title = "Example" if len(command.examples) == 1 else "Examples"
        parts.append(f'```sh title="{title}"\n' + "\n".join(command.examples) + "\n```")
    return parts


def _row(parameter: Parameter) -> str:
    written = parameter.written.replace("|", "&#124;")
    said = " ".join([parameter.help, *map(_note, parameter.notes)])
    return f"| <code>{html.escape(written).replace('&amp;#124;', '&#124;')}</code> | {inline(said)} |"


def _note(note: str) -> str:
    name, colon, value = note.partition(": ")
    if colon:
        return f"{'Environment' if name == 'env var' else name.capitalize()}: `{value}`."
    limits = _LIMITS.fullmatch(note)
    if limits and limits["most"]:
        return f"{limits['least']} to {limits['most']}."
    return f"At least {limits['from']}." if limits else f"{note.capitalize()}."


def _anchor(command: Command) -> str:
    return f"#{anchor(command.name)}"


def _first_line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
