"""Full-text search over a bank: ranked, with snippets, forgiving typing errors and other names of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quiz.bank.store import Bank

# What the snippet marks a hit with; the faces replace them by what they have.
MARK: Final = ("\x02", "\x03")
_WORD = re.compile(r"\w+", re.UNICODE)
_CLOSE_ENOUGH: Final = 75.0
# A hit in the prompt says more than one in the key points' terms, and that more than one in the text.
_RANKED = """
    SELECT question_text.rowid AS number, question_text.prompt AS prompt, question.level AS level,
           snippet(question_text, -1, char(2), char(3), ' … ', 18) AS snippet,
           -bm25(question_text, 8.0, 4.0, 1.0) AS score
    FROM question_text JOIN question ON question.number = question_text.rowid
    WHERE question_text MATCH :query ORDER BY score DESC, number LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One question that was found. `snippet` marks the words with `MARK`; `score` grows with relevance."""

    number: int
    prompt: str
    level: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, and the words that were searched for instead of those that were typed."""

    hits: tuple[Hit, ...]
    corrections: tuple[tuple[str, str], ...] = ()


def search(bank: Bank, text: str, limit: int = 10) -> Found:
    """The questions that say `text`, best first: all of its words, or else any of them."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return Found(())
    corrected = _corrected(bank, words)
    corrections = tuple((a, b) for a, b in zip(words, corrected, strict=True) if a != b)
    names = _other_names(bank, " ".join(corrected))
    everything = " AND ".join(_quoted(word) for word in corrected)
    for query in (_either(everything, names), " OR ".join([*map(_quoted, corrected), *map(_phrase, names)])):
        rows = bank.rows(_RANKED, query=query, limit=limit)
        if rows:
            return Found(tuple(Hit(*row) for row in rows), corrections)
    return Found((), corrections)


def _quoted(word: str) -> str:
    """The word or the start of one; quoted, since FTS5 has operators."""
    return f'"{word}"*'


def _phrase(name: str) -> str:
    return '"' + " ".join(_WORD.findall(name)) + '"'


def _either(everything: str, names: Sequence[str]) -> str:
    return " OR ".join([f"({everything})", *map(_phrase, names)])


def _other_names(bank: Bank, text: str) -> list[str]:
    """The glossary's other names for what was typed, when it is one of its terms."""
    for term in bank.spec.glossary:
        forms = [" ".join(_WORD.findall(form.lower())) for form in term.forms]
        if text in forms:
            return [form for form in forms if form and form != text]
    return []


def _corrected(bank: Bank, words: Sequence[str]) -> list[str]:
    """Words that no question has are replaced by the nearest word of the prompts and terms."""
    unknown = {word for word in words if not _occurs(bank, word)}
    if not unknown:
        return list(words)
    from rapidfuzz import fuzz, process

    vocabulary = _vocabulary(bank)
    nearest: dict[str, str] = {}
    for word in unknown:
        match = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
        nearest[word] = match[0] if match else word
    return [nearest.get(word, word) for word in words]


def _occurs(bank: Bank, word: str) -> bool:
    return bool(
        bank.rows("SELECT 1 FROM question_text WHERE question_text MATCH :q LIMIT 1", q=_quoted(word))
    )


def _vocabulary(bank: Bank) -> list[str]:
    """The words of prompts, key terms and the glossary's names, each of four letters or more."""
    texts = [f"{prompt} {terms}" for prompt, terms in bank.rows("SELECT prompt, terms FROM question_text")]
    texts += [form for term in bank.spec.glossary for form in term.forms]
    return sorted({word.lower() for text in texts for word in _WORD.findall(text) if len(word) >= 4})
