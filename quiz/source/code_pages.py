"""Which characters of a text are UTF-8 bytes that were read in a Windows or Latin code page.

Windows-1252, Windows-1254 and Latin-1 never turn two bytes into one character, so one table covers all
three, even mixed in one document. A sequence of characters that spells valid UTF-8 is damage where it
cannot be writing. Where it can ("MENÜ’" holds DC 92, valid UTF-8), the decoded character must be one
that people use, and the document must be damaged elsewhere too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from quiz.source.lost_bytes import REPLACEMENT


def _bytes_behind() -> dict[str, int]:
    """Each character that a byte from 80 to FF became in one of the code pages.

    A byte without a character in its code page may have been kept as a C1 control.
    """
    table = {bytes([byte]).decode("latin-1"): byte for byte in range(0x80, 0x100)}
    for page in ("cp1252", "cp1254"):
        for byte in range(0x80, 0x100):
            if char := bytes([byte]).decode(page, errors="ignore"):
                table[char] = byte
    return table


BYTE: Final = _bytes_behind()
"""The byte behind each character that one of the code pages has for it."""
SIZE: Final = {
    char: 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4 for char, byte in BYTE.items() if 0xC2 <= byte <= 0xF4
}


def _sequence_pattern() -> re.Pattern[str]:
    """A lead byte's character and as many of its continuation bytes' characters as there are."""
    follow = re.escape("".join(char for char, byte in BYTE.items() if byte < 0xC0)) + REPLACEMENT
    leads = {size: "".join(char for char in SIZE if SIZE[char] == size) for size in (2, 3, 4)}
    forms = [f"[{re.escape(chars)}][{follow}]{{0,{size - 1}}}" for size, chars in leads.items()]
    return re.compile("|".join(forms))


_SEQUENCE: Final = _sequence_pattern()

# Signs that follow a letter in ordinary text: closing quotes, dashes, trade marks, the space before a "»".
_AFTER_A_WORD: Final = frozenset("’”“‘…–—›»‹«™®°ªº¹²³·\xa0")
_BETWEEN_WORDS: Final = frozenset("’—–…·\xa0")
_OPENING: Final = frozenset("“„‘‚«»‹›\"'([")
# Letters that are no word by themselves in any language, so that only damage leaves them alone.
_NEVER_A_WORD: Final = frozenset("ÂÃâ")

# The characters in which the code pages differ.
_ONLY_1254: Final = frozenset("ĞğİıŞş")
_ONLY_1252: Final = frozenset("ÐðÝýÞþŽž")
UNKNOWN_PAGE: Final = "Windows-1252 or one like it"

# What people write one at a time in English text: Latin, Greek and Cyrillic letters, punctuation, signs,
# emoji. A lone character of any other script is chance, two side by side are a word.
_COMMON: Final = (
    range(0xA0, 0x180),
    range(0x192, 0x193),
    range(0x218, 0x21C),
    range(0x2C6, 0x2DD),
    range(0x300, 0x370),
    range(0x370, 0x460),
    range(0x1E00, 0x1F00),
    range(0x2000, 0x2C00),
    range(0x3000, 0x3040),
    range(0xFE0E, 0xFE10),
    range(0xFEFF, 0xFFFE),
    range(0x1F000, 0x1FB00),
)


class Verdict(Enum):
    DAMAGE = "cannot be ordinary text"
    PERHAPS = "may be ordinary text"
    NEEDS_COMPANY = "a script whose characters seldom stand alone"
    TRUNCATED = "incomplete"


@dataclass(slots=True)
class Piece:
    """A stretch of text that is a whole or truncated UTF-8 sequence; `char` is what it decodes to."""

    start: int
    line: int
    raw: str
    char: str
    verdict: Verdict
    touches_damage: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.raw)


def _find_pieces(text: str) -> Iterator[Piece]:
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for match in _SEQUENCE.finditer(text):
        start, raw = match.start(), match[0]
        line = bisect_right(line_starts, start)
        if len(raw) < SIZE[raw[0]] or REPLACEMENT in raw:
            yield Piece(start, line, raw, "", Verdict.TRUNCATED)
            continue
        try:
            char = bytes(BYTE[part] for part in raw).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if not any(ord(char) in block for block in _COMMON):
            yield Piece(start, line, raw, char, Verdict.NEEDS_COMPANY)
        elif may_be_text(raw, text[start - 1 : start], text[match.end() : match.end() + 1]):
            yield Piece(start, line, raw, char, Verdict.PERHAPS)
        else:
            yield Piece(start, line, raw, char, Verdict.DAMAGE)


def may_be_text(raw: str, previous: str, following: str) -> bool:
    """Whether a word may end in this letter, with this punctuation after it, between these two characters."""
    lead = raw[0]
    if not _AFTER_A_WORD.issuperset(raw[1:]):
        return False
    if following.isalnum() and raw[-1] not in _BETWEEN_WORDS:
        return False
    if lead in _NEVER_A_WORD and not previous.isalpha():
        return previous in _OPENING
    return not (lead.isupper() and (previous.islower() or previous.isdigit()))


def weigh(text: str) -> list[Piece]:
    """The pieces of `text`, with all that can be decided by what stands around them decided."""
    pieces = list(_find_pieces(text))
    company = (Verdict.NEEDS_COMPANY, Verdict.DAMAGE)
    for left, right in pairwise(pieces):
        if left.end == right.start and left.verdict in company and right.verdict in company:
            left.verdict = right.verdict = Verdict.DAMAGE
    for left, right in pairwise(pieces):
        if left.end == right.start:
            right.touches_damage |= left.verdict is Verdict.DAMAGE
            left.touches_damage |= right.verdict is Verdict.DAMAGE
    damaged_lines = {piece.line for piece in pieces if piece.verdict is Verdict.DAMAGE}
    perhaps = [piece for piece in pieces if piece.verdict is Verdict.PERHAPS]
    if perhaps and damaged_lines:
        sound = _holds_sound_characters(text, pieces)
        for piece in perhaps:
            if piece.line in damaged_lines or not sound:
                piece.verdict = Verdict.DAMAGE
    return pieces


def _holds_sound_characters(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether characters beyond ASCII came through unharmed, so that only parts of the text are damaged."""
    leads = {piece.raw[0] for piece in pieces if len(piece.raw) > 1}
    rest = []
    end = 0
    for piece in pieces:
        if len(piece.raw) > 1:
            rest.append(text[end : piece.start])
            end = piece.end
    rest.append(text[end:])
    return any(char > "\x7f" and char not in leads for char in set("".join(rest)))


def code_pages(damage: Sequence[Piece]) -> tuple[str, ...]:
    """The code pages that the damage gives away, by the letters that only one of them has."""
    pages = set()
    for piece in damage:
        if any("\x80" <= char < "\xa0" for char in piece.raw) and max(piece.raw) <= "\xff":
            pages.add("Latin-1")
        elif not _ONLY_1254.isdisjoint(piece.raw):
            pages.add("Windows-1254")
        elif not _ONLY_1252.isdisjoint(piece.raw):
            pages.add("Windows-1252")
    return tuple(sorted(pages))
