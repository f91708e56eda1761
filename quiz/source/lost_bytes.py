"""What a character can have been whose UTF-8 lost a byte on the way through a Windows code page.

Windows-1254 has no character for the bytes 81 8D 8E 8F 90 9D 9E, Windows-1252 none for 81 8D 8F 90
9D. Programs that read UTF-8 in these code pages often drop such bytes, and a truncated character is
left over: U+274C, a cross mark, is E2 9D 8C and keeps E2 8C. Putting a lost byte back at each place
where one can have stood gives a dozen characters or more; nearly all of them (symbols for control
characters, APL signs, ornaments) occur in no document that people write. The tables below name those
that do, and the rules use the text around the gap where more than one of them is left. Where that
leaves more than one, or none, the text stays as it is and is reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""What some programs put where they drop a byte."""
LOST_1252: Final = bytes.fromhex("818d8f909d")
LOST_1254: Final = bytes.fromhex("818d8e8f909d9e")

# Shown as pictures by themselves, so usually written without a variation selector.
EMOJI: Final = "❌❎❓❔❕❗➕➖➗⏩⏪⏫⏬⏰⏳⭐"
# Shown as plain signs unless U+FE0F follows, so as emoji they are written with it. The selector is
# EF B8 8F and keeps EF B8: it leaves a trace, and where there is none, none of these stood here.
EMOJI_WITH_SELECTOR: Final = "⁉☁☎☝✍✏✝❄❇❣❤➡⏏⏭⏮⏯⏱⏲⏸⏹⏺⛏"
# Quotes and joiners, arrows, boxes and bars, bullets and boxes to tick, numerals, mathematics.
SIGNS: Final = (
    "\u200d\u2010\u201d\u201e"
    "←⇐⇏➔➙➛➜➝➞➡➢➤❮❯"
    "┐━┏┝═╝╞╎╏▁▍▎▏▐"
    "●◎◐◍◁☐☞❍❏❐❑❒❖✎❝❞"
    "⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₁❶❷❸❹❺❻❼❽❾❿➊➋➌"
    "ℝℎℏ⅝⅞⁄∏∝∞≐⊞⊝⎈"
)
SELECTOR: Final = "\ufe0f"
SELECTOR_TRACE: Final = "ï¸"
_ACCENTED: Final = "ÁÍÎÏÐÝÞāčďĎĐĝĞŁŽōŏŐŝŞžÁАНОНЯсэюя"
_PICTURES: Final = range(0x1F300, 0x1FB00)
_PICTURES_NOBODY_USES: Final = (range(0x1F650, 0x1F680), range(0x1F700, 0x1F7E0), range(0x1F800, 0x1F900))
_KNOWN: Final = frozenset(EMOJI + EMOJI_WITH_SELECTOR + SIGNS + _ACCENTED + SELECTOR)


@dataclass(frozen=True, slots=True)
class Gap:
    """A truncated character and the text around it.

    `before` is repaired text of the same document, `after` still holds other gaps; `document` is
    the whole text before the repair.
    """

    raw: str
    before: str
    after: str
    document: str

    @property
    def previous(self) -> str:
        return self.before[-1:]

    @property
    def next(self) -> str:
        return self.after[:1]


Rule = Callable[[Gap, str], str]
"""Takes the characters that are still possible and gives back those that fit the gap's surroundings."""


def candidates(known: Sequence[int | None], size: int, lost: bytes) -> str:
    """The characters of `size` bytes whose UTF-8 is `known` once bytes of `lost` are taken out.

    None in `known` is a byte that was replaced by U+FFFD, so its place is certain. Only characters
    that occur in documents are given, in the order of their code points.
    """
    return _candidates(tuple(known), size, lost)


@cache
def _candidates(known: tuple[int | None, ...], size: int, lost: bytes) -> str:
    found = {char for char in _completions(known, size, lost) if _occurs(char)}
    return "".join(sorted(found))


def _completions(known: tuple[int | None, ...], size: int, lost: bytes) -> Iterator[str]:
    for gaps in combinations(range(1, size), size - len(known)):
        rest = iter(known)
        pattern = [None if place in gaps else next(rest) for place in range(size)]
        for filled in _fill(pattern, lost):
            try:
                yield filled.decode("utf-8")
            except UnicodeDecodeError:
                continue


def _fill(pattern: Sequence[int | None], lost: bytes) -> Iterator[bytes]:
    if None not in pattern:
        yield bytes(byte for byte in pattern if byte is not None)
        return
    place = pattern.index(None)
    for byte in lost:
        yield from _fill([*pattern[:place], byte, *pattern[place + 1 :]], lost)


def _occurs(char: str) -> bool:
    if ord(char) in _PICTURES:
        rare = any(ord(char) in block for block in _PICTURES_NOBODY_USES)
        return not rare and unicodedata.category(char) != "Cn"
    return char in _KNOWN


def narrow(gap: Gap, possible: str) -> str:
    """Those of the `possible` characters that fit the text around the gap."""
    for rule in RULES:
        possible = rule(gap, possible)
    return possible


def _selector(gap: Gap, possible: str) -> str:
    """A variation selector follows emoji only; without one, a sign that needs it did not stand here."""
    if gap.next == SELECTOR or gap.after.startswith(SELECTOR_TRACE):
        return _only(possible, lambda char: char in EMOJI + EMOJI_WITH_SELECTOR or ord(char) in _PICTURES)
    without = _only(possible, lambda char: char not in EMOJI_WITH_SELECTOR or char in SIGNS)
    return without or possible


def _quotes(gap: Gap, possible: str) -> str:
    """E2 80 with a lost byte: joined emoji, a quote that closes or opens, or a real hyphen."""
    if "\u201d" not in possible:
        return possible
    if _is_picture(gap.previous) and (_is_picture(gap.next) or gap.after[:2] in ("ğŸ", "ðŸ")):
        return "\u200d"
    paragraph = gap.before.rpartition("\n\n")[2]
    opened = paragraph.count("“") > paragraph.count("”") + paragraph.count("„")
    if opened and not gap.previous.isspace():
        return "\u201d"
    if gap.previous.isalnum() and gap.next.isalnum():
        return "\u2010"
    closed_later = "“" in gap.after.partition("\n\n")[0]
    if "\u201e" in possible and not gap.previous.strip("([ \n") and gap.next.isalnum() and closed_later:
        return "\u201e"
    return "\u2010\u201d"


def _light_and_heavy_boxes(gap: Gap, possible: str) -> str:
    """E2 94 with a lost byte: lines meet, so the neighbours tell which arms the character had."""
    if "┐" not in possible:
        return possible
    rest = gap.after.lstrip("â”") if gap.after.startswith(gap.raw) else gap.after
    if _arm(gap.previous, "LIGHT", "RIGHT"):
        return "┐"
    if _arm(gap.previous, "HEAVY", "RIGHT"):
        return "━"
    if gap.after.startswith(gap.raw):
        return "┏" if rest[:1] in tuple("┓┳") else "━"
    return possible


def _double_boxes(gap: Gap, possible: str) -> str:
    """E2 95 with a lost byte: part of a double line, or the corner that ends one."""
    if "═" not in possible:
        return possible
    goes_on = gap.after.startswith(gap.raw) or _arm(gap.next, "DOUBLE", "LEFT")
    if not _arm(gap.previous, "DOUBLE", "RIGHT"):
        return "═" if goes_on else possible
    if goes_on:
        return "═"
    return "╝" if gap.before.rstrip("═╩╧")[-1:] == "╚" else "═"


def _superscripts(gap: Gap, possible: str) -> str:
    """A raised digit stands after what it raises; nothing else does without a space."""
    raised = _only(possible, lambda char: "SUPERSCRIPT" in unicodedata.name(char, ""))
    if not raised:
        return possible
    after_base = gap.previous.isalnum() or "SUPERSCRIPT" in unicodedata.name(gap.previous or " ", "")
    if after_base or gap.previous == ")":
        return raised
    return _only(possible, lambda char: char not in raised)


def _in_series(gap: Gap, possible: str) -> str:
    """A circled 3 stands in a document with a circled 2, an empty box in one with a ticked box."""
    if "➌" in possible and not _holds(gap.document, "➋", "â‹"):
        return possible.replace("➌", "")
    if "☐" in possible and _holds(gap.document, "☑", "☒", "â˜‘", "â˜’"):
        return "☐"
    return possible


RULES: Final[tuple[Rule, ...]] = (
    _selector,
    _quotes,
    _light_and_heavy_boxes,
    _double_boxes,
    _superscripts,
    _in_series,
)


def _only(possible: str, test: Callable[[str], bool]) -> str:
    return "".join(char for char in possible if test(char))


def _holds(document: str, *texts: str) -> bool:
    return any(text in document for text in texts)


def _is_picture(char: str) -> bool:
    return char == SELECTOR or (char != "" and (ord(char) >= 0x1F000 or 0x2600 <= ord(char) < 0x27C0))


def _arm(char: str, weight: str, side: str) -> bool:
    """Whether a box drawing character has a line of that weight towards that side."""
    name = unicodedata.name(char, "") if char else ""
    return name.startswith(f"BOX DRAWINGS {weight}") and (side in name or "HORIZONTAL" in name)
