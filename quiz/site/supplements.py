"""What a site shows beside its bank: the labs, and the commands of the program. The CLI knows both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab as its page tells of it. `brief`, `hints` and `debrief` are Markdown."""

    number: int
    slug: str
    title: str
    level: str
    minutes: int
    question: int
    brief: str
    hints: tuple[str, ...]
    debrief: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option or an argument of a command, as its help shows it.

    `notes` are what help puts in brackets, such as `default: 10` or `required`.
    """

    written: str
    help: str
    notes: tuple[str, ...] = ()
    is_option: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group of commands: its whole name, what it does, and examples."""

    name: str
    usage: str
    help: str
    examples: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplements:
    """All of it. `commands` are those that stand right after the program's name."""

    labs: tuple[Lab, ...] = ()
    commands: tuple[Command, ...] = ()

    def lab(self, slug: str | None) -> Lab | None:
        """The lab with this name, if there is one."""
        return next((lab for lab in self.labs if lab.slug == slug), None)
