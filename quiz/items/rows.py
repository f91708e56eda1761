"""Choice from a table's rows: what belongs to an entry of the first column, and to which one a cell belongs.

Wrong options are other cells of the same column. Each row is asked once forwards, and once backwards where
the table has a third column to ask from, so that no two items of a row ask nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Final

from quiz.items.item import Item, Kind
from quiz.items.options import DISTRACTORS, Lots, chance, clash, propose
from quiz.items.setting import setting
from quiz.items.traits import echoes, exactness, telling_words
from quiz.items.wording import points_elsewhere, slug, words
from quiz.source.markdown import Table
from quiz.source.question import Question, Section

# In a table that compares subjects side by side, the first column holds aspects, and another row of
# the same column is no plausible wrong answer.
_ASPECTS: Final = frozenset(("aspect", "attribute", "criterion", "dimension", "property"))
_PERHAPS_ASPECTS: Final = frozenset(("feature", "question", "topic"))
# Headers of columns that are read together with their neighbour, or that hold for many rows by their nature.
_NOT_ALONE: Final = frozenset(
    "arrow because cannot choose default example from go means needs net never not says split to".split()
)
# What says nothing without the cells around it, and verdicts that fit many rows.
_EMPTY = re.compile(
    r"(yes|no|none|not|same|the same|nothing|never|always|both|either|any|all|see|as above|the above)\b|\W*$",
    re.IGNORECASE,
)
# What leans on a cell beside it.
_LEANS = re.compile(r"^(it|they|its|their|the same)\b|\b(the two|of the two|such|as for)\b", re.IGNORECASE)
_SHORT: Final = 3
"""A verdict of more words says enough by itself."""
_LONGEST: Final = 180
_DIFFERENT: Final = 0.6
"""The share of different cells below which a column holds classes, which fit many rows."""
_TELLING: Final = 3
"""So many telling words, exact names counted twice, a cell needs to be asked from."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two columns of a table: an item gives a cell of the first and wants the one of the second."""

    table: Table
    given: int
    wanted: int

    @property
    def names(self) -> tuple[str, str]:
        return self.table.header[self.given], self.table.header[self.wanted]

    def cells(self, row: Sequence[str]) -> tuple[str, str]:
        return row[self.given], row[self.wanted]


def derive(question: Question, section: Section, table: Table) -> Iterator[Item]:
    """The items of one plain table that does not compare subjects side by side."""
    if not table.header[0] or compares(table) or len(table.rows) <= DISTRACTORS:
        return
    columns = range(1, len(table.header))
    forwards = [pairing for column in columns if _fits(pairing := Pairing(table, 0, column))]
    backwards = [pairing for column in columns if _fits(pairing := Pairing(table, column, 0))]
    for row in table.rows:
        lots = f"{question.number}/{slug(row[0])}"
        order = sorted(forwards, key=lambda one: chance(lots, one.names[1]))
        asked = next(_items(question, section, order, row), None)
        if asked:
            pairing, item = asked
            yield item
            others = [
                other for other in backwards if other.given != pairing.wanted and _tells(row[other.given])
            ]
            yield from (item for _, item in islice(_items(question, section, others, row), 1))


def _items(
    question: Question, section: Section, pairings: Sequence[Pairing], row: Sequence[str]
) -> Iterator[tuple[Pairing, Item]]:
    for pairing in pairings:
        if item := _item(question, section, pairing, row):
            yield pairing, item


def compares(table: Table) -> bool:
    """Whether the table sets subjects side by side, an aspect a row and a subject a column."""
    first, *subjects = table.header
    if first.lower() in _ASPECTS:
        return True
    alike = any(telling_words(one) & telling_words(other) for one, other in combinations(subjects, 2))
    return first.lower() in _PERHAPS_ASPECTS and alike


def _fits(pairing: Pairing) -> bool:
    """Whether the cells of the two columns belong together, one to one."""
    given, wanted = pairing.names
    if not given or not wanted or telling_words(given) & telling_words(wanted):
        return False
    if any(word in _NOT_ALONE for name in (given, wanted) for word in words(name)):
        return False
    pairs = [pairing.cells(row) for row in pairing.table.rows]
    for column in (0, 1):
        cells = [pair[column].lower() for pair in pairs]
        if len(set(cells)) < _DIFFERENT * len(cells) or sum(map(_says_nothing, cells)) > 1:
            return False
    return not all(_is_number(cell) for pair in pairs for cell in pair)


def _item(question: Question, section: Section, pairing: Pairing, row: Sequence[str]) -> Item | None:
    given, right = pairing.cells(row)
    if not (_usable(given) and _usable(right)):
        return None
    others = [other for other in pairing.table.rows if other is not row]
    if any(clash(given, pairing.cells(other)[0]) for other in others):
        return None
    first, wanted = pairing.names
    key = f"table-{slug(wanted)}-{slug(given)}"
    stem = f"{setting(question.prompt)}\n\n**{first}**: {given}\n\n**{wanted}**: which of these?"
    if echoes(given, right):
        return None
    cells = [pairing.cells(other)[1] for other in others]
    pool = [cell for cell in cells if _usable(cell) and not echoes(given, cell)]
    best = propose(right, pool, stem, Lots.of(f"{question.number}/{key}").quiet())
    if best is None:
        return None
    return Item(
        question=question.number,
        kind=Kind.CHOICE,
        key=key,
        stem=stem,
        answers=(right,),
        distractors=best.distractors,
        explanation=_explanation(pairing, row, best.distractors),
        section=section.title,
        difficulty=0.45,
    )


def _explanation(pairing: Pairing, row: Sequence[str], wrong: Sequence[str]) -> str:
    """The whole row, and where the wrong options belong."""
    header = pairing.table.header
    whole = "\n".join(
        f"- **{name}**: {cell}" for name, cell in zip(header, row, strict=False) if name and cell
    )
    owners = {cell: given for given, cell in map(pairing.cells, pairing.table.rows)}
    others = "\n".join(f"- {cell}: {owners[cell]}" for cell in wrong)
    return f"{whole}\n\nThe others belong elsewhere:\n\n{others}"


def _usable(cell: str) -> bool:
    """Whether a cell can be given or offered by itself."""
    return len(cell) <= _LONGEST and not (
        _says_nothing(cell) or points_elsewhere(cell) or _LEANS.search(cell)
    )


def _says_nothing(cell: str) -> bool:
    return bool(_EMPTY.match(cell)) and len(words(cell)) <= _SHORT


def _tells(cell: str) -> bool:
    return len(telling_words(cell)) + exactness(cell) >= _TELLING


def _is_number(cell: str) -> bool:
    return not re.search(r"[A-Za-z]", cell)
