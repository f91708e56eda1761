"""How answers are read: key by key in a terminal, line by line in a pipe."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from quiz.exams.sitting.steps import Command, Step

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings


class Left(Exception):  # noqa: N818 - not an error
    """The learner pressed Ctrl-C or Ctrl-D, or the input has ended."""


class TimeUp(Exception):  # noqa: N818 - not an error
    """The time ran out while the learner was typing."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a reader is to do: the text to begin with, whom to tell of each change, and until when.

    `typed` gets the whole text at every key; `seconds` is the time that is left, None for all of it.
    """

    begun: str
    typed: Callable[[str], None]
    standing: Callable[[], str]
    seconds: Callable[[], float | None]


class Reader(Protocol):
    def __call__(self, ask: Ask) -> str | Command:
        """What the learner entered, or the step whose key was pressed. Raises Left and TimeUp."""
        ...


def read_line(ask: Ask) -> str | Command:
    """From a pipe. A line is an answer; an empty one keeps what was there."""
    left = ask.seconds()
    if left is not None and left <= 0:
        raise TimeUp
    sys.stdout.write("> ")
    sys.stdout.flush()
    line = sys.stdin.readline()
    sys.stdout.write("\n")
    if not line:
        raise Left
    left = ask.seconds()
    if left is not None and left <= 0:
        raise TimeUp
    text = line.strip() or ask.begun
    ask.typed(text)
    return text


def read_keys(ask: Ask) -> str | Command:
    """From a terminal."""
    import os

    from prompt_toolkit import PromptSession
    from prompt_toolkit.application import get_app
    from prompt_toolkit.output import ColorDepth

    async def end_in_time(seconds: float) -> None:
        await asyncio.sleep(seconds)
        get_app().exit(exception=TimeUp())

    def begin() -> None:
        get_app().current_buffer.on_text_changed += lambda buffer: ask.typed(buffer.text)
        left = ask.seconds()
        if left is not None:
            get_app().create_background_task(end_in_time(max(0, left)))

    session: PromptSession[str | Command] = PromptSession(
        color_depth=ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
    )
    try:
        return session.prompt(
            "> ",
            default=ask.begun,
            multiline=True,
            key_bindings=_bindings(),
            bottom_toolbar=lambda: ask.standing(),
            refresh_interval=1,
            pre_run=begin,
        )
    except (EOFError, KeyboardInterrupt):
        raise Left from None


def _bindings() -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()
    for key, step in {
        "pagedown": Step.NEXT,
        "pageup": Step.BACK,
        "f2": Step.MARK,
        "f3": Step.LIST,
        "f10": Step.END,
    }.items():

        def press(event: KeyPressEvent, step: Step = step) -> None:
            event.app.exit(result=Command(step))

        bindings.add(key)(press)

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
