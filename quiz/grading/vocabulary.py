"""What a bank's texts tell the grader: how common a word is, what is spelt how, what means the same."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from quiz.grading.lexicon import COMMON_WORDS, FUNCTION_WORDS, NEGATORS
from quiz.grading.stemmer import stem
from quiz.grading.terms import Stems, Terms
from quiz.grading.text import words
from quiz.source.question import Question, Term

EVERYDAY = 0.5
"""What an everyday word counts, in proportion to one of the subject's."""

_SPELLING = re.compile(r"[^\W_]+")
# stopTimeout, BatchGetImage, DynamoDB: two or more parts, none of a single letter.
_COMPOUND = re.compile(r"(?:[a-z]{2,}|[A-Z][a-z]+)(?:[A-Z][a-z]+)*(?:[A-Z][a-z]+|[A-Z]{2,})")
_PART = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True)
class Vocabulary:
    """The words of a bank, from `Vocabulary.build` or `Vocabulary.of_questions`. It never changes."""

    documents: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)
    """Stem to the number of documents that use it."""
    known: frozenset[str] = frozenset()
    """Every word of the bank and its glossary as it is written there, lower case."""
    compounds: Mapping[str, Stems] = field(default_factory=dict)
    """Lower-case `stoptimeout` to its words `stop`, `timeout`."""
    terms: Terms = field(default_factory=Terms)
    glossary_words: frozenset[str] = frozenset()

    @classmethod
    def build(cls, texts: Iterable[str], glossary: Iterable[Term] = ()) -> Vocabulary:
        """A vocabulary over documents (Markdown), each counted once a word, and a glossary."""
        entries = tuple(glossary)
        # Marks and contractions are left in: they cost more to remove than they harm the counts.
        spellings = [spellings_in(text) for text in texts]
        documents = len(spellings)
        names = spellings_in(" ".join(chain.from_iterable(term.forms for term in entries)))
        compounds = compounds_in(chain(names, *spellings))
        frequencies: Counter[str] = Counter()
        for spelling in spellings:
            frequencies.update(set(map(str.casefold, spelling)))
        by_stem: Counter[str] = Counter()
        for word, count in frequencies.items():
            for root in _stems_of(word, compounds):
                by_stem[root] = min(documents, by_stem[root] + count)
        glossary_words = frozenset(map(str.casefold, names)) - FUNCTION_WORDS
        parts = frozenset(chain.from_iterable(compounds.values()))
        known = frozenset(frequencies) | glossary_words | parts
        terms = Terms.build(entries, lambda phrase: _phrase_stems(phrase, compounds))
        return cls(documents, by_stem, known, compounds, terms, glossary_words)

    @classmethod
    def of_questions(cls, questions: Iterable[Question], glossary: Iterable[Term] = ()) -> Vocabulary:
        """One document a question: what an answer to it may be made of."""
        return cls.build(map(text_of, questions), glossary)

    def with_compounds(self, texts: Iterable[str]) -> Vocabulary:
        """The same vocabulary, which also knows the compounds of these texts."""
        found = compounds_in(chain.from_iterable(map(spellings_in, texts)))
        missing = found.keys() - self.compounds.keys()
        return replace(self, compounds={**self.compounds, **found}) if missing else self

    def rarity(self, root: str) -> float:
        """ln(1 + N/(df + 0.5)): about 0.7 for a word of nearly every document, ln(1 + 2N) for a new one."""
        return math.log1p(max(self.documents, 1) / (self.frequencies.get(root, 0) + 0.5))

    def weight(self, root: str) -> float:
        """The rarity, and half of it for an everyday word, which a small bank cannot tell from its own."""
        return self.rarity(root) * (EVERYDAY if root in common_stems() else 1.0)

    def stems_of(self, word: str) -> Stems:
        """The content stems of one lower-case word: none for a function word, several for a compound."""
        return _stems_of(word, self.compounds)

    def forms_of(self, term: str) -> tuple[Stems, ...]:
        """The stems of every form of a term: as it stands, and those of the glossary if it has the term."""
        own = self.canonical_stems(term)
        forms = (_phrase_stems(term, self.compounds), own, *self.terms.forms.get(own, ()))
        return tuple(dict.fromkeys(form for form in forms if form))

    def canonical_stems(self, text: str) -> Stems:
        """The content stems of a phrase, other names of a term replaced by its own."""
        roots = list(_phrase_stems(text, self.compounds))
        return tuple(root for root, _ in self.terms.canonical(roots))


@cache
def common_stems() -> frozenset[str]:
    """The stems of everyday English words."""
    return frozenset(map(stem, COMMON_WORDS))


def compounds_in(spellings: Iterable[str]) -> dict[str, Stems]:
    """The words that are written with inner capitals, lower case, with their parts."""
    return {
        word.lower(): tuple(part.lower() for part in _PART.findall(word))
        for word in set(spellings)
        if not word.islower() and not word.istitle() and _COMPOUND.fullmatch(word)
    }


def spellings_in(text: str) -> set[str]:
    """The words of the text as they are written, capitals kept."""
    return set(_SPELLING.findall(text))


def text_of(question: Question) -> str:
    """What an answer to a question may be made of, as one document.

    Its prompt, short answer, key points and mistakes; the sections only where there is no short answer. They
    are long, and their commands and tables say little of how common a word is in answers.
    """
    return "\n\n".join(_parts_of(question))


def _parts_of(question: Question) -> Iterator[str]:
    yield question.prompt
    yield question.short_answer
    for point in question.key_points:
        yield point.text
    for mistake in question.mistakes:
        yield mistake.wrong
        yield mistake.right
    for section in question.sections:
        yield section.title
        if not question.short_answer:
            yield section.markdown


def _stems_of(word: str, compounds: Mapping[str, Stems]) -> Stems:
    if word in compounds:
        return tuple(stem(part) for part in compounds[word])
    if word in FUNCTION_WORDS or word in NEGATORS or (len(word) == 1 and word.isalpha()):
        return ()
    return (stem(word),)


def _phrase_stems(phrase: str, compounds: Mapping[str, Stems]) -> Stems:
    return tuple(root for word in words(phrase) for root in _stems_of(word, compounds))
