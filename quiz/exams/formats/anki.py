"""An Anki package: one deck with a note for each item that any variant asks.

Notes, cards and note types have fixed ids, so that the package of a later export updates the notes that an
earlier one made, and what was learned of them stays. Which of two is newer Anki tells by their dates. Ours
is the day on which the question was reviewed last, since no clock may decide what an export holds; the second
of that day comes from the text, since with "Update notes: Always" Anki updates what has another date.

https://docs.ankiweb.net/importing/packaged-decks.html, https://docs.ankiweb.net/templates/intro.html
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time
from hashlib import sha256
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from quiz.exams.formats import anki_notes
from quiz.exams.formats.archive import zipped
from quiz.exams.paper import Exam, PaperItem
from quiz.items.item import Kind
from quiz.source.question import Question

if TYPE_CHECKING:
    import genanki

LABEL: Final = "a deck of flash cards for Anki"
CARRIES: Final = frozenset(Kind)
FILE_NAME: Final = "anki.apkg"

# Ids of Anki are milliseconds since 1970. These lie in the past, where no note that Anki makes can get them.
_FIRST_ID: Final = 1_000_000_000_000
_IDS: Final = 400_000_000_000
_SECONDS_OF_A_DAY: Final = 86_400
_UNREVIEWED: Final = date(2000, 1, 1)


def render(exam: Exam) -> dict[str, bytes]:
    """One package: variants make no difference to who learns by cards."""
    import genanki

    name = f"{exam.bank_title}::{exam.blueprint.title}"
    deck = genanki.Deck(_number("deck", name), name, f"Exam {exam.id}")
    models = {kind: _model(kind) for kind in exam.kinds}
    ids = _distinct_ids(exam)
    for placed in _once_each(exam):
        fields = list(anki_notes.fields(placed))
        note = genanki.Note(
            models[placed.item.kind],
            fields,
            guid=sha256(_identity(exam, placed).encode()).hexdigest()[:20],
            tags=[_tag(tag) for tag in _tags(placed)],
        )
        deck.add_note(_Dated(note, _date(placed.candidate.question, fields), ids[placed.item.id]))
    return {FILE_NAME: zipped({"collection.anki2": _collection(deck), "media": b"{}"})}


def _collection(deck: genanki.Deck) -> bytes:
    """The database of the package. genanki would leave its file behind in the folder for temporary ones."""
    import genanki

    with closing(sqlite3.connect(":memory:")) as connection:
        genanki.Package(deck).write_to_db(connection.cursor(), anki_notes.CHANGED, count(1))
        connection.commit()
        return connection.serialize()


class _Dated:
    """A note that is written with ids and a date of its own; genanki gives all notes those of the package."""

    def __init__(self, note: genanki.Note, date: int, number: int) -> None:
        self.model = note.model
        self._note, self._date, self._number = note, date, number

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        del timestamp, id_gen
        # The note and its only card: they are in different tables.
        self._note.write_to_db(cursor, self._date, deck_id, iter((self._number, self._number)))


def _model(kind: Kind) -> genanki.Model:
    import genanki

    note_type = anki_notes.TYPES[kind]
    name = f"ecsquiz {kind}"
    return genanki.Model(
        _number("note type", name),
        name,
        fields=[{"name": field} for field in note_type.fields],
        templates=[{"name": "Card", "qfmt": note_type.front, "afmt": note_type.back}],
        css=anki_notes.STYLE,
        model_type=genanki.Model.CLOZE if kind is Kind.CLOZE else genanki.Model.FRONT_BACK,
    )


def _once_each(exam: Exam) -> Iterable[PaperItem]:
    found: dict[str, PaperItem] = {}
    for paper in exam.papers:
        for placed in paper.items:
            found.setdefault(placed.item.id, placed)
    return found.values()


def _distinct_ids(exam: Exam) -> dict[str, int]:
    """The number of each item's note, by the item's id."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for placed in sorted(_once_each(exam), key=lambda placed: placed.item.id):
        number = _number("note", _identity(exam, placed))
        while number in taken:
            number += 1
        taken.add(number)
        numbers[placed.item.id] = number
    return numbers


def _identity(exam: Exam, placed: PaperItem) -> str:
    return f"{exam.bank_title}/{placed.item.id}"


def _number(what: str, name: str) -> int:
    """An id of Anki that the same name always gets."""
    return _FIRST_ID + _hash(f"ecsquiz/{what}/{name}") % _IDS


def _hash(words: str) -> int:
    return int.from_bytes(sha256(words.encode()).digest()[:8], "big")


def _tags(placed: PaperItem) -> Iterator[str]:
    question = placed.candidate.question
    yield "ecsquiz"
    yield f"level::{question.level}"
    yield from (f"topic::{topic}" for topic in question.topics)
    yield f"question::{question.number:03}"


def _tag(words: str) -> str:
    return re.sub(r"\s+", "-", escape(words))


def _date(question: Question, fields: Sequence[str]) -> int:
    """In seconds since 1970."""
    day = datetime.combine(question.reviewed or _UNREVIEWED, time(), UTC)
    return int(day.timestamp()) + _hash("\x1f".join(fields)) % _SECONDS_OF_A_DAY
