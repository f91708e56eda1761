"""Repair of text that was UTF-8, was read in a Windows or Latin code page, and saved as UTF-8 again.

Such text shows "â€™" for an apostrophe. Ordinary text comes out as it went in: real accented letters,
typographic quotes and sound emoji are left alone, in damaged documents too. What cannot be decided is
left as it is and reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quiz.errors import UserError
from quiz.source.code_pages import BYTE, SIZE, UNKNOWN_PAGE, Piece, Verdict, code_pages, may_be_text, weigh
from quiz.source.lost_bytes import LOST_1252, LOST_1254, REPLACEMENT, Gap, candidates, narrow


@dataclass(frozen=True, slots=True)
class Repair:
    """One character that was put right; `lost` says that its UTF-8 was incomplete."""

    line: int
    before: str
    after: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Damage that was left as it is; `candidates` are the characters that it may have been."""

    line: int
    text: str
    candidates: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after the repair, the code pages it went through, and what was done to it."""

    text: str
    code_pages: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with its byte order mark and line ends. Raises UserError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("there is no such file.", "", path) from error
    except OSError as error:
        raise UserError(f"this cannot be read: {error.strerror}.", "", path) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        page = "UTF-16" if utf16 else "WINDOWS-1252"
        line = content.count(b"\n", 0, error.start) + 1
        message = f"this is not UTF-8 (byte {content[error.start]:02X} at offset {error.start})."
        remedy = f"Convert it, for example with: iconv -f {page} -t UTF-8 {path.name} > utf8-{path.name}"
        raise UserError(message, remedy, path, line) from error


def repair(text: str) -> Repaired:
    """Undo the damage, in as many layers as there are. Clean text comes back as it is."""
    repairs: list[Repair] = []
    doubts: list[Doubt] = []
    pages: dict[str, None] = {}
    while True:
        layer = _repair_layer(text)
        repairs += layer.repairs
        doubts += layer.doubts
        pages.update(dict.fromkeys(layer.code_pages))
        if layer.text == text:
            known = tuple(pages) or ((UNKNOWN_PAGE,) if repairs else ())
            return Repaired(text, known, tuple(repairs), _remaining(doubts, text))
        text = layer.text


def _remaining(doubts: Sequence[Doubt], text: str) -> tuple[Doubt, ...]:
    """The doubts about text that no layer could put right, with the characters that are lost for good."""
    lines = text.split("\n")
    remaining = [doubt for doubt in dict.fromkeys(doubts) if doubt.text in lines[doubt.line - 1]]
    known = {doubt.line for doubt in remaining if REPLACEMENT in doubt.text}
    for number, line in enumerate(lines, 1):
        if REPLACEMENT in line and number not in known:
            remaining.append(Doubt(number, REPLACEMENT))
    return tuple(sorted(remaining, key=lambda doubt: doubt.line))


# How much text on either side of a gap is looked at.
_CONTEXT: Final = 2000
# Letters that in a damaged text are often all that is left of another character.
_LEFT_OVER: Final = frozenset("ÃÄÅâ")


def _repair_layer(text: str) -> Repaired:
    """Undo one layer of damage: first the whole sequences, then the truncated ones, by their context."""
    pieces = weigh(text)
    damage = [piece for piece in pieces if piece.verdict is Verdict.DAMAGE]
    pages = code_pages(damage)
    lost = LOST_1252 if pages == ("Windows-1252",) else LOST_1254
    leads = frozenset(piece.raw[0] for piece in damage)
    repairs = [Repair(piece.line, piece.raw, piece.char) for piece in damage]
    undecided = [piece for piece in pieces if piece.verdict is Verdict.PERHAPS and damage]
    doubts = [Doubt(piece.line, piece.raw, piece.char) for piece in undecided]
    whole, truncated = _without_whole_sequences(text, pieces)
    parts: list[str] = []
    before = ""
    end = 0
    for start, piece in truncated:
        parts.append(whole[end:start])
        before = (before + parts[-1])[-_CONTEXT:]
        end = start + len(piece.raw)
        gap = Gap(piece.raw, before, whole[end : end + _CONTEXT], text)
        outcome = _fill(gap, piece, lost, leads)
        if isinstance(outcome, Repair):
            repairs.append(outcome)
        elif outcome is not None:
            doubts.append(outcome)
        parts.append(outcome.after if isinstance(outcome, Repair) else piece.raw)
        before += parts[-1]
    repairs.sort(key=lambda repair: repair.line)
    repaired = "".join(parts) + whole[end:]
    return Repaired(repaired, pages, tuple(repairs), tuple(doubts))


def _without_whole_sequences(text: str, pieces: Sequence[Piece]) -> tuple[str, list[tuple[int, Piece]]]:
    """The text with the whole sequences decoded, and the offsets in it of the truncated ones."""
    parts: list[str] = []
    truncated: list[tuple[int, Piece]] = []
    shorter_by = end = 0
    for piece in pieces:
        if piece.verdict is Verdict.TRUNCATED:
            truncated.append((piece.start - shorter_by, piece))
        elif piece.verdict is Verdict.DAMAGE:
            parts += (text[end : piece.start], piece.char)
            shorter_by += len(piece.raw) - len(piece.char)
            end = piece.end
    return "".join(parts) + text[end:], truncated


def _fill(gap: Gap, piece: Piece, lost: bytes, leads: frozenset[str]) -> Repair | Doubt | None:
    """What is done about a truncated sequence; nothing where it is an ordinary letter.

    `leads` are the first characters of the damage in the same text, empty if there is none.
    """
    size = SIZE[piece.raw[0]]
    possible = candidates([BYTE.get(char) for char in piece.raw], size, lost)
    if len(piece.raw) == 1:
        return Doubt(piece.line, piece.raw, possible) if _is_broken(gap, piece, leads) else None
    ordinary = may_be_text(piece.raw, gap.previous, gap.next)
    if not leads and (ordinary or gap.previous.isalpha()):
        return None
    possible = narrow(gap, possible)
    if len(possible) == 1:
        return Repair(piece.line, piece.raw, possible, lost=True)
    return Doubt(piece.line, piece.raw, possible) if possible or not ordinary else None


def _is_broken(gap: Gap, piece: Piece, leads: frozenset[str]) -> bool:
    """Whether a letter is all that is left of a character."""
    if not leads or piece.touches_damage or piece.raw not in _LEFT_OVER:
        return piece.touches_damage
    if piece.raw == "â":
        return "â" in leads and not (gap.previous.isalpha() or gap.next.isalpha())
    return piece.raw == "Ã" or piece.raw in leads
