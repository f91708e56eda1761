"""Headings and prompts without their decoration: emoji, bold, numbers, labels."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Arrows, technical signs, boxes, shapes, dingbats, emoji, and what joins and colours them.
_SYMBOL: Final = (
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
_DECORATION: Final = re.compile(f"^[{_SYMBOL}][{_SYMBOL}\\s]*")
_TRAILING_DECORATION: Final = re.compile(f"[{_SYMBOL}\\s]+$")
_BOLD: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_DECORATED_BOLD: Final = re.compile(
    f"^(?:[{_SYMBOL}][{_SYMBOL}\\s]*\\*\\*(?P<outside>[^*]+)\\*\\*|\\*\\*[{_SYMBOL}][{_SYMBOL}\\s]*(?P<inside>[^*]+)\\*\\*)"
    r"\s*:?\s*$"
)
_KEYCAPS: Final = re.compile(r"^(?P<digits>(?:[0-9]\ufe0f?\u20e3|\U0001f51f)+)\s*(?P<rest>.*)$")
_NUMBER: Final = re.compile(r"^(?P<number>\d{1,6})[.)]\s+(?P<rest>\S.*)$")
_BOLD_NUMBER: Final = re.compile(r"^\*\*(?P<number>\d{1,3})[.)]\s+(?P<rest>[^*]+)\*\*\s*:?\s*$")
_LABEL: Final = re.compile(
    r"^(?:Q|Question)\s*(?:[.#№]\s*)?(?P<number>\d{1,6})?\s*[:.)\-–—]\s*(?P<rest>\S.*)$", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?(?:b|strong|i|em|u|h[1-6]|p|span|font|a|br)\b[^<>]*>", re.IGNORECASE)
_CODE_TAG: Final = re.compile(r"</?(?:code|tt|kbd)\b[^<>]*>", re.IGNORECASE)
_CLOSING_MARKS: Final = re.compile(r"(?<=\s)(#+)$")
_PLAIN_LETTERS: Final = str.maketrans("ıøłđ", "iold", "’'")
_ASKING_WORDS: Final = frozenset(
    "what how why when where which who can is are does do did should would could explain describe compare "
    "define list name tell give discuss difference".split()
)


def asks(prompt: str) -> bool:
    """Whether a text is a question: it ends in a question mark or starts as questions do."""
    first = prompt.split(maxsplit=1)[0].lower().strip("*_`,") if prompt else ""
    return prompt.endswith("?") or first in _ASKING_WORDS


def is_decorated(text: str) -> bool:
    """Whether a heading starts with an emoji or another sign that is no word."""
    return _DECORATION.match(text) is not None and _KEYCAPS.match(text) is None


def bold_section(text: str) -> str | None:
    """The title, where a line is a section's title in bold with an emoji: `🧠 **Overview**`."""
    match = _DECORATED_BOLD.match(text)
    return (match["outside"] or match["inside"]).strip() if match else None


def plain_title(text: str) -> str:
    """A heading's text without decoration, bold and closing marks; as it is if nothing would remain."""
    title = _TRAILING_DECORATION.sub("", _DECORATION.sub("", without_bold(text.strip()))).strip()
    return _as_heading_text(title or text.strip() or "Untitled")


def step(text: str) -> tuple[int, str] | None:
    """The number and the title of a heading such as `**1. Look**`, `1) Look` or `1️⃣ **Look**`."""
    text = without_bold(text.strip())
    if match := _KEYCAPS.match(text):
        digits = match["digits"].replace("\U0001f51f", "10")
        number = int("".join(digit for digit in digits if digit.isdecimal()))
        return (number, _as_heading_text(match["rest"].strip())) if match["rest"].strip() else None
    if match := _NUMBER.match(_DECORATION.sub("", text)):
        return int(match["number"]), _as_heading_text(match["rest"].strip())
    return None


def bold_step(text: str) -> tuple[int, str] | None:
    """The number and the title of a step that is a line in bold: `**1) Look**`."""
    match = _BOLD_NUMBER.match(text)
    return (int(match["number"]), _as_heading_text(match["rest"].strip())) if match else None


def labelled(text: str) -> tuple[int | None, str] | None:
    """The number, if any, and the rest of a text such as `Q7: What ...?` or `Question 7. What ...?`."""
    match = _LABEL.match(_DECORATION.sub("", without_bold(text.strip())))
    if match is None:
        return None
    return int(match["number"]) if match["number"] else None, prompt(match["rest"])


def numbered(text: str) -> tuple[int, str] | None:
    """The number and the rest of a text such as `12. What ...?`."""
    found = step(text)
    return (found[0], prompt(found[1])) if found else None


def prompt(text: str) -> str:
    """A question as one line: no bold, no layout tags; code tags become backticks."""
    text = _TAG.sub("", _CODE_TAG.sub("`", text))
    for entity, char in (("&amp;", "&"), ("&quot;", '"'), ("&#39;", "'"), ("&nbsp;", " ")):
        text = text.replace(entity, char)
    return _as_heading_text(" ".join(without_bold(text).split()))


def without_bold(text: str) -> str:
    return _BOLD.sub(r"\2", text)


def _as_heading_text(text: str) -> str:
    """Safe after `# `: a number sign at the end would be read as a closing mark."""
    return _CLOSING_MARKS.sub(r"\\\1", text)


def slug(text: str, longest: int = 60) -> str:
    """Lower-case ASCII words with dashes, cut between words; empty if there are none."""
    plain = text.lower().translate(_PLAIN_LETTERS)
    ascii_text = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", ascii_text.lower())
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > longest:
            break
        kept = longer
    return kept or "".join(words)[:longest]
