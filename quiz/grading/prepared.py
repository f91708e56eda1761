"""A rubric read once: its words, weights and statements, ready to grade many answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, groupby, pairwise

from quiz.grading.grade import Rubric
from quiz.grading.lexicon import FAULTS, NEGATORS
from quiz.grading.matching import Matcher
from quiz.grading.reading import Said, Unit, merged, read_right
from quiz.grading.reference import QUESTION_STEM, Reference
from quiz.grading.statements import Statements
from quiz.grading.stemmer import stem
from quiz.grading.subjects import subjects_of
from quiz.grading.terms import Stems
from quiz.grading.text import bounded, plain, prose, words
from quiz.grading.vocabulary import Vocabulary
from quiz.source.question import KeyPoint

_CONCLUDING = frozenset(("so", "therefore", "thus", "hence", "because"))
_LEAST_CLAIM = 3

QUESTION_WORD = 0.30
"""What a word of the prompt counts, in proportion to the others."""


@dataclass(frozen=True, slots=True)
class PreparedPoint:
    """A key point: its stems, their weight, the forms of its must-mention terms, and its statements."""

    point: KeyPoint
    stems: tuple[str, ...]
    total: float
    terms: tuple[tuple[Stems, ...], ...]
    targets: list[int]
    subject: Stems | None


class Prepared:
    """One rubric, prepared. It never changes, but for what its matcher remembers."""

    def __init__(self, rubric: Rubric, vocabulary: Vocabulary) -> None:
        points = [point.text for point in rubric.key_points]
        reference, _ = bounded(prose(rubric.reference))
        rights = [*points, reference, *(mistake.right for mistake in rubric.mistakes)]
        wrongs = [mistake.wrong for mistake in rubric.mistakes]
        texts = [*rights, *wrongs, rubric.prompt]

        self.rubric = rubric
        self.vocabulary = vocabulary.with_compounds(texts)
        self.subjects = subjects_of(rubric.prompt, rubric.key_points, self.vocabulary)
        self.question = self._question_stems(texts)
        prompt_words = set(words(plain(rubric.prompt)))
        self.diagnostic = not prompt_words.isdisjoint(FAULTS) or not prompt_words.isdisjoint(NEGATORS)
        """Whether the question asks about a fault, so that "there is no route" may be the right answer."""
        said = [read_right(text, self.vocabulary, self.subjects) for text in rights]
        mistaken = [read_right(text, self.vocabulary, self.subjects) for text in wrongs]
        stems = {root for text in (*said, *mistaken) for sentence in text for root in sentence.whole.stems}
        self.weights = {
            root: self.vocabulary.weight(root) * (QUESTION_WORD if root in self.question else 1.0)
            for root in stems | self.question
        }
        self.matcher = Matcher(self.vocabulary, map(plain, texts), self.weights)

        self.statements = Statements(self.weights, fault_stems(), _mean(self.weights.values()))
        everything_right = (unit for text in said for sentence in text for unit in sentence.units)
        self.rights = list(dict.fromkeys(self.statements.add(everything_right)))
        self.wrongs = [self.statements.add(_claims(text)) for text in mistaken]
        self.points = [self._point(point, text) for point, text in zip(rubric.key_points, said, strict=False)]
        self.terms = frozenset(forms for point in self.points for forms in point.terms)
        self.term_stems = frozenset(root for forms in self.terms for form in forms for root in form)
        self.point_stems = self._weighed(said[: len(points)])
        self.point_total = sum(self.point_stems.values())
        self.reference_stems = self._weighed(said[len(points) : len(points) + 1])
        self.reference_targets = [
            (self.statements.add([sentence.whole]), self.statements.add(_by_subject(sentence)))
            for sentence in said[len(points)]
        ]

    @cached_property
    def point_index(self) -> dict[str, list[tuple[int, float]]]:
        """Stem to the points that have it, by index, with its share of the weight of each."""
        index: dict[str, list[tuple[int, float]]] = {}
        for place, point in enumerate(self.points):
            for root in point.stems:
                index.setdefault(root, []).append((place, self.weights[root] / point.total))
        return index

    @cached_property
    def reference(self) -> Reference:
        """The whole reference text, for a rubric without key points."""
        spelt = words(bounded(prose(self.rubric.reference))[0])
        stems = {
            root: self.vocabulary.rarity(root) ** 0.5 * (QUESTION_STEM if root in self.question else 1.0)
            for root in self.reference_stems
        }
        return Reference(spelt, stems, frozenset(words(plain(self.rubric.prompt))))

    def _question_stems(self, texts: list[str]) -> frozenset[str]:
        """The stems of the prompt, also of two of its words that the rubric writes as one ("roll back")."""
        asked = words(plain(self.rubric.prompt))
        used = set(chain.from_iterable(words(plain(text)) for text in texts))
        joined = [both for one, other in pairwise(asked) if (both := one + other) in used]
        stems = [root for word in joined for root in self.vocabulary.stems_of(word)]
        return frozenset(stems).union(self.vocabulary.canonical_stems(plain(self.rubric.prompt)))

    def _weighed(self, texts: list[list[Said]]) -> dict[str, float]:
        return {
            root: self.weights[root] for text in texts for sentence in text for root in sentence.whole.stems
        }

    def _point(self, point: KeyPoint, text: list[Said]) -> PreparedPoint:
        stems = self._weighed([text])
        terms = tuple(self.vocabulary.forms_of(term) for term in point.terms)
        targets = self.statements.add(unit for sentence in text for unit in _by_subject(sentence))
        about = {self.statements.entries[place].subject for place in targets}
        subject = about.pop() if len(about) == 1 else None
        return PreparedPoint(point, tuple(stems), sum(stems.values()), terms, targets, subject)


def _by_subject(sentence: Said) -> list[Unit]:
    """The clauses of a sentence, those about one subject together."""
    return [
        merged(list(units)) for _, units in groupby(sentence.clauses, key=lambda unit: unit.subject or ())
    ]


def _claims(text: list[Said]) -> list[Unit]:
    """A wrong statement as a whole, and without what its first sentence concludes ("..., so ...")."""
    if not text:
        return []
    claims = [merged([sentence.whole for sentence in text])]
    clauses = text[0].clauses
    for index, clause in enumerate(clauses):
        if index and clause.text.split(maxsplit=1)[0].casefold() in _CONCLUDING:
            claim = merged(clauses[:index])
            return [*claims, claim] if len(claim.stems) >= _LEAST_CLAIM else claims
    return claims


def _mean(weights: Collection[float]) -> float:
    return sum(weights) / len(weights) if weights else 1.0


@cache
def fault_stems() -> frozenset[str]:
    """The stems of words that speak of something bad."""
    return frozenset(map(stem, FAULTS))
