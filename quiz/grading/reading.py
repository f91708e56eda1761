"""An answer as the grader reads it: units that say something, and which words of the rubric they use."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quiz.grading.clauses import Clause, Polarity, Sentence, Word, sentences_of
from quiz.grading.lexicon import ARTICLES, GLUE, NEGATORS
from quiz.grading.matching import Matcher
from quiz.grading.subjects import Subjects
from quiz.grading.terms import Stems
from quiz.grading.text import plain
from quiz.grading.vocabulary import Vocabulary

RUN_ON = 22
"""A clause of more stems than this is several sentences without their marks, so it has no one subject."""


@dataclass(slots=True)
class Unit:
    """A clause, or a whole sentence of several clauses: what it says, and of which subject."""

    text: str
    stems: dict[str, Polarity]
    subject: Stems | None
    mentions: list[Stems]
    """The subjects that it names, in order, also those that it denies."""
    mixed: bool
    """Whether it is about several subjects; then `subject` is None."""
    negators: int
    words: int


@dataclass(slots=True)
class Said:
    """One sentence as units: each clause, and the whole where there is more than one clause."""

    clauses: list[Unit]
    whole: Unit
    words: int
    glue: int
    """How many of its words hold prose together; an article at the head of a clause does not."""

    @property
    def units(self) -> list[Unit]:
        return [*self.clauses, self.whole] if len(self.clauses) > 1 else self.clauses


Matched = dict[str, float]
"""Stems of the rubric that an answer uses, each with how well, 0 to 1."""


@dataclass(slots=True)
class Reading:
    """An answer, read: its sentences, and the words of the rubric that it uses."""

    sentences: list[Said]
    matched: Matched
    unmatched: set[str]
    spelt: list[str]
    """Its words, lower case."""

    @property
    def units(self) -> list[Unit]:
        return [unit for said in self.sentences for unit in said.units]

    def only(self, sentences: list[Said]) -> Reading:
        """The reading of these of its sentences alone."""
        used = {root for said in sentences for root in said.whole.stems}
        matched = {root: quality for root, quality in self.matched.items() if root in used}
        return replace(self, sentences=sentences, matched=matched, unmatched=self.unmatched & used)

    def without(self, foreign: frozenset[Stems]) -> list[Matched]:
        """What each sentence matches, clauses about these subjects left out."""
        matched = self.matched
        found = []
        for said in self.sentences:
            clauses = [said.whole]
            if foreign:
                clauses = [clause for clause in said.clauses if clause.subject not in foreign]
            stems = (root for clause in clauses for root in clause.stems)
            found.append({root: matched[root] for root in stems if root in matched})
        return found


def read_right(text: str, vocabulary: Vocabulary, subjects: Subjects) -> list[Said]:
    """A text of the rubric, whose words stand for themselves."""

    def as_written(word: str, _: str) -> Word:
        return Word(vocabulary.stems_of(word), word in NEGATORS)

    sentences = sentences_of(plain(text), as_written)
    for sentence in sentences:
        for clause in sentence.clauses:
            _replace(clause, vocabulary.terms.canonical(clause.stems))
    return _said(sentences, subjects)


def read(text: str, vocabulary: Vocabulary, matcher: Matcher, subjects: Subjects) -> Reading:
    """An answer, its words taken to those of the rubric where they can be."""
    sentences = sentences_of(plain(text), matcher.resolve)
    matched: dict[str, float] = {}
    unmatched: set[str] = set()
    spelt: list[str] = []
    for sentence in sentences:
        for clause in sentence.clauses:
            spelt += clause.words
            taken = []
            for root, index in vocabulary.terms.canonical(clause.stems):
                match = matcher.match(root)
                if match is None:
                    unmatched.add(root)
                    taken.append((root, index))
                else:
                    taken.append((match[0], index))
                    if match[1] > matched.get(match[0], 0.0):
                        matched[match[0]] = match[1]
            _replace(clause, taken)
    return Reading(_said(sentences, subjects), matched, unmatched, spelt)


def merged(units: list[Unit], text: str = "") -> Unit:
    """Several units as one; about their subject if they have one only. What is said both ways is affirmed."""
    if len(units) == 1:
        return units[0]
    stems: dict[str, Polarity] = {}
    for unit in units:
        for root, polarity in unit.stems.items():
            stems[root] = min(stems.get(root, polarity), polarity)
    subjects = {unit.subject for unit in units if unit.subject}
    mixed = len(subjects) > 1 or any(unit.mixed for unit in units)
    return Unit(
        text or " ".join(unit.text for unit in units),
        stems,
        None if mixed or not subjects else subjects.pop(),
        [subject for unit in units for subject in unit.mentions],
        mixed,
        sum(unit.negators for unit in units),
        sum(unit.words for unit in units),
    )


def _replace(clause: Clause, stems: list[tuple[str, int]]) -> None:
    polarities = clause.polarities
    clause.polarities = [polarities[index] for _, index in stems]
    clause.stems = [root for root, _ in stems]


def _said(sentences: list[Sentence], subjects: Subjects) -> list[Said]:
    """A clause without a subject of its own goes on about the one before it in its sentence."""
    found = []
    for sentence in sentences:
        subject = None
        clauses = []
        for clause in sentence.clauses:
            mentions = subjects.mentions(clause) if subjects else []
            named = [mention.subject for mention in mentions]
            if len(clause.stems) <= RUN_ON:
                subject = subjects.leading(mentions, len(clause.stems)) or subject
            elif len(set(named)) > 1:
                subject = None
            if clause.stems:
                mixed = subject is None and len(set(named)) > 1
                words = len(clause.words)
                clauses.append(
                    Unit(clause.text, clause.said(), subject, named, mixed, clause.negators, words)
                )
        if clauses:
            words = sum(len(clause.words) for clause in sentence.clauses)
            glue = sum(map(_glue, sentence.clauses))
            found.append(Said(clauses, merged(clauses, sentence.text), words, glue))
    return found


def _glue(clause: Clause) -> int:
    return sum(word in GLUE for word in clause.words) + sum(word in ARTICLES for word in clause.words[1:])
