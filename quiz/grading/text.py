"""Raw text to sentences, clauses and lower-case words.

The order of steps matters: contractions are written out before any spelling is looked at, or a stray
"doesn" would be repaired to "does" and the negation lost.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from quiz.grading.lexicon import BARE_CONTRACTIONS

MAX_CHARACTERS = 6_000
MAX_WORDS = 400
_LONGEST_WORD = 40
_WRAPPED_LINE = 60

_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[^\n]*\n.*?(?:^[ \t]*\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\[]{1,300})\]\([^()\s]{0,500}\)")
_MARKS = re.compile(
    r"\*+|`+|</?[a-z][^<>\n]{0,200}>|^[ \t]*(?:#{1,6}|>)[ \t]+|^[ \t|:-]{3,}$",
    re.MULTILINE | re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]*(?:[-+•]|\d{1,3}[.)])[ \t]+")
_SENTENCE_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|\n|…")
_PART_END = re.compile(
    r"[;:](?=\s|$)|\s[-–—]+\s|—|[()|]|\s(?=(?:whereas|while|but|however|although|though)\b)", re.IGNORECASE
)
_CLAUSE_END = re.compile(r",(?=\s|$)")
_WORD = re.compile(r"[^\W_]+")
_CONTRACTION = re.compile(r"\b(?:can't|won't|shan't|ain't|\w{2,12}n't)\b|'(?:s|re|ve|ll|d|m)\b")
_IRREGULAR = {"can't": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not"}
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'"})


def plain(markdown: str) -> str:
    """The words of a Markdown text without its marks and link targets."""
    text = _LINK.sub(r"\1", markdown) if "](" in markdown else markdown
    return _MARKS.sub("", text)


def prose(markdown: str) -> str:
    """The same without fenced code, unless there is nothing else."""
    fenced = "```" in markdown or "~~~" in markdown
    left = _FENCE.sub("\n", markdown) if fenced else markdown
    return plain(left if left.strip() else markdown)


def bounded(text: str) -> tuple[str, bool]:
    """The text as it is graded, at most 6,000 characters and 400 words, and whether anything was cut off."""
    head = text[:MAX_CHARACTERS]
    if not head.isascii():
        # Halves of surrogate pairs come from undecodable input; they could not be shown as evidence.
        head = unicodedata.normalize("NFKC", head.encode(errors="replace").decode())
    cut = head[:MAX_CHARACTERS]
    # A word and what parts it from the next take two characters at least.
    if len(cut) >= 2 * MAX_WORDS:
        beyond = next(islice(_WORD.finditer(cut), MAX_WORDS, None), None)
        if beyond is not None:
            return cut[: beyond.start()], True
    return cut, len(text) > MAX_CHARACTERS and bool(text[MAX_CHARACTERS:].strip())


def sentences(text: str) -> list[str]:
    """The sentences of plain text as they are written.

    A line break ends a sentence unless the line looks wrapped: long, and followed by a line that is no
    list item. A trailing fragment without a full stop is a sentence too.
    """
    joined = _unwrapped(text) if "\n" in text else text
    return [piece for raw in _SENTENCE_END.split(joined) if (piece := raw.strip(" \t\r\"'-+•"))]


def parts(sentence: str) -> list[str]:
    """The parts of one sentence: between semicolons, colons, dashes, brackets, words such as "whereas"."""
    return [piece for raw in _PART_END.split(sentence) if (piece := raw.strip())]


def clauses(part: str) -> list[str]:
    """The clauses of one part of a sentence: between commas."""
    return [piece for raw in _CLAUSE_END.split(part) if (piece := raw.strip())]


def words(text: str) -> list[str]:
    """Lower-case words, contractions written out. Case carries no meaning: `stopTimeout` is one word here."""
    lowered = text.casefold().translate(_APOSTROPHES)
    if "'" in lowered:
        lowered = _CONTRACTION.sub(_written_out, lowered)
    found = _WORD.findall(lowered)
    if not BARE_CONTRACTIONS.keys().isdisjoint(found):
        found = [part for word in found for part in BARE_CONTRACTIONS.get(word, (word,))]
    return [word if len(word) <= _LONGEST_WORD else word[:_LONGEST_WORD] for word in found]


def _written_out(match: re.Match[str]) -> str:
    found = match.group()
    if found in _IRREGULAR:
        return _IRREGULAR[found]
    return f"{found[:-3]} not" if found.endswith("n't") else " "


def _unwrapped(text: str) -> str:
    lines = text.splitlines()
    joined: list[str] = []
    previous = ""
    for line in lines:
        bullet = _BULLET.match(line)
        content = line[bullet.end() :] if bullet else line
        wrapped = len(previous) >= _WRAPPED_LINE and not bullet and bool(content.strip())
        joined.append((" " if wrapped else "\n") + content.strip())
        previous = line
    return "".join(joined)
