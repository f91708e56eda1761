"""The words of answers to the words of one rubric: exact, joined or split, misspelt, or in another form."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.grading.clauses import Word
from quiz.grading.lexicon import FUNCTION_WORDS, NEGATORS
from quiz.grading.spelling import closest, repaired
from quiz.grading.stemmer import stem
from quiz.grading.text import words
from quiz.grading.vocabulary import Vocabulary, common_stems

_REMEMBERED = 20_000
_GLOSSARY_LIKENESS = 0.75
_SHORTEST_JOINED = 6
_LONG_NEGATORS = ("without", "nothing", "cannot")
_LIKELY_NEGATOR = 0.8


class Matcher:
    """Knows the words of one rubric. Remembers what it has matched, up to a limit."""

    def __init__(self, vocabulary: Vocabulary, texts: Iterable[str], stems: Iterable[str]) -> None:
        self._vocabulary = vocabulary
        spelt = [words(text) for text in texts]
        content = {
            word for line in spelt for word in line if word not in FUNCTION_WORDS and word not in NEGATORS
        }
        self._words = tuple(sorted(content))
        self._joined = {
            "".join(run): run
            for line in spelt
            for width in (2, 3)
            for start in range(len(line) - width + 1)
            if content.issuperset(run := tuple(line[start : start + width]))
        }
        self._long = frozenset(word for word in content if len(word) >= _SHORTEST_JOINED)
        self._stems = tuple(sorted(set(stems)))
        self._exact = frozenset(self._stems)
        self._glossary = tuple(sorted(vocabulary.glossary_words))
        self._resolved: dict[str, Word] = {}
        self._matched: dict[str, tuple[str, float] | None] = {}

    def resolve(self, word: str, following: str) -> Word:
        """What a word is, misspellings mended; "dynamo db" is read as one word where the rubric has it so."""
        if following and word + following in self._long:
            return Word(self._vocabulary.stems_of(word + following), joined=True)
        found = self._resolved.get(word)
        if found is None:
            if len(self._resolved) >= _REMEMBERED:
                self._resolved.clear()
            found = self._resolved[word] = self._resolve(word)
        return found

    def match(self, root: str) -> tuple[str, float] | None:
        """The stem of the rubric that a stem of an answer stands for, and how far it counts, 0 to 1."""
        if root in self._exact:
            return root, 1.0
        if root not in self._matched:
            if len(self._matched) >= _REMEMBERED:
                self._matched.clear()
            self._matched[root] = closest(root, self._stems)
        return self._matched[root]

    def knows(self, word: str) -> bool:
        """Whether the word is spelt as somebody meant it: in the bank, or an everyday word."""
        return word in self._vocabulary.known or stem(word) in self._exact or stem(word) in common_stems()

    def _resolve(self, word: str) -> Word:
        if word in NEGATORS:
            return Word((), denies=True)
        stems = self._vocabulary.stems_of(word)
        if len(stems) != 1 or self.knows(word):
            return Word(stems)
        if word in self._joined:
            return Word(
                tuple(root for part in self._joined[word] for root in self._vocabulary.stems_of(part))
            )
        meant = repaired(word, self._words)
        if meant is None and repaired(word, _LONG_NEGATORS, _LIKELY_NEGATOR):
            return Word((), denies=True)
        meant = meant or repaired(word, self._glossary, _GLOSSARY_LIKENESS)
        return Word(self._vocabulary.stems_of(meant) if meant else stems)
