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
from quiz.grading.text import words
from quiz.source.question import Question, Term

Stems = tuple[str, ...]

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
    aliases: Mapping[str, tuple[tuple[Stems, Stems], ...]] = field(default_factory=dict)
    """First stem of another name to that name and the stems of the term that it stands for, longest first."""
    glossary_words: frozenset[str] = frozenset()
    forms: Mapping[Stems, tuple[Stems, ...]] = field(default_factory=dict)
    """The stems of a glossary term to those of all its forms."""
    names: Mapping[Stems, str] = field(default_factory=dict)
    """The stems of a glossary term to its name."""
    confusable: Mapping[Stems, frozenset[Stems]] = field(default_factory=dict)
    """The stems of a term to those of the terms that it is often confused with."""

    @classmethod
    def build(cls, texts: Iterable[str], glossary: Iterable[Term] = ()) -> Vocabulary:
        """A vocabulary over documents (Markdown), each counted once a word, and a glossary."""
        terms = tuple(glossary)
        named = list(chain.from_iterable(term.forms for term in terms))
        # Marks and contractions are left in: they cost more to remove than they harm the counts.
        spellings = [spellings_in(text) for text in texts]
        documents = len(spellings)
        compounds = compounds_in(chain.from_iterable((*spellings, *map(spellings_in, named))))
        frequencies: Counter[str] = Counter()
        for spelling in spellings:
            frequencies.update({word.casefold() for word in spelling})
        glossary_words = frozenset(word for name in named for word in words(name)) - FUNCTION_WORDS
        by_stem: Counter[str] = Counter()
        for word, count in frequencies.items():
            for root in _stems_of(word, compounds):
                by_stem[root] = min(documents, by_stem[root] + count)
        parts = frozenset(chain.from_iterable(compounds.values()))
        known = frozenset(frequencies) | glossary_words | parts
        bare = cls(documents, by_stem, known, compounds, _aliases(terms, compounds), glossary_words)
        names = {bare.canonical_stems(term.name): term.name for term in terms}
        return replace(bare, confusable=_confusable(terms, bare), forms=_forms(terms, bare), names=names)

    @classmethod
    def of_questions(cls, questions: Iterable[Question], glossary: Iterable[Term] = ()) -> Vocabulary:
        """One document a question: its prompt and everything of its answer."""
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

    def canonical(self, roots: list[str]) -> list[tuple[str, int]]:
        """The stems with every other name of a term replaced by the term's own, longest match first.

        Each comes with the index of the stem of `roots` that it stands at.
        """
        aliases = self.aliases
        if aliases.keys().isdisjoint(roots):
            return [(root, index) for index, root in enumerate(roots)]
        found: list[tuple[str, int]] = []
        beyond = 0
        for index, root in enumerate(roots):
            if index < beyond:
                continue
            for name, term in aliases.get(root, ()):
                if roots[index : index + len(name)] == list(name):
                    found.extend((part, index) for part in term)
                    beyond = index + len(name)
                    break
            else:
                found.append((root, index))
        return found

    def forms_of(self, term: str) -> tuple[Stems, ...]:
        """The stems of every form of a term: as it stands, and those of the glossary if it has the term."""
        spelt = tuple(root for word in words(term) for root in self.stems_of(word))
        own = self.canonical_stems(term)
        return tuple(dict.fromkeys(form for form in (spelt, own, *self.forms.get(own, ())) if form))

    def canonical_stems(self, text: str) -> Stems:
        """The content stems of a phrase, other names replaced."""
        roots = [root for word in words(text) for root in self.stems_of(word)]
        return tuple(root for root, _ in self.canonical(roots))


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


def _stems_of(word: str, compounds: Mapping[str, Stems]) -> Stems:
    if word in compounds:
        return tuple(stem(part) for part in compounds[word])
    if word in FUNCTION_WORDS or word in NEGATORS or (len(word) == 1 and word.isalpha()):
        return ()
    return (stem(word),)


def _aliases(
    terms: tuple[Term, ...], compounds: Mapping[str, Stems]
) -> dict[str, tuple[tuple[Stems, Stems], ...]]:
    """Other names that stand for exactly one term. What a term is called itself is nobody's other name."""

    def stems(name: str) -> Stems:
        return tuple(root for word in words(name) for root in _stems_of(word, compounds))

    names = {stems(term.name) for term in terms}
    meant: dict[Stems, set[Stems]] = {}
    for term in terms:
        for alias in term.aliases:
            meant.setdefault(stems(alias), set()).add(stems(term.name))
    found: dict[str, list[tuple[Stems, Stems]]] = {}
    for name, targets in meant.items():
        if name and name not in names and len(targets) == 1 and (target := next(iter(targets))):
            found.setdefault(name[0], []).append((name, target))
    # A term's own name must win over a shorter other name that it begins with.
    for name in names:
        if name and name[0] in found:
            found[name[0]].append((name, name))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()}


def _forms(terms: tuple[Term, ...], vocabulary: Vocabulary) -> dict[Stems, tuple[Stems, ...]]:
    return {
        vocabulary.canonical_stems(term.name): tuple(vocabulary.canonical_stems(form) for form in term.forms)
        for term in terms
    }


def _confusable(terms: tuple[Term, ...], vocabulary: Vocabulary) -> dict[Stems, frozenset[Stems]]:
    found: dict[Stems, set[Stems]] = {}
    for term in terms:
        one = vocabulary.canonical_stems(term.name)
        for near_miss in term.near_misses:
            other = vocabulary.canonical_stems(near_miss)
            if one and other and one != other:
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


def text_of(question: Question) -> str:
    """All of a question's text as one document."""
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
        yield section.markdown
