"""What a learner may type instead of an answer or a rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final


class Key(Enum):
    """A key. It works where it stands alone on the first line."""

    EDITOR = "e"
    HINT = "h"
    SKIP = "s"
    UNDO = "u"
    ASIDE = "z"
    FLAG = "f"
    OPEN = "o"
    LEAVE = "q"
    HELP = "?"


_ALSO: Final = {"-": Key.ASIDE}
_KNOWN: Final = {key.value: key for key in Key} | _ALSO
_SHORT: Final = {
    Key.EDITOR: "editor",
    Key.HINT: "hint",
    Key.SKIP: "skip",
    Key.UNDO: "undo",
    Key.LEAVE: "leave",
    Key.HELP: "all keys",
}
_WHILE_ASKING: Final = {
    "Enter": "without an answer: show what is right",
    "e": "write the answer in your editor",
    "h": "a hint; the answer then counts as hard at best",
    "s": "skip this one; it comes another time",
    "u": "undo the last step, and then those before it",
    "z": "set this item aside, so that it is not asked any more; - does the same",
    "f": "flag this item with a note, for its authors or for you",
    "o": "open the whole page; the answer then counts as again",
    "q": "leave; what you did is saved",
}
_WHILE_RATING: Final = {
    "Enter": "accept the rating",
    "1": "again, I did not know it",
    "2": "hard, I knew it with trouble",
    "3": "good, I knew it",
    "4": "easy, it comes back much later",
    "u": "answer it again",
    "s": "skip this one; the answer is not kept",
    "z": "set this item aside; the answer is not kept; - does the same",
    "f": "flag this item with a note, for its authors or for you",
    "o": "open the whole page",
    "q": "accept the rating, and leave",
}


def key_of(typed: str) -> Key | None:
    """The key that was typed, if it is one."""
    return _KNOWN.get(typed.strip().lower())


def short(keys: Iterable[Key]) -> dict[str, str]:
    """A few keys with one word or two for each."""
    return {key.value: _SHORT[key] for key in keys}


def while_asking(*, lines: bool) -> Mapping[str, str]:
    """All keys that work in place of an answer; the editor only where an answer may have several lines."""
    return {key: does for key, does in _WHILE_ASKING.items() if lines or key != Key.EDITOR.value}


def while_rating(*, judged: bool) -> Mapping[str, str]:
    """All keys that work in place of a rating; there may be none to accept where the learner judges."""
    if judged:
        return _WHILE_RATING
    own = {key: does for key, does in _WHILE_RATING.items() if key != "Enter"}
    return {**own, "q": "leave; this answer is not counted"}
