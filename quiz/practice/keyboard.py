"""What the learner types: lines, answers of one line or several, and keys."""

from __future__ import annotations

from quiz.errors import UserError
from quiz.items.item import Item
from quiz.practice.drafts import Drafts
from quiz.practice.keys import Key, key_of
from quiz.practice.kinds.face import Face
from quiz.practice.screen import Screen
from quiz.practice.world import World

PROMPT = "> "


class Left(Exception):  # noqa: N818 - not an error
    """The learner pressed Ctrl-C or Ctrl-D, or the input has ended."""


class Keyboard:
    """Reads from the world; what shows on the screen while typing is its business too.

    With `drafts`, an answer of several lines is kept while it is written.
    """

    def __init__(self, screen: Screen, world: World, drafts: Drafts | None) -> None:
        self._screen = screen
        self._world = world
        self._drafts = drafts

    def line(self, name: str) -> str:
        """One line without the blank space around it. `name` says in a word or two what is asked for.

        Raises Left.
        """
        # In words for a screen reader that listens; a pipe needs none.
        prompt = f"{name}: " if self._screen.plain and self._world.interactive else PROMPT
        try:
            typed = self._world.read(prompt)
        except EOFError:
            self._screen.blank()
            raise Left from None
        if not self._world.interactive:
            self._screen.blank()  # nobody pressed Enter after the prompt
        return typed.strip()

    def answer(self, face: Face, item: Item) -> str | Key:
        """An answer, empty where the learner gives up, or a key.

        In any kind a line that ends with a backslash goes on in the next, as in a shell.
        """
        first = self.line("Answer")
        if key := key_of(first):
            return key
        lines = [first]
        if not first and (begun := self.begun(face, item)):
            self._screen.note("Go on; an empty line ends it.")
            lines = begun
        while lines[-1] and (face.LINES or lines[-1].endswith("\\")):
            if self._drafts and face.LINES:
                self._drafts.keep(item.id, lines)
            try:
                lines.append(self.line("Next line"))
            except Left:  # Ctrl-D ends an answer as an empty line does
                break
        return "\n".join(lines).strip()

    def written(self, item: Item) -> str | None:
        """An answer from the learner's editor; None where there is none, and the prompt stands."""
        try:
            text = self._world.write_answer(item.stem)
        except UserError as error:
            self._screen.note(str(error), "yellow")
            return None
        if not text:
            self._screen.note("Nothing was written.")
            return None
        if self._drafts:
            self._drafts.keep(item.id, text.splitlines())
        self._screen.quote(text)
        return text

    def begun(self, face: Face, item: Item) -> list[str]:
        """The lines of an answer to this item that was begun and not saved."""
        return self._drafts.begun(item.id) if self._drafts and face.LINES else []

    def done_with(self, face: Face) -> None:
        """The answer is saved, or not wanted: its draft may go."""
        if self._drafts and face.LINES:
            self._drafts.drop()
