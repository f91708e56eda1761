"""The words of shell text as they are written: with their quotes, and with variables by their names.

`shell` reads what a command means; this keeps how it was typed, and says where a quote was left open.
"""

from __future__ import annotations

from typing import Final

_SPACE: Final = " \t\r"
_ENDS: Final = "\n;|&"
"""What ends a command; each stands as a word of its own."""
_STAND_IN: Final = "$substituted"


class UnclosedError(ValueError):
    """A quote or a bracket that was opened at a place, counted from 1, and never closed."""

    def __init__(self, mark: str, place: int) -> None:
        super().__init__(f"{mark} at character {place} is not closed")
        self.mark = mark
        self.place = place


def written_words(text: str) -> list[str]:
    """The words of `text`, without comments and line continuations. Raises UnclosedError."""
    found: list[str] = []
    word: str | None = None
    at = 0
    while at < len(text):
        char = text[at]
        end = at + 1
        if text.startswith("\\\n", at):
            end = at + 2
        elif char in _SPACE or char in _ENDS:
            found += [word] if word is not None else []
            found += [char] if char in _ENDS else []
            word = None
        elif char == "#" and word is None:
            end = _line_end(text, at)
        else:
            end = _end(text, at)
            word = (word or "") + text[at:end]
        at = end
    return [*found, word] if word is not None else found


def without_substitutions(text: str) -> str:
    """The text with a variable for each `$( )` and each pair of backquotes outside single quotes."""
    parts: list[str] = []
    at, quoted = 0, False
    while at < len(text):
        end, part = at + 1, ""
        if text[at] == "\\" or (text[at] == "'" and not quoted):
            end = _end(text, at)
        elif text[at] == '"':
            quoted = not quoted
        elif text.startswith("$(", at):
            end, part = _substitution(text, at), _STAND_IN
        elif text[at] == "`":
            end, part = _closing(text, "`", at) + 1, _STAND_IN
        parts.append(part or text[at:end])
        at = end
    return "".join(parts)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _end(text: str, at: int) -> int:
    """Where what begins at `at` ends: a quoted part, a substitution, or one character."""
    char = text[at]
    if char == "\\":
        if at + 1 == len(text):
            raise UnclosedError("\\", at + 1)
        return at + 2
    if char in "'`":
        return _closing(text, char, at) + 1
    if char == '"':
        return _double_quoted(text, at)
    return _substitution(text, at) if text.startswith("$(", at) else at + 1


def _closing(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at + 1)
    if end < 0:
        raise UnclosedError(mark, at + 1)
    return end


def _double_quoted(text: str, start: int) -> int:
    at = start + 1
    while at < len(text):
        if text[at] == '"':
            return at + 1
        if text[at] == "\\":
            at += 2
        elif text.startswith("$(", at):
            at = _substitution(text, at)
        else:
            at += 1
    raise UnclosedError('"', start + 1)


def _substitution(text: str, start: int) -> int:
    """Brackets are counted, quotes within are not read: so any depth takes one walk."""
    depth = 0
    for at in range(start + 1, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return at + 1
    raise UnclosedError("$(", start + 1)
