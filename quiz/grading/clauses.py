"""A text as sentences and clauses of stems, each stem affirmed or denied.

Denial follows a negator over the next seven content words, but ends at a word such as "until" or
"because". "does not" and "never" deny the verb and all that hangs on it, across commas; a bare "not" or
"no" ends at the comma. "is not needed" and "never matters" also deny what stands before them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from quiz.grading import text as written
from quiz.grading.lexicon import (
    AFFIRMATIONS,
    AUXILIARIES,
    DENIALS,
    DISMISSALS,
    DISMISSED,
    FUNCTION_WORDS,
    SCOPE_ENDS,
)

REACH = 7
_EASILY_MISSPELT = frozenset(("none", "neither", "nor"))  # from gone, either, or
_VERBAL = frozenset("cannot never unable hardly barely".split())
_FORBIDDING = frozenset("must should need needs do".split())
_LIMITING = frozenset("only just merely simply necessarily".split())
_AFTER_DISMISSED = frozenset(
    "for to here there in at on because when if since as anyway by with and or either".split()
)
_REPORTING = frozenset("that to say think believe claim".split())


class Word(NamedTuple):
    """What a word is: its content stems, none for a function word; a negator; joined with the next word."""

    stems: tuple[str, ...]
    denies: bool = False
    joined: bool = False


Resolver = Callable[[str, str], Word]
"""A lower-case word and the following one to what the word is."""


class Polarity(IntEnum):
    """How a clause uses a word."""

    AFFIRMED = 0
    LACKING = 1
    """Under a negator that may only report a fault: "there is no route", "the group does not allow it"."""
    DENIED = 2
    """Under one that denies the need or the truth of it: "is not needed", "must not", "never", "not true"."""


@dataclass(slots=True)
class Clause:
    """One clause: its text, words, content stems in order, the polarity of each, and how many negators."""

    text: str
    words: list[str]
    stems: list[str]
    polarities: list[Polarity]
    negators: int = 0
    reversed: bool = False
    """Whether the whole of it is denied ("it is not true that ...")."""

    def said(self) -> dict[str, Polarity]:
        """Stem to its polarity; a stem that is both affirmed and denied counts as affirmed."""
        found: dict[str, Polarity] = {}
        for root, polarity in zip(self.stems, self.polarities, strict=True):
            found[root] = min(found.get(root, polarity), polarity)
        return found


@dataclass(slots=True)
class Sentence:
    """One sentence: its text and its clauses, at least one."""

    text: str
    clauses: list[Clause]


def sentences_of(text: str, resolve: Resolver) -> list[Sentence]:
    """The sentences of plain text; those without any word are left out."""
    found = []
    for sentence in written.sentences(text):
        reader = _Reader(resolve)
        clauses = []
        for part in written.parts(sentence):
            reader.reach = 0
            clauses += [clause for raw in written.clauses(part) if (clause := reader.read(raw)).words]
        if clauses:
            found.append(Sentence(sentence, clauses))
    return found


class _Reader:
    """Reads the clauses of one sentence in order, and carries a denial across its commas."""

    def __init__(self, resolve: Resolver) -> None:
        self.resolve = resolve
        self.reach = 0
        self.strength = Polarity.LACKING
        self.verbal = False
        self.reversed = False

    def read(self, raw: str) -> Clause:
        words = written.words(raw)
        clause = Clause(raw, words, [], [])
        if not self.verbal:
            self.reach = 0
        begin = index = 0
        count = len(words)
        while index < count:
            word = words[index]
            following = words[index + 1] if index + 1 < count else ""
            index += 1
            found = self.resolve(word, following)
            index += found.joined
            if found.denies:
                clause.negators += word not in _EASILY_MISSPELT
                self._negate(words, index - 1, clause, begin)
            elif word in SCOPE_ENDS:
                self.reach, begin = 0, len(clause.stems)
            elif found.stems:
                self._take(found.stems, clause)
                if word in DISMISSALS or word in DENIALS:
                    self._disparage(words, index, clause, begin)
            elif word == "and" and following in FUNCTION_WORDS:
                self.reach = 0
        clause.reversed = self.reversed
        return clause

    def _take(self, stems: tuple[str, ...], clause: Clause) -> None:
        polarity = self.strength if self.reach > 0 else Polarity.AFFIRMED
        if self.reversed:
            polarity = Polarity.AFFIRMED if self.reach > 0 else Polarity.DENIED
        clause.stems.extend(stems)
        clause.polarities.extend([polarity] * len(stems))
        self.reach -= 1

    def _negate(self, words: Sequence[str], index: int, clause: Clause, begin: int) -> None:
        word, after = words[index], words[index + 1 : index + 5]
        before = words[index - 1] if index else ""
        if after and after[0] in _LIMITING:
            return
        if word == "not" and AFFIRMATIONS.intersection(after[:2]) and "that" in after:
            self.reversed = not self.reversed
            return
        if self.reach > REACH - 2 and word != "nor":
            # Two negators in a row: "does not lack", "never without".
            self.reach = 0
            return
        self.reach = REACH
        self.verbal = word in _VERBAL or (word == "not" and before in AUXILIARIES)
        need = any(candidate in DISMISSED for candidate in after[:3])
        denies = need or word == "never" or before in _FORBIDDING
        self.strength = Polarity.DENIED if denies else Polarity.LACKING
        for place, candidate in enumerate(after[:3]):
            if candidate in DISMISSED and (place + 1 == len(after) or after[place + 1] in _AFTER_DISMISSED):
                self._deny(clause, begin)
                return

    def _disparage(self, words: Sequence[str], index: int, clause: Clause, begin: int) -> None:
        """Take in a word such as "irrelevant", or "a myth that", at the place before `index`."""
        if self.reach > 0:
            return
        if words[index - 1] in DISMISSALS:
            self._deny(clause, begin)
        elif _REPORTING.intersection(words[index : index + 2]):
            self.reversed = not self.reversed

    def _deny(self, clause: Clause, begin: int) -> None:
        """Deny what the clause has said from its stem at `begin` on."""
        polarity = Polarity.AFFIRMED if self.reversed else Polarity.DENIED
        clause.polarities[begin:] = [polarity] * (len(clause.polarities) - begin)
