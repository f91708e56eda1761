"""How items of each kind are asked and judged: one file a kind, all of one shape.

To add a kind, add a file with the names of `face.Face` and name it in `FACES`.
"""

from __future__ import annotations

from typing import Final

from quiz.items.item import Kind
from quiz.practice.kinds import choice, cloze, command, matching, ordering, recall
from quiz.practice.kinds.face import Face

FACES: Final[dict[Kind, Face]] = {
    face.KIND: face for face in (recall, choice, cloze, ordering, matching, command)
}
