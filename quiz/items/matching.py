"""Matching: the rows of a table, taken apart, to be put together again.

A table serves where each right side belongs to one left side only, as far as words can tell: no two cells
of a column say the same, and no row shows by its own words what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from quiz.items.difficulty import estimate
from quiz.items.gaps import telling
from quiz.items.item import Item, Kind
from quiz.items.wording import near_duplicates, points_elsewhere, slug, undated
from quiz.source import markdown
from quiz.source.markdown import plain
from quiz.source.question import Question, Section

KIND = Kind.MATCHING
FEWEST, MOST = 4, 6
MOST_ITEMS: Final = 3
"""Of a question, since more would ask the same rows again and again."""
LONGEST: Final = 140
ALIKE: Final = 0.5
"""The share of telling words in common from which two right sides could be taken for one another."""
VARIED: Final = 0.75
"""The share of different cells below which a column holds classes, and not what belongs to one row."""

# First columns whose entries are aspects of a comparison: their cells say nothing without the other columns.
_ASPECTS: Final = frozenset(
    (
        "",
        "aspect",
        "attribute",
        "criterion",
        "dimension",
        "feature",
        "property",
        "question",
        "topic",
        "case",
        "way",
    )
)
# Cells that pass a verdict instead of saying something that belongs to one row.
_VERDICT = re.compile(
    r"^(yes|no|none|not|nothing|never|always|both|either|(the )?same|as above|see|on|off|leave|any|all)\b"
    r"|^(you|aws|nobody|\W*)$",
    re.IGNORECASE,
)
# Columns that send the reader elsewhere: what is read next fits many a row.
_ADVICE = re.compile(
    r"\b(look|read|go on|see|check|suspect|when to change|not for|how long|who decides|until when|lives)\b",
    re.IGNORECASE,
)

Pair = tuple[str, str]


def derive(question: Question) -> Iterator[Item]:
    """The first few items of the question, one or two for each column that belongs to the first one."""
    return islice(_all(question), MOST_ITEMS)


def _all(question: Question) -> Iterator[Item]:
    for section in question.sections:
        for table in markdown.tables(section.markdown):
            for column in _columns(table):
                pairs = _unambiguous(
                    [(undated(row[0]).strip(), undated(row[column]).strip()) for row in table.rows]
                )
                yield from _items(question, section, (table.header[0], table.header[column]), pairs)


def _items(question: Question, section: Section, headers: Pair, pairs: Sequence[Pair]) -> Iterator[Item]:
    left, right = plain(headers[0]), plain(headers[1])
    for part, some in enumerate(_parts(pairs), 1):
        rights = tuple(second for _, second in some)
        yield Item(
            question=question.number,
            kind=KIND,
            key=f"{slug(left)}-to-{slug(right)}" + (f"-part-{part}" if part > 1 else ""),
            stem=f"{question.prompt}\n\nMatch the two columns: **{left}** and **{right}**.",
            answers=rights,
            prompts=tuple(first for first, _ in some),
            explanation="\n".join(f"- {first}: **{plain(second)}**" for first, second in some),
            section=section.title,
            difficulty=estimate(KIND, rights),
        )


def _columns(table: markdown.Table) -> Iterator[int]:
    """The columns that say something of the first one, rather than of the same kind of thing."""
    first = plain(table.header[0]).lower()
    if first in _ASPECTS or len(table.rows) < FEWEST:
        return
    for column in range(1, len(table.header)):
        wanted = plain(table.header[column]).lower()
        cells = [plain(row[column]).lower() for row in table.rows]
        if not wanted or _ADVICE.search(wanted) or set(first.split()) & set(wanted.split()):
            continue
        if sum(bool(re.search("[a-z]{2}", cell)) for cell in cells) * 2 < len(cells):
            continue  # numbers, which are worked out or looked up
        if len(set(cells)) >= VARIED * len(cells) and sum(bool(_VERDICT.match(cell)) for cell in cells) <= 1:
            yield column


def _unambiguous(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs whose sides fit nowhere else and do not show each other; none where most rows show theirs."""
    readable = [
        pair for pair in pairs if all(_readable(side) for side in pair) and not _VERDICT.match(pair[1])
    ]
    silent = [pair for pair in readable if not _shows_itself(pair, readable)]
    if len(silent) * 2 < len(readable):
        return []
    kept: list[Pair] = []
    for pair in silent:
        others = [other for other in silent if other is not pair]
        if not any(_exchangeable(pair, other) for other in others):
            kept.append(pair)
    return kept


def _readable(side: str) -> bool:
    """Whether a cell can stand alone: neither empty nor long, and of nothing elsewhere on the page."""
    return 0 < len(plain(side)) <= LONGEST and not points_elsewhere(side)


def _shows_itself(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether a word of the left side stands in its right side and in no other."""
    shared = telling(pair[0]) & telling(pair[1])
    elsewhere: set[str] = set()
    for other in pairs:
        if other is not pair:
            elsewhere |= telling(other[1])
    return bool(shared - elsewhere)


def _exchangeable(one: Pair, other: Pair) -> bool:
    if any(near_duplicates(plain(first), plain(second)) for first, second in zip(one, other, strict=True)):
        return True
    first, second = telling(one[1]), telling(other[1])
    return bool(first and second) and len(first & second) >= ALIKE * min(len(first), len(second))


def _parts(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Four to six pairs each. A row to spare is left out: without its partner it could fit another."""
    # Every second row, so that neighbours, which are alike, are not asked together.
    parts = [pairs[::2], pairs[1::2]] if len(pairs) >= 2 * FEWEST else [pairs]
    for part in parts:
        # Among fewer rows, a word that others had too may have become telling.
        silent = [pair for pair in part[:MOST] if not _shows_itself(pair, part[:MOST])]
        if len(silent) >= FEWEST and not any(_shows_itself(pair, silent) for pair in silent):
            yield silent
